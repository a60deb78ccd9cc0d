"""Whatever a file holds is seen as it is: in every layout, as planes and as a volume, under every gesture."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.app import application
from desktop.pages.view.volume_slot import VolumeSlot
from desktop.session import Session
from desktop.viewer.layouts import FOUR, LAYOUTS, ONE, Layout
from desktop.viewer.planes_area import PlanesArea
from desktop.viewer.scan_values import of_volume
from desktop.viewer.slice_view import SliceView
from desktop.volume.readiness import make_ready
from engine.imaging.volume import Volume
from engine.pictures.hanging import Hanging
from engine.pictures.viewing import Viewing
from tests.desktop.viewer.odd_volumes import EVEN, ODD
from tests.desktop.viewer.screen import drag, hover, pixels, seen, turn

SIDE = 640
PROBES, MARGIN = 25, 0.06
Button = Qt.MouseButton


@pytest.fixture
def area(session: Session, qtbot: QtBot) -> PlanesArea:
    """Planes and a volume view that really draws, 640 x 640 pixels, without lines over them."""
    theme.apply(application(), "dark")
    make_ready()
    made = PlanesArea(lambda: VolumeSlot(session.bridge))
    qtbot.addWidget(made)
    made.set_crosshair(False)
    made.resize(SIDE, SIDE)
    with qtbot.waitExposed(made):
        made.show()
    return made


def show(area: PlanesArea, volume: Volume, layout: Layout) -> list[SliceView]:
    area.lay_out(layout)
    area.show_viewing(Viewing.of(volume, of_volume(volume).auto, hanging=area.hanging), ("P-001", "T1"))
    application().processEvents()
    return [cell.view for cell in area.shown]


def greys(viewing: Viewing, values: np.ndarray) -> np.ndarray:
    """What values look like through the window, from black to white."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.nan_to_num(255 * (values - viewing.window.low) / viewing.window.width, posinf=255, neginf=0).clip(
            0, 255
        )


def difference(view: SliceView) -> float:
    """How far the painted greys are from those of the voxels that lie there, where nothing is written over them."""
    viewing, painted = seen(view), pixels(view).astype(float)
    plane = viewing.plane
    found = []
    for column in np.linspace(MARGIN, 1 - MARGIN, PROBES) * plane.columns:
        for row in np.linspace(MARGIN, 1 - MARGIN, PROBES) * plane.rows:
            x, y = view.placement.to_screen(column, row)
            voxel = plane.voxel_at(column, row, viewing.index)
            if voxel is not None and view.rect().contains(QPoint(int(x), int(y))):
                colour = viewing.colour(voxel)
                values = np.array([viewing.value(voxel)] * 3 if colour is None else colour, np.float64)
                found.append(np.abs(greys(viewing, values) - painted[int(y), int(x)]).max())
    assert found
    return float(np.percentile(found, 75))


def differ(view: SliceView) -> bool:
    """Whether there is anything to tell apart in what a view shows."""
    viewing = seen(view)
    values = viewing.picture()
    return bool(np.ptp(greys(viewing, np.asarray(values, np.float64))) > 40)


@pytest.mark.parametrize("name", ODD)
def test_every_kind_of_volume_is_drawn_as_its_values_are_in_every_layout(area, qtbot: QtBot, name: str) -> None:
    volume = ODD[name]()
    with qtbot.captureExceptions() as exceptions:
        for layout in LAYOUTS:
            views = show(area, volume, layout)
            for view in views:
                assert difference(view) <= 12, (layout.key, seen(view).plane.name)
                assert not differ(view) or np.ptp(pixels(view)) > 40
            assert name in EVEN or any(differ(view) for view in views)
    assert exceptions == []


@pytest.mark.parametrize("name", ODD)
def test_every_kind_of_volume_stands_every_gesture(area: PlanesArea, qtbot: QtBot, name: str) -> None:
    with qtbot.captureExceptions() as exceptions:
        for view in show(area, ODD[name](), FOUR):
            before = seen(view).window
            drag(view, Button.RightButton, QPoint(25, 15))
            assert seen(view).window != before
            turn(view, 1)
            drag(view, Button.LeftButton, QPoint(20, -20))
            turn(view, -3, Qt.KeyboardModifier.ControlModifier)
            drag(view, Button.MiddleButton, QPoint(10, 10))
            hover(view, view.rect().center())
            view.magnify(True)
            pixels(view)
            view.magnify(False)
            view.set_smooth(False)
            pixels(view)
        area.hang(Hanging("neurological", patient_axes=True))
        application().processEvents()
    assert exceptions == []


@pytest.mark.parametrize("name", ODD)
def test_the_glass_shows_the_values_too(area: PlanesArea, qtbot: QtBot, name: str) -> None:
    view = show(area, ODD[name](), ONE)[0]
    plain = pixels(view)
    hover(view, view.rect().center())
    view.magnify(True)
    enlarged = pixels(view)[SIDE // 2 - 60 : SIDE // 2 + 60, SIDE // 2 - 60 : SIDE // 2 + 60]
    under = plain[SIDE // 2 - 30 : SIDE // 2 + 30, SIDE // 2 - 30 : SIDE // 2 + 30]
    assert np.abs(enlarged.mean() - under.mean()) < 12


@pytest.mark.parametrize("name", ODD)
def test_every_kind_of_volume_is_drawn_in_three_dimensions(area: PlanesArea, qtbot: QtBot, name: str) -> None:
    volume = ODD[name]()
    with qtbot.captureExceptions() as exceptions:
        show(area, volume, FOUR)
        content = area.volume.content
        if not area.volume.isVisible():
            assert 1 in volume.shape_xyz
            return
        assert isinstance(content, VolumeSlot)
        qtbot.waitUntil(lambda: content.view.scene is not None, timeout=20_000)
        assert content.view.message == ""
        for mode in ("mip", "average", "composite", "iso"):
            content.view.set_mode(mode)
            drag(content.view, Button.LeftButton, QPoint(15, 9))
            application().processEvents()
        content.view.set_mode("mip")
        image = content.view.grab_image(marked=False)
        lit = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)[:, : 4 * image.width() : 4]
    assert exceptions == []
    assert name == "all zero" or np.ptp(lit) > 40
