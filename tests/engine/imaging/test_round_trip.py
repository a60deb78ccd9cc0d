"""DICOM to NIfTI and back into memory, over all 48 axis orders: every voxel stays where it is in the body."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.imaging import FrameAxis, Volume, discover, read
from engine.imaging.writer import write_nifti
from tests.engine.imaging.made import voxels
from tests.engine.imaging.test_orienting import LETTERS, oblique
from tests.helpers.dicom_files import write_series

AXES = [FrameAxis(), FrameAxis("echo time", (10.0, 35.5)), FrameAxis("inversion time", (50.0, 900.0, 2500.0))]
SIZES = st.tuples(st.integers(1, 4), st.integers(2, 5), st.integers(2, 5))


def places(volume: Volume) -> np.ndarray:
    """The world position and the frame of each value, in the order of the values (all of which differ)."""
    frame, z, y, x = np.unravel_index(np.argsort(volume.array, axis=None), volume.array.shape)
    world = volume.affine @ np.array([x, y, z, np.ones_like(x)])
    return np.vstack([world[:3], frame])


def in_the_body(letters: str, size: tuple[int, int, int], axis: FrameAxis, seed: int) -> Volume:
    array = voxels(max(1, len(axis.values)), *size)
    return Volume(array, oblique(seed), axis).reoriented(letters)


@pytest.mark.parametrize("letters", LETTERS)
@settings(max_examples=4, deadline=None)
@given(size=SIZES, axis=st.sampled_from(AXES), seed=st.integers(0, 10_000), order=st.integers(0, 99))
def test_every_voxel_keeps_its_world_position(letters, size, axis, seed, order):
    truth = in_the_body(letters, size, axis, seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_series(folder / "in", truth.array, truth.affine, kind=axis.kind, values=axis.values, shuffled=order)
        found = discover([folder / "in"])
        assert (len(found.scans), found.unreadable) == (1, ())
        once = read(found.scans[0].source)
        write_nifti(once, folder / "out.nii.gz")
        twice = read(folder / "out.nii.gz")
    assert np.abs(places(once) - places(truth)).max() < 1e-6
    assert np.abs(places(twice) - places(truth)).max() < 1e-3
    assert once.frame_axis == axis


def test_time_points_keep_their_order_and_their_distance(tmp_path):
    axis = FrameAxis("time", (0.0, 1500.0, 3000.0, 4500.0))
    truth = in_the_body("LPS", (3, 4, 5), axis, 1)
    write_series(tmp_path, truth.array, truth.affine, kind=axis.kind, values=axis.values)
    once = read(tmp_path)
    assert once.frame_axis == axis
    assert np.abs(places(once) - places(truth)).max() < 1e-6


def test_a_tilted_gantry_keeps_its_voxels_too(tmp_path):
    affine = np.array([[1.0, 0, 0, -5], [0, 1.0, 0.8, 2], [0, 0, 3.0, 7], [0, 0, 0, 1]])
    truth = Volume(voxels(1, 5, 4, 3), affine)
    write_series(tmp_path / "in", truth.array, affine)
    write_nifti(read(tmp_path / "in"), tmp_path / "out.nii")
    assert np.abs(places(read(tmp_path / "out.nii")) - places(truth)).max() < 1e-3


def test_a_de_identified_copy_is_the_same_scan(tmp_path):
    from engine.imaging.deidentify import export_deidentified

    truth = in_the_body("SAR", (3, 4, 5), AXES[1], 7)
    files = write_series(tmp_path / "in", truth.array, truth.affine, kind=truth.frame_axis.kind, values=(10.0, 35.5))
    export_deidentified(files, tmp_path / "out", pseudonym="P-1")
    copy, source = read(tmp_path / "out"), read(tmp_path / "in")
    assert np.array_equal(copy.array, source.array)
    assert np.array_equal(copy.affine, source.affine)
    assert copy.frame_axis == source.frame_axis
