"""In every axis order a voxel keeps its place and value from DICOM to NIfTI and back."""

import itertools
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.imaging.discovery import discover
from engine.imaging.reader import open_scan
from engine.imaging.volume import Volume
from engine.imaging.writer import write_nifti
from tests.engine.imaging.dicom.written import write_series

ORDERS = list(itertools.product(itertools.permutations(range(3)), itertools.product((1, -1), repeat=3)))
lengths = st.floats(0.3, 8)
places = st.floats(-400, 400)


def ordered(axes: tuple[int, ...], signs: tuple[int, ...], spacing: list[float], origin: list[float], turn: float):
    """An affine whose grid axes lead along the given world axes, turned about the body's long axis by some degrees."""
    affine = np.eye(4)
    affine[:3, :3] = np.eye(3)[:, list(axes)] * np.multiply(signs, spacing)
    affine[:3, 3] = origin
    cosine, sine = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return np.array([[cosine, -sine, 0, 0], [sine, cosine, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]) @ affine


def opened(path: Path) -> Volume:
    (scan,) = discover([path]).scans
    return open_scan(scan.source).load()


def by_place(volume: Volume) -> dict[int, np.ndarray]:
    """Where each value, all of which differ, lies in the world."""
    points = itertools.product(*map(range, volume.shape_xyz))
    return {int(volume.array[0, z, y, x]): np.array(volume.to_world((x, y, z))) for x, y, z in points}


@pytest.mark.parametrize(("axes", "signs"), ORDERS)
@given(
    spacing=st.lists(lengths, min_size=3, max_size=3),
    origin=st.lists(places, min_size=3, max_size=3),
    turn=st.floats(-40, 40),
)
@settings(max_examples=3, deadline=None)
def test_each_voxel_keeps_its_place_and_value(axes, signs, spacing, origin, turn) -> None:
    affine = ordered(axes, signs, spacing, origin, turn)
    array = np.arange(2 * 3 * 4).reshape(2, 3, 4) - 5
    with tempfile.TemporaryDirectory() as name:
        write_series(Path(name, "dicom"), array, affine)
        read = opened(Path(name, "dicom"))
        write_nifti(read, Path(name, "written.nii"))
        again = opened(Path(name, "written.nii"))

        for volume in (read, again):
            placed = by_place(volume)
            meant = {int(value): (affine @ (*voxel, 1))[:3] for voxel, value in np.ndenumerate(array)}
            assert max(np.abs(placed[value] - place).max() for value, place in meant.items()) < 1e-3
