"""However the voxels of a scan lie in its file: the same pictures, pixel for pixel, and exact positions."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.app import application
from desktop.viewer import annotations
from desktop.viewer.corners import letter_boxes
from desktop.viewer.layouts import FOUR
from desktop.viewer.planes_area import PlanesArea
from desktop.viewer.slice_view import SliceView
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.desktop.viewer.screen import pixels, seen
from tests.helpers.volumes import BRIGHT, MARKED, ORIENTATIONS, body

HUNG = (("R", "L", "A", "P"), ("R", "L", "S", "I"), ("A", "P", "S", "I"))
SIDE = 600
TEXTS = 48
BRIGHT_TEXT = 190
UNEVEN = (1.0, 2.0, 4.0)


@pytest.fixture
def area(qtbot: QtBot) -> PlanesArea:
    """Three planes and the place of the volume, 600 x 600 pixels."""
    theme.apply(application(), "dark")
    made = PlanesArea()
    qtbot.addWidget(made)
    made.set_front(front=False, among_several=False)  # no frame about one of them: which is the active one may differ
    made.resize(SIDE, SIDE)
    with qtbot.waitExposed(made):
        made.show()
    return made


def show(area: PlanesArea, orientation: str, spacing: tuple[float, float, float] = (2.0, 2.0, 2.0)) -> list[SliceView]:
    """The three planes through the marked point."""
    area.lay_out(FOUR)
    area.show_viewing(Viewing.of(body(orientation, spacing), Window.between(0, BRIGHT)), ("P-001", "T1"))
    assert area.linked is not None
    area.change_all(area.linked.at(MARKED))
    application().processEvents()
    return [cell.view for cell in area.shown]


def pictures(area: PlanesArea, orientation: str) -> list[np.ndarray]:
    """What is painted between the texts, which count slices from the end where a file does."""
    return [pixels(view)[TEXTS:-TEXTS].astype(int) for view in show(area, orientation)]


@pytest.fixture
def reference(area: PlanesArea) -> list[np.ndarray]:
    """The pictures of a scan that lies as the patient's axes do."""
    made = pictures(area, "RAS")
    assert all((picture == 255).all(axis=2).any() and np.ptp(picture) > 200 for picture in made)
    return made


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_all_48_axis_orders_paint_the_same_three_pictures(area, reference, orientation: str) -> None:
    for name, picture, expected in zip(HUNG, pictures(area, orientation), reference, strict=True):
        assert np.abs(picture - expected).max() <= 1, name


def letters_alone(area: QRect, letters: tuple[str, ...], like: SliceView) -> np.ndarray:
    """The letters as they are painted on nothing."""
    image = QImage(area.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.setFont(like.font())
    annotations.draw_letters(painter, area, letters)
    painter.end()
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), 2::-1].copy()


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_the_letters_painted_at_the_edges_are_those_of_the_patient(area: PlanesArea, orientation: str) -> None:
    for view, letters in zip(show(area, orientation), HUNG, strict=True):
        painted, alone = pixels(view), letters_alone(view.rect(), letters, view)
        for box in letter_boxes(view.rect()):
            part = np.s_[box.top() : box.bottom(), box.left() : box.right()]
            lit, expected = (picture[part].min(axis=2) > BRIGHT_TEXT for picture in (painted, alone))
            assert expected.any()
            assert (lit & expected).sum() >= 0.9 * max(lit.sum(), expected.sum())


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_from_the_world_to_the_screen_and_back_is_exact(area: PlanesArea, orientation: str) -> None:
    for view in show(area, orientation, UNEVEN):
        viewing, crossing = seen(view), view.crossing
        assert crossing is not None
        depth = viewing.plane.of_world(MARKED)[2]
        back = viewing.plane.to_world(*view.placement.to_picture(crossing.x(), crossing.y()), depth)
        assert back == pytest.approx(MARKED, abs=1e-9)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_click_is_one_position_in_the_world_for_all_planes(area: PlanesArea, orientation: str, qtbot: QtBot) -> None:
    views = show(area, orientation, UNEVEN)
    for view in views:
        at = QPoint(151, 97)
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
        crossing, viewing = view.crossing, seen(view)
        assert crossing is not None
        assert (crossing.x(), crossing.y()) == pytest.approx((at.x(), at.y()), abs=1e-9)
        expected = viewing.plane.to_world(*view.placement.to_picture(at.x(), at.y()), viewing.index)
        assert [seen(other).cross for other in views] == [pytest.approx(expected, abs=1e-9)] * 3
