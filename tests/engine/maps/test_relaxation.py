import threading
import tracemalloc

import numpy as np
import pytest

from engine.control import Control
from engine.errors import Cancelled, MapError
from engine.imaging.volume import FrameAxis, Volume
from engine.maps import can_map, fit_curve, relaxation_maps
from engine.phantoms.relaxation import with_rician_noise
from tests.engine.maps.made import AFFINE, KINDS, TIMES, scan, times_in


@pytest.mark.parametrize("kind", KINDS)
def test_clean_scans_give_every_time_back_within_a_thousandth(kind):
    truth = times_in(kind)
    found = relaxation_maps(scan(kind, truth))
    assert np.abs(found.time.array[0] / truth - 1).max() < 1e-3


@pytest.mark.parametrize("kind", KINDS)
def test_m0_rate_and_goodness_are_those_of_the_scan(kind):
    truth = times_in(kind)
    found = relaxation_maps(scan(kind, truth, m0=700.0))
    assert found.m0.array == pytest.approx(700.0, rel=1e-3)
    assert found.rate.array[0] == pytest.approx(1000 / truth, rel=1e-3)
    assert found.goodness.array.min() > 0.9999


@pytest.mark.parametrize("kind", KINDS)
def test_a_map_holds_what_the_curve_at_a_voxel_says(kind):
    volume = scan(kind, np.full((1, 6, 6), 300.0), noise=0.02)
    found = relaxation_maps(volume)
    for y, x in ((0, 0), (3, 2), (5, 5)):
        one = fit_curve(kind, TIMES[kind], volume.array[:, 0, y, x].tolist())
        assert found.time.array[0, 0, y, x] == pytest.approx(one.time, rel=2e-3)


@pytest.mark.parametrize(("kind", "relaxation"), [(KINDS[0], 60.0), (KINDS[1], 900.0), (KINDS[2], 900.0)])
def test_noise_at_a_fiftieth_of_the_signal_moves_the_median_by_less_than_five_percent(kind, relaxation):
    found = relaxation_maps(scan(kind, np.full((1, 60, 60), relaxation), noise=0.02))
    assert np.isfinite(found.time.array).mean() > 0.99
    assert found.median == pytest.approx(relaxation, rel=0.05)


@pytest.mark.parametrize("kind", KINDS)
def test_background_of_noise_is_left_out_and_tissue_is_not(kind):
    truth = np.full((1, 64, 64), 80.0 if kind == "echo time" else 700.0)
    volume = scan(kind, truth)
    volume.array[..., 32:] = 0
    noisy = with_rician_noise(np.random.default_rng(5), volume.array, 15.0)
    found = relaxation_maps(volume.with_array(noisy))
    known = np.isfinite(found.time.array[0, 0])
    assert known[:, :32].mean() > 0.99
    assert known[:, 32:].mean() < 0.02
    assert found.noise == pytest.approx(15.0, rel=0.25)


def test_the_noise_of_a_scan_without_background_is_found_too():
    found = relaxation_maps(scan("echo time", np.full((2, 48, 48), 80.0), noise=0.03))
    assert found.noise == pytest.approx(30.0, rel=0.1)


def test_maps_lie_where_the_scan_lies():
    found = relaxation_maps(scan("echo time", times_in("echo time")))
    for one in found:
        assert np.array_equal(one.volume.affine, AFFINE)
        assert one.volume.array.shape == (1, 2, 24, 20)
        assert one.volume.array.dtype == np.float32
        assert one.volume.frame_axis == FrameAxis()


def test_voxels_that_are_no_numbers_zero_or_negative_have_no_time():
    volume = scan("echo time", np.full((1, 8, 8), 80.0))
    volume.array[2, 0, 0, 0] = np.nan
    volume.array[4, 0, 0, 1] = np.inf
    volume.array[:, 0, 0, 2] = 0
    volume.array[:, 0, 0, 3] *= -1
    volume.array[5, 0, 0, 4] = -900
    found = relaxation_maps(volume)
    assert np.isnan(found.time.array[0, 0, 0, :5]).all()
    assert np.isfinite(found.time.array).sum() == 64 - 5


