"""vispy's volume, turned; run by a Python that has vispy and PySide6. See `peer.py` for what it answers."""

import sys
import time
from itertools import count

import numpy as np
from vispy import app, scene

app.use_app("pyside6")
canvas = scene.SceneCanvas(size=(900, 700), show=True)
view = canvas.central_widget.add_view()
grid = np.load(sys.argv[1]).astype(np.float32)
scene.visuals.Volume(grid, parent=view.scene, method="mip", clim=(0, 1000))
view.camera = scene.cameras.TurntableCamera(fov=0, distance=512, center=(128, 128, 128))
view.camera.scale_factor = 350
app.process_events()
drawn = [0]
canvas.events.draw.connect(lambda _: drawn.__setitem__(0, drawn[0] + 1), position="last")
print("ready", *canvas.size, flush=True)
steps = count(1)
for _ in sys.stdin:
    before, begun = drawn[0], time.perf_counter()
    view.camera.azimuth = 10 * next(steps) % 360
    while drawn[0] == before:
        app.process_events()
    print(time.perf_counter() - begun, flush=True)
