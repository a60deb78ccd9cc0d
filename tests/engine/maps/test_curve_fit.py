import numpy as np
import pytest

from engine.maps import fit_curve
from tests.engine.maps.made import KINDS, RANGES, TIMES, signal


def curve(kind, relaxation, m0=800.0):
    return m0 * signal(kind, np.array(TIMES[kind]), np.array(relaxation))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("where", [0.0, 0.3, 0.5, 0.8, 1.0])
def test_a_clean_curve_gives_its_time_back(kind, where):
    low, high = RANGES[kind]
    truth = low * (high / low) ** where
    found = fit_curve(kind, TIMES[kind], curve(kind, truth))
    assert (found.time, found.m0, found.goodness) == pytest.approx((truth, 800.0, 1.0), rel=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_what_scipy_finds_under_noise(kind):
    from scipy.optimize import curve_fit

    truth = np.sqrt(np.prod(RANGES[kind]))
    noisy = curve(kind, truth) + np.random.default_rng(3).normal(0, 15, len(TIMES[kind]))
    (m0, time), _ = curve_fit(lambda t, m, T: m * signal(kind, t, T), TIMES[kind], noisy, (800.0, truth))
    found = fit_curve(kind, TIMES[kind], noisy)
    assert (found.m0, found.time) == pytest.approx((m0, time), rel=1e-4)


@pytest.mark.parametrize("kind", KINDS)
def test_the_drawn_curve_passes_through_clean_points(kind):
    values = curve(kind, 150.0)
    assert fit_curve(kind, TIMES[kind], values).curve(TIMES[kind]) == pytest.approx(values, rel=1e-5)


def test_the_rate_is_per_second():
    assert fit_curve("echo time", TIMES["echo time"], curve("echo time", 50.0)).rate == pytest.approx(20.0)


def test_the_goodness_is_the_share_of_the_variance_that_is_explained():
    values = curve("echo time", 60.0) + np.random.default_rng(1).normal(0, 20, 9)
    found = fit_curve("echo time", TIMES["echo time"], values)
    left = values - found.curve(TIMES["echo time"])
    assert found.goodness == pytest.approx(1 - (left**2).sum() / ((values - values.mean()) ** 2).sum())


def test_a_constant_is_fitted_only_when_asked_for():
    values = curve("echo time", 60.0) + 100
    plain = fit_curve("echo time", TIMES["echo time"], values)
    with_offset = fit_curve("echo time", TIMES["echo time"], values, offset=True)
    assert plain.time > 70
    assert (with_offset.time, with_offset.offset) == pytest.approx((60.0, 100.0), rel=1e-4)


def test_the_drawn_curve_holds_the_constant():
    values = curve("echo time", 60.0) + 100
    found = fit_curve("echo time", TIMES["echo time"], values, offset=True)
    assert found.curve(TIMES["echo time"]) == pytest.approx(values, rel=1e-4)


@pytest.mark.parametrize("scale", [1e-20, 1e-6, 1e9, 1e25])
def test_the_size_of_the_values_does_not_matter(scale):
    found = fit_curve("echo time", TIMES["echo time"], curve("echo time", 60.0, scale))
    assert (found.time, found.m0) == pytest.approx((60.0, scale), rel=1e-6)


def test_the_order_of_the_times_does_not_matter():
    order = [4, 0, 8, 2, 6, 1, 3, 7, 5]
    times, values = np.array(TIMES["inversion time"])[order], curve("inversion time", 700.0)[order]
    assert fit_curve("inversion time", times, values).time == pytest.approx(700.0)


def test_points_that_are_no_numbers_are_left_out():
    values = curve("echo time", 60.0)
    values[3], values[5] = np.nan, np.inf
    assert fit_curve("echo time", TIMES["echo time"], values).time == pytest.approx(60.0)


@pytest.mark.parametrize(
    ("kind", "times", "values", "reason"),
    [
        ("echo time", (10, 20), (5, 4), "fewer than 3"),
        ("echo time", (10, 20, 20), (5, 4, 4), "fewer than 3"),
        ("echo time", (10, 20, 30), (5, 4, np.nan), "fewer than 3"),
        ("echo time", (), (5, 4, 3), "not known"),
        ("echo time", (), (), "not known"),
        ("echo time", (10, 20, np.nan), (5, 4, 3), "not known"),
        ("echo time", (-10, 20, 30), (5, 4, 3), "cannot be true"),
        ("echo time", (1e-9, 2e-9, 3e-9), (5, 4, 3), "cannot be true"),
        ("echo time", (0, 0, 0), (5, 4, 3), "cannot be true"),
        ("b-value", (0, 500, 1000), (5, 4, 3), "no echo"),
        ("none", (), (5,), "no echo"),
        ("echo time", (10, 20, 30), (5, 5, 5), "constant"),
        ("echo time", (10, 20, 30), (0, 0, 0), "constant"),
        ("echo time", (10, 20, 30), (5, -4, 3), "negative"),
        ("echo time", (10, 20, 30), (-5, -4, -3), "negative"),
        ("echo time", (10, 20, 30), (3, 4, 5), "do not decay"),
        ("repetition time", (100, 500, 3000), (5, 4, 3), "do not recover"),
        ("echo time", (10, 20, 30), (100.0, 99.5, 99.1), "too long"),
        ("echo time", (10, 20, 30), (100.0, 0.0, 0.0), "too short"),
    ],
)
def test_where_there_is_no_fit_it_says_why(kind, times, values, reason):
    found = fit_curve(kind, times, values)
    assert reason in found.reason
    assert np.isnan([found.time, found.rate, found.m0, found.goodness, *found.curve([1.0, 2.0])]).all()
