"""An opened series comes plane by plane, the middle first, in little more memory than it needs."""

import contextlib
import tracemalloc
from dataclasses import replace

import numpy as np
import pydicom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.uid import RLELossless

from engine.control import Control
from engine.errors import Cancelled, ReadError
from engine.imaging import inspect, open_scan
from engine.imaging.dicom.opened import OpenedStack
from engine.imaging.dicom.records import Stack
from tests.engine.imaging.dicom.pixel_files import series, stack, write

DAMAGED = ("MR_small_RLE.dcm", "MR_small_jp2klossless.dcm", "SC_rgb_jpeg_gdcm.dcm", "SC_rgb_rle_16bit.dcm")
VOLUME = np.arange(7 * 4 * 6, dtype="i2").reshape(7, 4, 6)


def opened(paths):
    return OpenedStack(stack(paths))


def arrivals(scan, **wish):
    """The slices (frame, z) in the order they came, each with what the volume held of it then."""
    came = []
    scan.load(arrived=lambda volume, frame, z: came.append((frame, z, volume.array[frame, z].copy())), **wish)
    return came


def test_a_series_is_loaded_in_the_order_of_its_places(tmp_path):
    assert np.array_equal(opened(series(tmp_path, VOLUME)).load().array[0], VOLUME)


def test_planes_arrive_from_the_middle_outwards_and_are_complete_then(tmp_path):
    came = arrivals(opened(series(tmp_path, VOLUME)))
    assert [z for _, z, _ in came] == [3, 2, 4, 1, 5, 0, 6]
    assert all(np.array_equal(plane, VOLUME[z]) for _, z, plane in came)


def test_planes_arrive_from_the_one_that_is_wished_first(tmp_path):
    assert [z for _, z, _ in arrivals(opened(series(tmp_path, VOLUME)), first=(0, 6))] == [6, 5, 4, 3, 2, 1, 0]


def test_other_frames_arrive_after_the_one_that_is_wished(tmp_path):
    one = stack(series(tmp_path, VOLUME))
    frames = Stack(replace(one.header, frames=3, frame_axis="unknown", frame_values=()), one.grid * 3)
    assert [frame for frame, _, _ in arrivals(OpenedStack(frames), first=(1, 0))] == [1] * 7 + [0] * 7 + [2] * 7


def test_a_plane_alone_has_the_values_and_the_type_that_it_has_in_the_volume(tmp_path):
    scan = opened(series(tmp_path, VOLUME, RescaleSlope="0.5", RescaleIntercept="1"))
    volume, plane = scan.load(), scan.plane(0, 2)
    assert plane.dtype == volume.array.dtype == np.dtype(scan.header.dtype)
    assert np.array_equal(plane, volume.array[0, 2])


def test_each_slice_is_scaled_by_its_own_slope(tmp_path):
    for z, plane in enumerate(VOLUME):
        write(
            tmp_path / f"{z}", plane, ImagePositionPatient=[0, 0, 2 * z], RescaleSlope=str(z + 1), RescaleIntercept="0"
        )
    array = opened(sorted(tmp_path.iterdir())).load().array[0]
    assert np.array_equal(array, VOLUME * np.arange(1, 8).reshape(7, 1, 1))


def test_loading_stops_when_it_is_told_to(tmp_path):
    control, came = Control(), []

    def stop(volume, frame, z):
        came.append(z)
        control.cancel()

    with pytest.raises(Cancelled):
        opened(series(tmp_path, VOLUME)).load(arrived=stop, control=control)
    assert came == [3]


def test_a_compressed_series_is_decoded_to_the_same_voxels(tmp_path):
    volume = np.arange(20 * 4 * 6, dtype="i2").reshape(20, 4, 6)
    paths = series(tmp_path, volume)
    for path in paths:
        dataset = pydicom.dcmread(path)
        dataset.compress(RLELossless)
        dataset.save_as(path)
    came = arrivals(opened(paths))
    assert [z for _, z, _ in came[:3]] == [10, 9, 11]
    assert all(np.array_equal(plane, volume[z]) for _, z, plane in came)


def test_a_mosaic_is_taken_apart_as_its_reference_is(shared_data):
    import nibabel

    array = opened([shared_data / "dcm_qa_ts/In/4.dcm"]).load().array[0]
    (reference,) = (path for path in (shared_data / "dcm_qa_ts/Ref").glob("*.nii*") if path.name.startswith("4"))
    theirs = np.asanyarray(nibabel.nifti1.load(reference).dataobj).T
    assert sorted(array.ravel()) == sorted(theirs.ravel())
    assert any(np.array_equal(array, turned) for turned in (theirs, theirs[:, ::-1]))