@pytest.mark.parametrize("values", [(7.0,) * 9, tuple(range(1, 10))])
def test_a_curve_that_does_not_decay_has_no_time(values):
    volume = scan("echo time", np.full((1, 8, 8), 80.0))
    volume.array[:, 0, 3, 3] = values
    found = relaxation_maps(volume)
    assert np.argwhere(np.isnan(found.time.array)).tolist() == [[0, 0, 3, 3]]


def test_where_the_fit_is_bad_its_goodness_is_still_told():
    volume = scan("echo time", np.full((1, 8, 8), 80.0))
    volume.array[:, 0, 3, 3] = 500 + 400 * np.random.default_rng(0).uniform(-1, 1, 9)
    found = relaxation_maps(volume)
    assert np.isnan(found.time.array[0, 0, 3, 3])
    assert found.goodness.array[0, 0, 3, 3] < 0.2


@pytest.mark.parametrize("dtype", ["int16", "uint16", ">i2", "float64", "uint8"])
def test_every_type_of_voxel_is_fitted(dtype):
    volume = scan("echo time", np.full((1, 8, 8), 80.0), m0=250.0)
    found = relaxation_maps(volume.with_array(np.rint(volume.array).astype(dtype)))
    assert found.median == pytest.approx(80.0, rel=0.02)


@pytest.mark.parametrize("scale", [1e-20, 1e20])
def test_the_size_of_the_values_does_not_matter(scale):
    assert relaxation_maps(scan("repetition time", np.full((1, 8, 8), 700.0), m0=scale)).fitted == 64


def test_one_huge_voxel_does_not_hide_the_others():
    volume = scan("echo time", np.full((1, 8, 8), 80.0))
    volume.array[:, 0, 3, 3] *= 1e30
    assert relaxation_maps(volume).fitted == 64


def test_a_view_turned_over_is_fitted_like_the_scan():
    volume = scan("echo time", times_in("echo time"))
    straight, turned = relaxation_maps(volume).time, relaxation_maps(volume.reoriented("PIR")).time
    assert np.array_equal(turned.reoriented(volume.orientation).array, straight.array)


def test_a_scan_of_zeros_has_maps_without_a_number():
    found = relaxation_maps(scan("echo time", np.full((1, 8, 8), 80.0), m0=0.0))
    assert (found.fitted, found.noise) == (0, 0.0)
    assert np.isnan(found.median)


def test_three_frames_are_enough():
    volume = Volume(np.array([90.0, 60.0, 40.0])[:, None, None, None], np.eye(4), FrameAxis("echo time", (10, 20, 30)))
    assert relaxation_maps(volume).fitted == 1


@pytest.mark.parametrize(
    "axis", [FrameAxis("b-value", (0, 1, 2)), FrameAxis("echo time"), FrameAxis("echo time", (1, 1, 2)), FrameAxis()]
)
def test_frames_that_tell_no_time_are_refused_with_the_reason(axis):
    volume = Volume(np.ones((3, 1, 2, 2)), np.eye(4), axis)
    with pytest.raises(MapError) as failure:
        relaxation_maps(volume)
    assert failure.value.what == can_map(volume) != ""


def test_progress_ends_with_everything_done():
    told = []
    relaxation_maps(scan("echo time", times_in("echo time")), progress=lambda done, total: told.append((done, total)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 0


def test_cancelling_stops_it_at_the_next_block():
    control, told = Control(), []

    def cancel_at_first(done, total):
        told.append((done, total))
        control.cancel()

    with pytest.raises(Cancelled):
        relaxation_maps(scan("echo time", times_in("echo time", (4, 128, 128))), control, cancel_at_first)
    assert len(told) == 1


def test_no_thread_is_left():
    before = threading.active_count()
    relaxation_maps(scan("echo time", times_in("echo time")))
    assert threading.active_count() == before


def test_memory_stays_within_half_of_scan_and_maps_beside_them():
    truth = times_in("echo time", (4, 256, 256))
    volume = scan("echo time", truth)
    volume = volume.with_array(volume.array.astype(np.int16))
    size = volume.array.nbytes + 4 * 4 * truth.size
    relaxation_maps(volume.slab(slice(0, 1)))
    tracemalloc.start()
    found = relaxation_maps(volume)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.fitted
    assert volume.array.nbytes + peak < 1.5 * size
