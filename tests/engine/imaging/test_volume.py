import numpy as np
import pytest

from engine.imaging import FrameAxis, Volume
from tests.engine.imaging.made import voxels

OBLIQUE = np.array([[-1.9, 0.3, 0.1, 30], [0.4, 2.4, 0.2, -20], [0.1, -0.2, 3.0, 10], [0, 0, 0, 1]])
ECHOES = FrameAxis("echo time", (10.0, 20.0, 30.0))


def volume(colour: bool = False) -> Volume:
    array = voxels(3, 4, 5, 6)
    shown = np.stack([array % 251] * 3, axis=-1).astype(np.uint8) if colour else None
    return Volume(array, OBLIQUE, ECHOES, colour=shown)


@pytest.mark.parametrize("voxel", [(0, 0, 0), (5, 4, 3), (-1.5, 2.25, 100.125)])
def test_a_position_leads_back_to_its_voxel(voxel):
    there = volume()
    assert there.to_voxel(there.to_world(voxel)) == pytest.approx(voxel, abs=1e-12)


def test_a_slab_is_a_view_with_its_values_where_they_were():
    whole = volume(colour=True)
    part = whole.slab(slice(1, 3), slice(0, 2))
    assert np.shares_memory(part.array, whole.array)
    assert np.array_equal(part.array, whole.array[:2, 1:3])
    assert whole.colour is not None
    assert part.colour is not None
    assert np.array_equal(part.colour, whole.colour[:2, 1:3])
    assert part.to_world((2, 3, 0)) == pytest.approx(whole.to_world((2, 3, 1)))
    assert part.frame_axis == FrameAxis("echo time", (10.0, 20.0))


def test_a_slab_may_run_backwards_and_leave_out_slices():
    whole = volume()
    part = whole.slab(slice(None, None, -2))
    assert part.array[0, 1, 0, 0] == whole.array[0, 1, 0, 0]
    assert part.to_world((0, 0, 1)) == pytest.approx(whole.to_world((0, 0, 1)))


@pytest.mark.parametrize(("z", "frames"), [(slice(2, 2), slice(None)), (slice(None), slice(3, None))])
def test_an_empty_slab_is_refused(z, frames):
    with pytest.raises(ValueError, match="at least one"):
        volume().slab(z, frames)


def test_one_frame_keeps_its_value():
    last = volume().at_frame(-1)
    assert last.frame_axis == FrameAxis("echo time", (30.0,))
    assert np.array_equal(last.array[0], volume().array[2])


def test_a_frame_that_is_not_there_is_an_index_error():
    with pytest.raises(IndexError):
        volume().at_frame(3)


def test_without_frame_values_a_slab_has_none():
    whole = Volume(voxels(3, 2, 2, 2), OBLIQUE, FrameAxis("unknown"))
    assert whole.at_frame(1).frame_axis == FrameAxis("unknown")