def test_loading_takes_little_more_memory_than_its_array(tmp_path):
    volume = np.zeros((40, 128, 128), "i2")
    scan = opened(series(tmp_path, volume))
    tracemalloc.start()
    try:
        array = scan.load().array
        assert tracemalloc.get_traced_memory()[1] < 1.3 * array.nbytes
    finally:
        tracemalloc.stop()


def test_frames_that_the_file_is_too_short_for_are_empty_and_said(tmp_path):
    path = write(tmp_path / "a", VOLUME)
    path.write_bytes(path.read_bytes()[: -2 * VOLUME[0].nbytes + 4])
    scan = opened([path])
    volume = scan.load()
    there = volume.array.reshape(VOLUME.shape)
    assert np.array_equal(there[:5], VOLUME[:5])
    assert not there[5:].any()
    (doubt,) = (doubt for doubt in volume.facts.doubts if "left empty" in doubt.text)
    assert (doubt.kind, doubt.severity) == ("truncated", "fail")
    assert doubt.text.startswith("2 of 7 slices")


def test_a_plane_that_is_not_there_is_a_read_error(tmp_path):
    path = write(tmp_path / "a", VOLUME[0])
    path.write_bytes(path.read_bytes()[:-2])
    scan = opened([path])
    for use in (scan.load, lambda: scan.plane(0, 0)):
        with pytest.raises(ReadError, match="46 of 48 bytes"):
            use()


def test_a_short_file_is_refused_before_anything_is_allocated(tmp_path):
    path = write(tmp_path / "a", VOLUME[0])
    one = stack([path])
    picture = one.grid[0][0]
    huge = replace(picture, file=replace(picture.file, rows=30000, columns=30000))
    tracemalloc.start()
    try:
        with pytest.raises(ReadError):
            OpenedStack(Stack(one.header, ((huge,),))).load()
        assert tracemalloc.get_traced_memory()[1] < 1e6
    finally:
        tracemalloc.stop()


def test_more_voxels_than_can_be_handled_are_refused(tmp_path):
    one = stack([write(tmp_path / "a", np.zeros((512, 512), "u1"))])
    with pytest.raises(ReadError, match="more voxels"):
        OpenedStack(Stack(one.header, one.grid * (8193))).load()


def test_a_file_that_vanished_is_a_read_error(tmp_path):
    paths = series(tmp_path, VOLUME)
    scan = opened(paths)
    paths[0].unlink()
    with pytest.raises(ReadError, match="cannot be read"):
        scan.load()


def test_a_scan_without_any_difference_between_its_voxels_is_doubted(tmp_path):
    volume = opened(series(tmp_path, np.full((5, 4, 4), 3, "u1"))).load()
    assert any("same value, 3" in doubt.text for doubt in volume.facts.doubts)


def test_colour_comes_with_its_brightness(tmp_path):
    rgb = np.random.default_rng(0).integers(0, 256, (3, 4, 6, 3), "u1")
    for z, plane in enumerate(rgb):
        write(tmp_path / f"{z}", plane, SamplesPerPixel=3, ImagePositionPatient=[0, 0, 2 * z])
    volume = opened(sorted(tmp_path.iterdir())).load()
    assert volume.colour is not None
    assert np.array_equal(volume.colour[0], rgb)
    assert np.array_equal(volume.array[0], np.rint(rgb @ np.array([0.299, 0.587, 0.114], "f4")))


@settings(max_examples=60)
@given(name=st.sampled_from(DAMAGED), hits=st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=8))
def test_damaged_compressed_pixels_give_a_scan_or_a_read_error(shared_data, tmp_path_factory, name, hits):
    content = bytearray((shared_data / "pydicom_bundled/test_files" / name).read_bytes())
    for hit in hits:
        content[len(content) // 3 + int(hit * (len(content) * 2 // 3))] ^= 0x5A
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(content)
    with contextlib.suppress(ReadError):
        assert opened([path]).load().array.size


def test_the_header_tells_the_type_of_values_that_a_table_gives(shared_data):
    opened = open_scan(inspect(shared_data / "pydicom_data/files/mlut_18.dcm").source)
    assert opened.load().array.dtype == opened.header.dtype == "int32"
