"""The shader in GLSL: the same loops as in desktop/volume/kernels/casting.py and casting_colours.py."""

VERTEX = """#version 330
void main() {
    vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
    gl_Position = vec4(corner, 0.0, 1.0);
}
"""

FRAGMENT = """#version 330
const int MIP = 0, AVERAGE = 1, COMPOSITE = 2, ISO = 3;
const int MOST = 8192;
const float STEPS = 65535.0, CUT = 2.0;
const vec3 LAMP = vec3(-0.32, 0.42, 0.85), HALFWAY = vec3(-0.166, 0.218, 0.962);

uniform sampler3D volume;
uniform sampler3D second;
uniform sampler2D table;
uniform sampler2D tint;
uniform mat4 rays;        // columns: origin, across, down, along, in voxels
uniform mat2x3 bounds;
uniform vec3 size;
uniform mat4 link;        // voxels of the volume to voxels of the overlay
uniform vec3 second_size;
uniform bool tinted;
uniform mat3 turn;
uniform vec2 fit;
uniform vec2 tint_fit;
uniform float height;
uniform float stride;
uniform float surface;
uniform float haze;
uniform float fewest;
uniform float ghost;
uniform float middle;     // the step of zero in a signed overlay, else negative
uniform float ground;
uniform int mode;
out vec4 colour;

float value_at(vec3 voxel) {
    return STEPS * texture(volume, (voxel + 0.5) / size).r;
}

vec4 entry(sampler2D from, float value, vec2 by) {
    float entries = float(textureSize(from, 0).x);
    return texture(from, vec2((clamp(value * by.x + by.y, 0.0, entries - 1.0) + 0.5) / entries, 0.5));
}

float second_at(vec3 voxel) {
    vec3 place = (link * vec4(voxel, 1.0)).xyz;
    if (any(lessThan(place, vec3(-0.5))) || any(greaterThan(place, second_size - 0.5))) return -1.0;
    float step = STEPS * texture(second, (place + 0.5) / second_size).r;
    return step > 0.0 ? step : -1.0;
}

vec2 reflected(vec3 normal) {
    normal *= (normal.z < 0.0 ? -1.0 : 1.0) / length(normal);
    return vec2(0.28 + 0.76 * max(dot(normal, LAMP), 0.0), 0.20 * pow(max(dot(normal, HALFWAY), 0.0), 16.0));
}

vec2 lit_at(vec3 p) {
    vec3 gradient = vec3(
        value_at(p + vec3(1, 0, 0)) - value_at(p - vec3(1, 0, 0)),
        value_at(p + vec3(0, 1, 0)) - value_at(p - vec3(0, 1, 0)),
        value_at(p + vec3(0, 0, 1)) - value_at(p - vec3(0, 0, 1)));
    vec3 normal = turn * gradient;
    return length(normal) < 1e-6 ? vec2(0.28 + 0.6 * 0.76, 0.0) : reflected(normal);
}

vec2 lit_by_face(vec3 start, vec3 along) {
    float latest = -1e30;
    vec3 face = vec3(0.0, 0.0, 1.0);
    for (int axis = 0; axis < 3; axis++) {
        if (abs(along[axis]) < 1e-7) continue;
        float enters = ((along[axis] > 0.0 ? bounds[0][axis] : bounds[1][axis]) - start[axis]) / along[axis];
        if (enters > latest) {
            latest = enters;
            face = vec3(axis == 0, axis == 1, axis == 2);
        }
    }
    return reflected(turn * face);
}

vec2 crossing(vec3 start, vec3 along) {
    vec2 reach = vec2(-1e30, 1e30);
    for (int axis = 0; axis < 3; axis++) {
        if (abs(along[axis]) < 1e-7) {
            if (start[axis] < bounds[0][axis] || start[axis] > bounds[1][axis]) return vec2(1.0, 0.0);
            continue;
        }
        float one = (bounds[0][axis] - start[axis]) / along[axis];
        float two = (bounds[1][axis] - start[axis]) / along[axis];
        reach = vec2(max(reach.x, min(one, two)), min(reach.y, max(one, two)));
    }
    return reach;
}

float first_sample(vec3 start, vec3 along, float enters) {
    vec3 size = abs(along);
    int axis = size.x >= size.y && size.x >= size.z ? 0 : (size.y >= size.z ? 1 : 2);
    float phase = -start[axis] / along[axis];
    return phase + ceil((enters - phase) / stride - 1e-4) * stride;
}

float farther(float one, float other) {
    if (other < 0.0) return one;
    if (one < 0.0) return other;
    if (middle < 0.0) return max(one, other);
    return abs(other - middle) > abs(one - middle) ? other : one;
}

vec3 greys(vec3 start, vec3 along, vec2 reach) {
    float best = 0.0, total = 0.0, other = -1.0;
    int count = 0;
    for (float t = first_sample(start, along, reach.x); t <= reach.y && count < MOST; t += stride) {
        vec3 place = start + t * along;
        float value = value_at(place);
        best = max(best, value);
        total += value;
        count++;
        if (tinted) other = farther(other, second_at(place));
    }
    float value = mode == AVERAGE ? total / max(float(count), fewest) : best;
    vec3 made = value > 0.0 ? entry(table, value, fit).rgb : vec3(ground);
    if (other > 0.0) {
        vec4 over = entry(tint, other, tint_fit);
        made = mix(made, over.rgb, over.a);
    }
    return made;
}

float exact(vec3 start, vec3 along, float t) {
    float low = t - stride, high = t;
    for (int i = 0; i < 5; i++) {
        float middle = 0.5 * (low + high);
        if (value_at(start + middle * along) >= surface) high = middle; else low = middle;
    }
    return high;
}

void lay(inout vec4 pixel, bool seen, float value, vec2 lit, float other) {
    vec4 sample_colour = vec4(0.0);
    if (seen) {
        vec4 found = entry(table, value, fit);
        sample_colour = vec4(found.rgb * lit.x + lit.y, found.a);
    }
    if (other >= 0.0) {
        vec4 over = entry(tint, other, tint_fit);
        sample_colour.rgb = mix(sample_colour.rgb, over.rgb, seen ? over.a : 1.0);
        sample_colour.a += (1.0 - sample_colour.a) * haze * over.a;
    }
    float weight = sample_colour.a * (1.0 - pixel.a);
    pixel += weight * vec4(sample_colour.rgb, 1.0);
}

vec3 layers(vec3 start, vec3 along, vec2 reach) {
    vec4 pixel = vec4(0.0);
    float first = first_sample(start, along, reach.x);
    int count = 0;
    float greatest = -1.0;
    vec2 face = lit_by_face(start, along);
    for (float t = first; t <= reach.y && (tinted || pixel.a < 0.985) && count < MOST; t += stride) {
        vec3 place = start + t * along;
        float other = tinted ? second_at(place) : -1.0;
        greatest = farther(greatest, other);
        count++;
        if (pixel.a >= 0.985) continue;
        float value = value_at(place);
        bool seen = mode == ISO ? value >= surface : entry(table, value, fit).a > 0.0;
        if (seen && mode == ISO && t > first) place = start + exact(start, along, t) * along;
        if (!seen && other < 0.0) continue;
        vec2 lit = seen ? mix(lit_at(place), face, clamp(1.0 - (t - first) / CUT, 0.0, 1.0)) : vec2(0.0);
        lay(pixel, seen, value, lit, other);
    }
    if (greatest <= 0.0) return pixel.rgb;
    vec4 over = entry(tint, greatest, tint_fit);
    return mix(pixel.rgb, over.rgb, over.a * ghost);
}

void main() {
    vec2 at = vec2(gl_FragCoord.x - 0.5, height - gl_FragCoord.y - 0.5);
    vec3 start = (rays[0] + at.x * rays[1] + at.y * rays[2]).xyz;
    vec2 reach = crossing(start, rays[3].xyz);
    if (reach.x > reach.y) colour = vec4(vec3(ground), 1.0);
    else if (mode <= AVERAGE) colour = vec4(greys(start, rays[3].xyz, reach), 1.0);
    else colour = vec4(layers(start, rays[3].xyz, reach), 1.0);
}
"""
