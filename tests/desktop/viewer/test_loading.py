import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from desktop.viewer.incoming import Incoming, Request
from desktop.viewer.loading import is_mapped, load, prepared
from desktop.viewer.scan_values import Loaded, brightest_frame, histogram_of
from engine.control import Control
from engine.errors import ReadError
from engine.imaging.source import ScanSource
from engine.imaging.volume import Volume
from engine.imaging.writer import write_nifti, write_npy
from tests.helpers.volumes import echoes


def read(path: Path) -> Loaded:
    control = Control()
    source = ScanSource("npy" if path.suffix == ".npy" else "nifti", (path,))
    return load(Request(source), Incoming(control, lambda: False), control)


@pytest.mark.parametrize("write", [write_nifti, write_npy])
def test_a_scan_on_disk_is_made_ready_slice_after_slice_in_memory(write, tmp_path) -> None:
    path = tmp_path / ("scan.npy" if write is write_npy else "scan.nii")
    write(echoes(), path)
    array = read(path).volume.array
    assert array.flags.c_contiguous
    assert array.flags.owndata
    assert np.array_equal(array, echoes().array)


def test_a_broken_file_says_what_is_wrong(tmp_path) -> None:
    path = tmp_path / "scan.npy"
    path.write_bytes(b"not an array")
    with pytest.raises(ReadError):
        read(path)


@pytest.mark.parametrize(
    "array",
    [
        np.full((1, 1, 1, 1), 7, np.int16),
        np.full((1, 4, 4, 4), np.nan, np.float32),
        np.full((1, 4, 4, 4), 3.0),
        np.array([np.inf, -np.inf, np.nan, 1e308, -1e308, 0.0]).reshape(1, 1, 2, 3),
        np.zeros((200, 2, 3, 4), ">i2"),
    ],
    ids=["one voxel", "nothing but NaN", "constant", "infinite", "200 frames, big-endian"],
)
def test_odd_volumes_are_made_ready_too(array: np.ndarray) -> None:
    loaded = prepared(Volume(array, np.eye(4)))
    assert loaded.auto.width > 0
    assert loaded.volume.array.dtype.isnative


@pytest.mark.parametrize(
    ("levels", "brightest"),
    [([1, 5, 3], 1), ([4, 4], 0), ([np.nan, 2], 1), ([np.nan, np.nan], 0), ([-9, -3], 1), ([1e299, 1], 0)],
)
def test_the_brightest_frame_is_that_of_the_highest_mean(levels: list[float], brightest: int) -> None:
    array = np.ones((1, 30, 20, 10)) * np.reshape(levels, (-1, 1, 1, 1))
    assert brightest_frame(array) == brightest


def test_the_histogram_counts_every_sampled_value() -> None:
    assert histogram_of(np.arange(1000.0)).counts.sum() == 1000


def test_making_a_scan_ready_needs_no_second_copy_of_it() -> None:
    volume = Volume(np.zeros((1, 64, 512, 512), np.int16), np.eye(4))
    tracemalloc.start()
    loaded = prepared(volume)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert np.shares_memory(loaded.volume.array, volume.array)
    assert peak < 0.3 * volume.array.nbytes


def test_a_large_scan_stays_in_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_npy(echoes(), tmp_path / "scan.npy")
    monkeypatch.setattr("desktop.viewer.loading.KEPT_IN_MEMORY", 1000)
    assert is_mapped(read(tmp_path / "scan.npy").volume.array)


def test_colour_is_kept() -> None:
    array = np.zeros((1, 2, 3, 4), np.uint8)
    volume = Volume(array, np.eye(4), colour=np.ones((*array.shape, 3), np.uint8))
    assert prepared(volume).volume.colour is volume.colour
