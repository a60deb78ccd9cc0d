"""Turning a volume of 256^3, 900 x 700, each frame painted; and the fine picture that stands at rest."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.app import application
from desktop.bridge import Bridge
from desktop.volume.choosing import card
from desktop.volume.look import Mode
from desktop.volume.processor_surface import ProcessorSurface
from desktop.volume.readiness import make_ready
from desktop.volume.volume_view import VolumeView
from engine.imaging.volume import Facts, Volume
from engine.pictures.window import Window
from tests.benchmarks.harness import Row, medians, seconds
from tests.benchmarks.painted import Measure, shown, until_painted
from tests.benchmarks.peer import Peer, napari_python

TITLE = "Volumes: a turn of 256 x 256 x 256, with its paint, 900 x 700"
SIDE = 256
WIDTH, HEIGHT = 900, 700
REPEATS, RESTS = 15, 3
GOAL_MS = 40.0
PYQTGRAPH, FAR = "pyqtgraph GLVolumeItem", ("napari", "vispy")
WORDS: dict[Mode, str] = {"mip": "maximum", "average": "average", "composite": "shaded", "iso": "surface"}


def run() -> list[Row]:
    """The processor draws ours, from all voxels; the peers draw on whatever OpenGL there is.

    Ours has letters, cube and box too; the peers no shading.
    """
    app = application()
    theme.apply(app, "dark")
    make_ready()
    print(f"OpenGL: {card() or 'none'}")
    bridge, grid = Bridge(), head()
    view, measures = ours(app, bridge, grid)
    if card():
        measures[PYQTGRAPH] = peer(app, grid)
    with ExitStack() as peers:
        measures |= far_peers(peers, grid)
        medians(measures, 2)
        taken = {name: 1000 * value for name, value in medians(measures, REPEATS).items()}
    fine = {mode: 1000 * medians({word: _resting(view, mode)}, RESTS)[word] for mode, word in WORDS.items()}
    view.close()
    bridge.shutdown()
    moving = [_row(f"turning, {word}", taken[word], "goal", GOAL_MS, 1.0) for word in WORDS.values()]
    resting = [_row(f"at rest, {word}", fine[mode], "its turn", taken[word], None) for mode, word in WORDS.items()]
    against = [_row(f"turning, {word}", taken[word], PYQTGRAPH, taken.get(PYQTGRAPH), 0.2) for word in WORDS.values()]
    against += [_row("turning, maximum", taken["maximum"], name, taken.get(name), 0.2) for name in FAR]
    return [row for row in (*against, *moving, *resting) if row is not None]


def far_peers(peers: ExitStack, grid: np.ndarray) -> dict[str, Measure]:
    """napari and vispy draw the maximum of the same grid, where there are any."""
    python = napari_python()
    if python is None or not card():
        return {}
    path = Path(peers.enter_context(TemporaryDirectory())) / "head.npy"
    np.save(path, grid)
    scripts = {"napari": ("peer_napari", "volume", str(path)), "vispy": ("peer_vispy", str(path))}
    return {name: peers.enter_context(Peer(python, *scripts[name])).measure for name in FAR}


def _row(work: str, mine: float, peer_name: str, value: float | None, goal: float | None) -> Row | None:
    """None where there was no such peer."""
    return None if value is None else Row(work, "isocenter", peer_name, mine, value, "ms", goal)


def head() -> np.ndarray:
    """A thing like a head: skin, a shell of bone, folds within, air around; 0 to 1000."""
    z, y, x = np.meshgrid(*[np.linspace(-1, 1, SIDE, dtype=np.float32)] * 3, indexing="ij")
    radius = np.sqrt((x / 0.72) ** 2 + (y / 0.88) ** 2 + (z / 0.8) ** 2)
    folds = 420 + 180 * np.sin(19 * x + 5 * np.sin(11 * z)) * np.cos(17 * y)
    noise = np.random.default_rng(0).normal(0, 15, radius.shape).astype(np.float32)
    made = np.select([radius < 0.82, radius < 0.9, radius < 1.0], [folds, 950, 250], 0) + noise
    return made.clip(0, 1000).astype(np.int16)


def ours(app: QApplication, bridge: Bridge, grid: np.ndarray) -> tuple[VolumeView, dict[str, Measure]]:
    """A view by the processor, and its measures by name."""
    view = VolumeView(bridge, "processor")
    shown(app, view, QSize(WIDTH, HEIGHT))
    view.show_volume(Volume(grid[np.newaxis], np.eye(4), facts=Facts("", "MR")), window=Window.between(0, 1000))
    while view.scene is None:
        app.processEvents()
    measures: dict[str, Measure] = {}
    for mode, word in WORDS.items():
        measures[word] = _turning(app, view, mode)
    return view, measures


def _turning(app: QApplication, view: VolumeView, mode: Mode) -> Measure:
    surface = view.findChild(ProcessorSurface)
    assert surface is not None
    surface.slow_s = float("inf")

    def change(_: int) -> None:
        assert view.scene is not None
        view.set_camera(view.scene.camera.turned(23, 11))

    turn = until_painted(app, surface, change)

    def measure() -> float:
        assert view.scene is not None
        if view.scene.look.mode != mode:
            view.set_mode(mode)
            turn()
        return turn()

    return measure


def _resting(view: VolumeView, mode: Mode) -> Measure:
    from desktop.volume.still import still_picture

    def draw() -> float:
        assert view.scene is not None
        scene = replace(view.scene, look=replace(view.scene.look, mode=mode))
        return seconds(lambda: still_picture(scene, (WIDTH, HEIGHT)))

    return draw


def peer(app: QApplication, grid: np.ndarray) -> Measure:
    from pyqtgraph.opengl import GLViewWidget, GLVolumeItem

    view = GLViewWidget()
    colours = np.repeat((grid // 4).clip(0, 255).astype(np.uint8)[..., np.newaxis], 4, axis=-1)
    colours[..., 3] //= 4
    item = GLVolumeItem(colours)
    item.translate(-SIDE / 2, -SIDE / 2, -SIDE / 2)
    view.addItem(item)
    view.setCameraPosition(distance=2 * SIDE)
    shown(app, view, QSize(WIDTH, HEIGHT))

    def turn() -> None:
        view.orbit(10, 5)
        view.grabFramebuffer()

    return lambda: seconds(turn)
