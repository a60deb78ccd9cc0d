import gzip
import tracemalloc

import numpy as np
import pytest

from engine.control import Control
from engine.errors import Cancelled, ReadError
from engine.imaging import inspect, open_scan, read
from tests.engine.imaging.made import voxels, write


def opened(path):
    return open_scan(inspect(path).source)


def test_slices_of_a_compressed_file_are_told_as_they_pass(tmp_path):
    values = voxels(4, 3, 5, 2)
    seen = []

    def arrived(volume, frame, z):
        seen.append((frame, z))
        assert np.array_equal(volume.array[frame, z], values.T[frame, z])

    opened(write(tmp_path / "a.nii.gz", values)).load((1, 2), arrived)
    assert seen == [(frame, z) for frame in range(2) for z in range(5)]


def test_slices_of_a_scaled_plain_file_come_from_the_wanted_one_outwards(tmp_path):
    seen = []
    path = write(tmp_path / "a.nii", voxels(4, 3, 5, 2), scl_slope=2.0)
    opened(path).load((1, 3), lambda _, frame, z: seen.append((frame, z)))
    assert seen[:5] == [(1, 3), (1, 2), (1, 4), (1, 1), (1, 0)]
    assert sorted(seen) == [(frame, z) for frame in range(2) for z in range(5)]


def test_a_mapped_file_arrives_once(tmp_path):
    seen = []
    opened(write(tmp_path / "a.nii", voxels(4, 3, 5))).load((0, 1), lambda _, *place: seen.append(place))
    assert seen == [(0, 1)]


@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
def test_loading_can_be_cancelled_between_slices(tmp_path, name):
    control, seen = Control(), []

    def arrived(_volume, _frame, z):
        seen.append(z)
        control.cancel()

    with pytest.raises(Cancelled):
        opened(write(tmp_path / name, voxels(4, 3, 5), scl_slope=2.0)).load(None, arrived, control)
    assert len(seen) == 1


@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
@pytest.mark.parametrize("slope", [0.0, 0.5])
def test_at_most_1_3_times_the_array_is_in_use(tmp_path, name, slope):
    scan = opened(write(tmp_path / name, voxels(128, 128, 160), scl_slope=slope))
    tracemalloc.start()
    try:
        array = scan.load().array
        assert tracemalloc.get_traced_memory()[1] < 1.3 * array.nbytes
    finally:
        tracemalloc.stop()


def test_a_file_of_several_gzip_members_is_read_whole(tmp_path):
    values = voxels(40, 30, 20)
    plain = write(tmp_path / "a.nii", values).read_bytes()
    path = tmp_path / "b.nii.gz"
    path.write_bytes(b"".join(gzip.compress(plain[at : at + 7000]) for at in range(0, len(plain), 7000)))
    assert np.array_equal(read(path).array[0], values.T)


def test_a_damaged_checksum_in_an_early_member_is_noticed(tmp_path):
    plain = write(tmp_path / "a.nii", voxels(40, 30, 20)).read_bytes()
    first = bytearray(gzip.compress(plain[:9000]))
    first[-6] ^= 1
    path = tmp_path / "b.nii.gz"
    path.write_bytes(bytes(first) + gzip.compress(plain[9000:]))
    with pytest.raises(ReadError, match="damaged"):
        read(path)


def test_what_follows_the_voxels_of_a_compressed_file_is_said(tmp_path):
    plain = write(tmp_path / "a.nii", voxels(4, 3, 2)).read_bytes()
    path = tmp_path / "b.nii.gz"
    path.write_bytes(gzip.compress(plain + bytes(10)))
    assert any("10 bytes or more follow" in warning for warning in read(path).facts.warnings)


def test_a_cut_compressed_file_says_how_many_slices_there_are(tmp_path):
    path = write(tmp_path / "a.nii.gz", voxels(40, 30, 20))
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())[: 352 + 5 * 2400 + 7]))
    with pytest.raises(ReadError, match="cut short: 5 of 20 slices"):
        read(path)
