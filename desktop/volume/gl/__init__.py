"""Drawing by the graphics card: a ray for every pixel, in a shader."""
