"""The values of a layer over a slice: stored ones, or those along a plane at any angle."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from scipy.ndimage import map_coordinates

from engine.imaging.volume import Volume
from engine.pictures import sampling
from engine.pictures.camera import Placement
from engine.pictures.laid import lattice_of
from engine.pictures.lattice import Ways
from engine.pictures.layer import Layer, LayerKind
from engine.pictures.layer_values import values_over
from engine.pictures.overlay import Overlay
from engine.pictures.planes import planes_of
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.helpers.volumes import MARKED, affine_of, body

SIZE = (200, 200)


def over(base: Volume, volume: Volume, kind: LayerKind = "heatmap") -> Viewing:
    layer = Layer("key", "T2", kind, Overlay(volume, 0, 1))
    return replace(Viewing.of(base, Window.between(0, 1000)), layers=(layer,))


def placed(viewing: Viewing, size: tuple[int, int] = SIZE) -> Placement:
    plane = viewing.plane
    return Placement.of((plane.columns, plane.rows), plane.pixel_mm, size, viewing.camera)


def values(viewing: Viewing, size: tuple[int, int] = SIZE) -> np.ndarray:
    lattice = lattice_of(viewing, viewing.layers[0], size, placed(viewing, size))
    assert lattice is not None
    return values_over(viewing, viewing.layers[0], lattice)


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("kind", ["f4", "f8", "i2", "u1", "i4", "i8"])
def test_sampling_is_what_scipy_makes_of_it(monkeypatch: pytest.MonkeyPatch, compiled: bool, kind: str) -> None:
    sampling.make_ready()
    if not compiled:
        monkeypatch.setattr(sampling, "_kernels", None)
    grid = (np.random.default_rng(0).random((9, 12, 14)) * 200).astype(kind)
    ways = Ways(np.array([1.013, 2.007, 1.503]), np.array([0.31, 0.05, 0.02]), np.array([-0.02, 0.27, 0.11]))
    made = sampling.values_along(grid[::-1, :, ::2], ways, 45, 30, nearest=False)
    row, column = np.indices((45, 30))
    at = [ways.start[i] + ways.down[i] * row + ways.right[i] * column for i in (2, 1, 0)]
    wanted = map_coordinates(grid[::-1, :, ::2].astype(float), at, order=1, mode="nearest")
    inside = np.all([(a >= -0.5) & (a <= n - 0.5) for a, n in zip(at, (9, 12, 7), strict=True)], axis=0)
    assert inside.any()
    assert not inside.all()
    assert (np.isnan(made) == ~inside).all()
    assert np.abs(made - wanted)[inside].max() < 1e-3


@pytest.mark.parametrize("compiled", [True, False])
def test_a_voxel_without_a_value_leaves_its_neighbours_theirs(monkeypatch: pytest.MonkeyPatch, compiled: bool) -> None:
    sampling.make_ready()
    if not compiled:
        monkeypatch.setattr(sampling, "_kernels", None)
    grid = np.array([[[5.0, 7.0, np.nan, 9.0]]], np.float32)
    ways = Ways(np.zeros(3), np.array([0.25, 0, 0]), np.zeros(3))
    made = sampling.values_along(grid, ways, 1, 13, nearest=False)[0]
    assert made[:7].tolist() == pytest.approx([5, 5.5, 6, 6.5, 7, 7, np.nan], nan_ok=True)
    assert np.isnan(made[6:10]).all()
    assert made[10:].tolist() == [9, 9, 9]


def test_a_process_that_ends_waits_for_one_loop_at_most_to_be_compiled() -> None:
    program = """
import threading
from engine.pictures import sampling, sampling_kernel
made = []
class Loop:
    def __init__(self, loop): self.loop = loop
    def compile(self, signature):
        made.append(signature)
        print(len(made), flush=True)
        threading.main_thread().join()
    def disable_compile(self): pass
sampling_kernel._compiled = Loop
sampling.begin_readiness()
while not made: pass
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout.split(), ended.stderr) == (0, ["1"], "")


def test_on_the_grid_of_the_scan_the_stored_values_are_taken() -> None:
    base = body("PIR", (1.0, 2.0, 4.0))
    stored = np.random.default_rng(0).random(base.array.shape).astype(np.float32)
    first = over(base, Volume(stored, base.affine + 5e-5))
    for plane in planes_of(base):
        viewing = first.in_plane(plane).through(MARKED)
        assert (values(viewing) == plane.picture(stored[0], viewing.index)).all()


def test_no_more_is_sampled_than_is_seen() -> None:
    base = body(spacing=(1.0, 1.0, 5.0))
    fine = Volume(np.zeros((1, 8, 400, 400), np.float32), affine_of("RAS", (0.1, 0.1, 5.0), (400, 400, 8)))
    viewing = over(base, fine)
    near = replace(viewing, camera=replace(viewing.camera, zoom=4.0))
    assert values(viewing, (60, 60)).shape == (40, 40)
    assert values(viewing).size <= 200 * 200
    assert values(near).size <= 1.3 * 200 * 200


def test_what_is_finer_than_the_screen_is_averaged() -> None:
    base = body(spacing=(1.0, 1.0, 5.0))
    noise = np.random.default_rng(0).random((1, 8, 400, 400)).astype(np.float32)
    affine = affine_of("RAS", (0.1, 0.1, 5.0), (400, 400, 8))
    spread = [values(over(base, Volume(noise, affine), kind), (40, 40)) for kind in ("heatmap", "mask")]
    assert spread[0].shape == spread[1].shape == (40, 40)
    assert spread[0].std() < 0.5 * spread[1].std()
    assert set(np.unique(spread[1])) <= set(np.unique(noise))
