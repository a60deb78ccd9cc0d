"""Light on surfaces, from a lamp at the viewer's left shoulder."""

from typing import Any

import numpy as np

from desktop.volume.kernels.compiling import compiled

AMBIENT, DIFFUSE, GLOSS = 0.28, 0.76, 0.20
LAMP = (-0.32, 0.42, 0.85)
CUT = 2.0
HALF = (-0.166, 0.218, 0.962)


def _shade(gx: float, gy: float, gz: float, turn: Any) -> tuple[float, float]:
    """What a surface across this gradient reflects, matt and glossy; `turn` takes the gradient to the screen."""
    x = turn[0, 0] * gx + turn[0, 1] * gy + turn[0, 2] * gz
    y = turn[1, 0] * gx + turn[1, 1] * gy + turn[1, 2] * gz
    z = turn[2, 0] * gx + turn[2, 1] * gy + turn[2, 2] * gz
    length = np.sqrt(x * x + y * y + z * z)
    if length < 1e-6:
        return AMBIENT + 0.6 * DIFFUSE, 0.0
    if z < 0.0:
        length = -length
    lit = max((x * LAMP[0] + y * LAMP[1] + z * LAMP[2]) / length, 0.0)
    half = max((x * HALF[0] + y * HALF[1] + z * HALF[2]) / length, 0.0)
    return AMBIENT + DIFFUSE * lit, GLOSS * half**16


shade = compiled(_shade)


def _cut(depth: float, face: Any, matt: float, gloss: float) -> tuple[float, float]:
    """The light on a sample `depth` voxels behind a face of the box: near it that of the face, where tissue is cut."""
    share = min(max(1.0 - depth / CUT, 0.0), 1.0)
    return matt + (face[0] - matt) * share, gloss + (face[1] - gloss) * share


cut = compiled(_cut)


def _entry(value: float, fit: tuple[float, float], entries: int) -> int:
    """Which entry of a table a step has; `fit` is scale and shift."""
    return int(min(max(value * fit[0] + fit[1] + 0.5, 0.0), entries - 1.0))


entry = compiled(_entry)


def _lay(
    pixel: Any, seen: bool, value: float, table: Any, fit: tuple[float, float], matt: float, gloss: float,
    other: float, tint: Any, tint_fit: tuple[float, float], haze: float,
) -> None:  # fmt: skip
    """Put one more sample behind what a premultiplied pixel holds already.

    Not `seen`, the volume itself adds nothing. `other` is the overlay's step, negative without; where there is
    nothing else it is as dense as `haze`.
    """
    red = green = blue = solid = np.float32(0.0)
    if seen:
        at = entry(value, fit, table.shape[0])
        solid = table[at, 3]
        red, green, blue = table[at, 0] * matt + gloss, table[at, 1] * matt + gloss, table[at, 2] * matt + gloss
    if other >= 0.0:
        at = entry(other, tint_fit, tint.shape[0])
        share = tint[at, 3] if seen else np.float32(1.0)
        red += (tint[at, 0] - red) * share
        green += (tint[at, 1] - green) * share
        blue += (tint[at, 2] - blue) * share
        solid += (1.0 - solid) * haze * tint[at, 3]
    weight = solid * (1.0 - pixel[3])
    pixel[0] += weight * red
    pixel[1] += weight * green
    pixel[2] += weight * blue
    pixel[3] += weight


lay = compiled(_lay)
