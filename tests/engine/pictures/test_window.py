import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.imaging.volume import Volume
from engine.pictures.window import Window, auto_window, first_window, full_window, sampled

SIZES = st.floats(-1e6, 1e6)


@given(SIZES, SIZES)
def test_a_window_between_two_values_has_them_as_black_and_white(a: float, b: float) -> None:
    window = Window.between(a, b)
    assert window.width > 0
    assert window.low == pytest.approx(min(a, b), abs=1.5)
    assert window.high == pytest.approx(max(a, b), abs=1.5)


@given(st.floats(-2000, 2000), st.floats(-2000, 2000))
def test_no_drag_makes_a_window_that_cannot_be_drawn(right: float, up: float) -> None:
    window = Window(100, 200).dragged(right, up)
    assert 0 < window.width < np.inf
    assert np.isfinite(window.level)


def test_a_drag_to_the_right_softens_and_upwards_brightens() -> None:
    window = Window(100, 200)
    assert window.dragged(50, 0).width > window.width
    assert window.dragged(0, 50).level < window.level


def test_a_few_extreme_values_do_not_spoil_the_automatic_window() -> None:
    values = np.concatenate([np.linspace(0, 100, 10_000), [1e6, -1e6]])
    window = auto_window(values)
    assert -2 < window.low < 5
    assert 95 < window.high < 102


def test_a_mostly_empty_picture_falls_back_to_its_full_range() -> None:
    values = np.zeros(10_000)
    values[:5] = 70
    assert (auto_window(values).low, auto_window(values).high) == (0, 70)


@pytest.mark.parametrize("value", [0.0, -5.0, 3e9])
def test_a_constant_picture_has_a_window_with_its_value_in_the_middle(value: float) -> None:
    window = auto_window(np.full(100, value))
    assert window.level == value
    assert window.width > 0


def test_without_any_value_there_is_still_a_window() -> None:
    assert auto_window(np.array([])).width > 0
    assert full_window(np.array([])).width > 0


def test_the_sample_leaves_out_what_is_no_number_and_stays_small() -> None:
    array = np.arange(2_000_000, dtype=np.float32).reshape(2, 100, 100, 100)
    array[0, 0] = np.nan
    array[1, 1] = np.inf
    sample = sampled(array, 50_000)
    assert np.isfinite(sample).all()
    assert 20_000 < sample.size <= 60_000
    assert sample.max() > 1_950_000


@pytest.mark.parametrize("shape", [(1, 300, 64, 64), (1, 3, 700, 700), (40, 5, 30, 500)])
def test_the_sample_comes_from_the_middle_as_well_as_from_the_borders(shape: tuple[int, ...]) -> None:
    array = np.zeros(shape, np.int16)
    array[tuple(slice(size // 4, size - size // 4) for size in shape)] = 1
    expected = float(array.mean())
    assert sampled(array, 20_000).mean() == pytest.approx(expected, rel=0.35)


def test_a_coloured_picture_is_first_seen_as_it_is() -> None:
    array = np.full((1, 1, 2, 2), 90, np.uint8)
    volume = Volume(array, np.eye(4), colour=np.full((*array.shape, 3), 90, np.uint8))
    window = first_window(volume, np.array([80.0, 100.0]))
    assert (window.low, window.high) == (0, 255)


def test_inverting_twice_changes_nothing() -> None:
    window = Window(5, 10)
    assert window.turned() != window
    assert window.turned().turned() == window


def test_a_window_that_would_show_another_scan_all_black_does_not_suit_it() -> None:
    auto = Window.between(0, 1)
    assert not Window.between(500, 2000).suits(auto)
    assert not Window.between(-2000, 2000).suits(auto)
    assert Window.between(0.2, 2).suits(auto)
