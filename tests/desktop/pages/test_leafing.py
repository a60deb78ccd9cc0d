from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.pages.view import ViewPage
from desktop.session import Session
from engine.cohort import Cohort
from engine.cohort.cohort import Patient, Scan
from engine.imaging import inspect
from engine.imaging.source import ScanSource
from tests.desktop.viewer.screen import pixels, seen, turn

Key = Qt.Key
SIDE, MANY = 64, 12


@pytest.fixture
def page(qtbot, session: Session) -> ViewPage:
    made = ViewPage(session)
    qtbot.addWidget(made)
    made.resize(700, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


def film(number: int, side: int = SIDE) -> np.ndarray:
    """A picture that its number can be told from: a bright bar, farther down in each."""
    picture = np.full((side, side), 20, np.uint8)
    picture[number * side // (MANY + 1) :][: max(1, side // 16)] = 220
    return picture


@pytest.fixture
def films(page: ViewPage, session: Session, tmp_path: Path, qtbot) -> ViewPage:
    """The page with twelve pictures of one patient, which the store has in another order than their names."""
    for number in range(1, MANY + 1):
        Image.fromarray(film(number)).save(tmp_path / f"hand {number}.png")
    show(page, session, tmp_path, [f"hand {number}.png" for number in (3, 1, 2, *range(4, MANY + 1))])
    select(qtbot, page, scan=2)
    return page


def show(page: ViewPage, session: Session, folder: Path, names: list[str], roles: list[str] | None = None) -> None:
    """A cohort of one patient with these pictures; their ids count from 1 in the order given."""
    like = inspect(folder / names[0])
    scans = tuple(
        Scan(number, "P-001", role, ScanSource("pictures", (folder / name,)), like.format, like.shape, 1, "",
             tuple(like.doubts))
        for number, (name, role) in enumerate(zip(names, roles or ["image"] * len(names), strict=True), 1)
    )  # fmt: skip
    session.cohort = Cohort((Patient("P-001", "source", {}, {}, scans),))
    session.cohort_changed.emit()


def select(qtbot, page: ViewPage, **selected: object) -> None:
    page.session.selection.set(patient="P-001", **selected)
    qtbot.waitUntil(lambda: not page.panes.front.filling)


def place_of(page: ViewPage) -> str:
    return next(name for name in page.panes.front.view.names if name.startswith("Picture"))


def press(qtbot, page: ViewPage, key: Qt.Key) -> str:
    qtbot.keyClick(page.panes.front.view, key)
    qtbot.waitUntil(lambda: not page.panes.front.filling)
    return place_of(page)


def test_the_pictures_of_a_patient_are_one_stack_in_the_order_of_their_names(films: ViewPage, qtbot) -> None:
    assert place_of(films) == "Picture 1 of 12"
    assert press(qtbot, films, Key.Key_Down) == "Picture 2 of 12"
    assert seen(films.panes.front).volume.array[0, 0].tolist() == film(2).tolist()
    assert press(qtbot, films, Key.Key_PageDown) == "Picture 12 of 12"
    assert press(qtbot, films, Key.Key_Down) == "Picture 12 of 12"
    assert press(qtbot, films, Key.Key_Left) == "Picture 11 of 12"
    assert press(qtbot, films, Key.Key_Home) == "Picture 1 of 12"
    assert press(qtbot, films, Key.Key_End) == "Picture 12 of 12"
    assert press(qtbot, films, Key.Key_PageUp) == "Picture 2 of 12"


def test_the_wheel_and_the_slider_go_through_the_pictures(films: ViewPage, qtbot) -> None:
    turn(films.panes.front.view, 2)
    qtbot.waitUntil(lambda: place_of(films) == "Picture 3 of 12")
    slices = films.panes.front.slices
    assert (slices.value(), slices.maximum()) == (2, 11)
    slices.setValue(6)
    qtbot.waitUntil(lambda: place_of(films) == "Picture 7 of 12" and slices.value() == 6)


def test_selection_and_chips_follow_the_picture_and_the_picture_them(films: ViewPage, qtbot) -> None:
    press(qtbot, films, Key.Key_End)
    qtbot.waitUntil(lambda: not films.leafing.rest.isActive())
    assert films.session.selection.current.scan == 12
    assert [chip.isChecked() for chip in films.choices.scans] == [False] * 11 + [True]
    films.choices.scans[0].click()
    qtbot.waitUntil(lambda: place_of(films) == "Picture 3 of 12")
    select(qtbot, films, scan=3)
    assert place_of(films) == "Picture 2 of 12"


def test_neighbours_are_read_ahead_and_then_shown_within_the_key_press(films: ViewPage, qtbot) -> None:
    qtbot.waitUntil(lambda: len(films.panes.ahead.pictures.ready) == MANY)
    QTest.keyClick(films.panes.front.view, Key.Key_Down)
    assert not films.panes.front.filling
    assert place_of(films) == "Picture 2 of 12"
    assert seen(films.panes.front).volume.array[0, 0].tolist() == film(2).tolist()


def test_window_and_zoom_stay_from_picture_to_picture(films: ViewPage, qtbot) -> None:
    films.commands.invert.trigger()
    turn(films.panes.front.view, -3, Qt.KeyboardModifier.ControlModifier)
    before = seen(films.panes.front)
    press(qtbot, films, Key.Key_Down)
    after = seen(films.panes.front)
    assert after.window == before.window
    assert after.camera == before.camera
    assert after.camera.zoom > 1


def test_what_stands_beside_the_picture_waits_until_nobody_turns_on(films: ViewPage, qtbot, monkeypatch) -> None:
    qtbot.waitUntil(lambda: len(films.panes.ahead.pictures.ready) == MANY)
    told = []
    monkeypatch.setattr(films.inspector(), "show_scan", lambda scan, _: told.append(scan.id))
    for _ in range(5):
        QTest.keyClick(films.panes.front.view, Key.Key_Down)
    assert told == []
    assert films.session.selection.current.scan == 6
    qtbot.waitUntil(lambda: told == [6])


def test_pictures_play_round_and_round(films: ViewPage, qtbot) -> None:
    press(qtbot, films, Key.Key_End)
    cine = films.panes.front.cine
    assert cine.isEnabled()
    assert cine.label.text() == "Pictures"
    cine.toggle()
    qtbot.waitUntil(lambda: place_of(films) == "Picture 2 of 12")
    assert cine.playing
    cine.toggle()


def test_a_picture_that_cannot_be_shown_is_passed_over_with_the_same_keys(page, session, tmp_path, qtbot) -> None:
    for number in (1, 3):
        Image.fromarray(film(number)).save(tmp_path / f"{number}.png")
    (tmp_path / "2.png").write_bytes(b"broken")
    show(page, session, tmp_path, ["1.png", "2.png", "3.png"])
    select(qtbot, page, scan=1)
    pane = page.panes.front
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Key.Key_Down)
    qtbot.waitUntil(pane.trouble.isVisible)
    assert page.focusWidget() is pane.trouble
    qtbot.keyClick(pane.trouble, Key.Key_Down)
    qtbot.waitUntil(lambda: pane.viewing is not None)
    assert place_of(page) == "Picture 3 of 3"
    assert page.focusWidget() is pane.view


def test_pictures_of_other_sizes_fit_into_the_same_stack(page, session, tmp_path, qtbot) -> None:
    for number, side in ((1, 40), (2, 100)):
        Image.fromarray(film(number, side)).save(tmp_path / f"{number}.png")
    show(page, session, tmp_path, ["1.png", "2.png"])
    select(qtbot, page, scan=1)
    small = pixels(page.panes.front.view).any(axis=2).sum()
    press(qtbot, page, Key.Key_Down)
    assert seen(page.panes.front).plane.columns == 100
    assert pixels(page.panes.front.view).any(axis=2).sum() == pytest.approx(small, rel=0.05)


def test_the_slices_of_a_volume_and_a_picture_alone_are_no_stack(page, session, tmp_path, qtbot) -> None:
    Image.fromarray(film(1)).save(tmp_path / "1.png")
    show(page, session, tmp_path, ["1.png"])
    select(qtbot, page, scan=1)
    assert page.leafing.stack is None
    assert not any(name.startswith("Picture") for name in page.panes.front.view.names)
    assert not page.panes.front.cine.isEnabled()


def test_turned_and_mirrored_stays_from_picture_to_picture_but_not_to_the_next_patient(films, tmp_path, qtbot) -> None:
    films.commands.rotate.trigger()
    films.commands.flip.trigger()
    before = seen(films.panes.front).plane
    press(qtbot, films, Key.Key_Down)
    after = seen(films.panes.front).plane
    assert after.hung_like(before)
    films.commands.flip.trigger()
    films.commands.back.trigger()
    press(qtbot, films, Key.Key_Down)
    assert not any((seen(films.panes.front).plane.flip_across, seen(films.panes.front).plane.flip_down))


def test_a_turned_picture_says_so_for_its_letters_cannot(films, qtbot) -> None:
    view = films.panes.front.view
    words = view.inscription.words(view.rect(), seen(films.panes.front))
    assert words.bottom_left == ("", "")
    films.commands.flip.trigger()
    films.commands.rotate.trigger()
    words = view.inscription.words(view.rect(), seen(films.panes.front))
    assert words.bottom_left == ("Mirrored, turned 90°", "")


def test_two_pictures_of_one_patient_have_each_a_window_of_their_own(page, session, tmp_path, qtbot) -> None:
    for number in (1, 2):
        Image.fromarray(film(number)).save(tmp_path / f"T{number}.png")
    show(page, session, tmp_path, ["T1.png", "T2.png"], roles=["T1", "T2"])
    select(qtbot, page, scan=1)
    page.commands.invert.trigger()
    select(qtbot, page, scan=2)
    assert not seen(page.panes.front).window.inverted


def test_side_by_side_a_stack_is_gone_through_page_by_page(films: ViewPage, qtbot) -> None:
    def shown() -> list[str]:
        return [pane.scan.path.stem for pane in films.panes.panes if pane.scan is not None and not pane.isHidden()]

    films.panes.front.view.setFocus()
    films.set_side_by_side(True)
    qtbot.waitUntil(lambda: not any(pane.filling for pane in films.panes.panes))
    assert shown() == ["hand 1", "hand 2", "hand 3", "hand 4"]
    for number in (2, 3, 4):
        assert press(qtbot, films, Key.Key_Down) == f"Picture {number} of 12"
    assert shown() == ["hand 1", "hand 2", "hand 3", "hand 4"]
    assert press(qtbot, films, Key.Key_Down) == "Picture 5 of 12"
    assert shown() == ["hand 5", "hand 6", "hand 7", "hand 8"]
    assert films.focusWidget() is films.panes.front.view
    assert press(qtbot, films, Key.Key_End) == "Picture 12 of 12"
    assert shown() == ["hand 9", "hand 10", "hand 11", "hand 12"]


def test_beside_another_scan_a_stack_is_one(page, session, tmp_path, qtbot) -> None:
    for number in (1, 2, 3):
        Image.fromarray(film(number)).save(tmp_path / f"{number}.png")
    Image.fromarray(film(7)).save(tmp_path / "whole.png")
    show(page, session, tmp_path, ["whole.png", "1.png", "2.png", "3.png"], roles=["whole", "hand", "hand", "hand"])
    select(qtbot, page, scan=2)
    page.set_side_by_side(True)
    qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))
    assert press(qtbot, page, Key.Key_Down) == "Picture 2 of 3"
    assert [pane.scan.id for pane in page.panes.panes if not pane.isHidden()] == [1, 3]
    select(qtbot, page, scan=1)
    assert [pane.scan.id for pane in page.panes.panes if not pane.isHidden()] == [1, 3]
