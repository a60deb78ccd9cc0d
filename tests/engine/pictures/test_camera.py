import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.pictures.camera import FARTHEST, NEAREST, Camera, Placement, panned, zoomed

GRID, PIXEL, AREA = (200, 100), (0.5, 2.0), (800.0, 600.0)
SIZE_MM = (100.0, 200.0)


def placed(camera: Camera) -> Placement:
    return Placement.of(GRID, PIXEL, AREA, camera)


def test_the_whole_picture_fits_at_its_true_proportions() -> None:
    placement = placed(Camera())
    left, top = placement.to_screen(0, 0)
    right, bottom = placement.to_screen(*GRID)
    assert (top, bottom) == (0, 600)
    assert (right - left) / (bottom - top) == pytest.approx(SIZE_MM[0] / SIZE_MM[1])
    assert left == pytest.approx(800 - right)


@given(st.floats(0.3, 20), st.floats(-40, 40), st.floats(-90, 90), st.floats(0, 800), st.floats(0, 600))
def test_screen_and_picture_lead_to_each_other(zoom: float, right: float, down: float, x: float, y: float) -> None:
    placement = placed(Camera(zoom, right, down))
    assert placement.to_screen(*placement.to_picture(x, y)) == pytest.approx((x, y), abs=1e-6)


def test_zooming_keeps_the_point_under_the_cursor() -> None:
    before = placed(Camera())
    point = before.to_picture(450, 350)
    camera = zoomed(Camera(), 2.0, 50, 50, before.px_per_mm(PIXEL), SIZE_MM)
    assert placed(camera).to_screen(*point) == pytest.approx((450, 350))


@pytest.mark.parametrize("factor", [1e-9, 1e9])
def test_zoom_stays_within_sense(factor: float) -> None:
    camera = zoomed(Camera(), factor, 0, 0, 1.0, SIZE_MM)
    assert FARTHEST <= camera.zoom <= NEAREST


def test_panning_moves_the_picture_with_the_pointer_and_never_loses_it() -> None:
    scale = placed(Camera()).px_per_mm(PIXEL)
    before, after = placed(Camera()), placed(panned(Camera(), 30, -20, scale, SIZE_MM))
    assert after.left - before.left == pytest.approx(30)
    assert after.top - before.top == pytest.approx(-20)
    far = placed(panned(Camera(), 1e6, 1e6, scale, SIZE_MM))
    assert far.left <= 400
    assert far.top <= 300
