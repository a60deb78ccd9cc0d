import gc
import weakref
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from desktop.pages.view import ViewPage
from desktop.pages.view.facts import doubts_of, facts_of, frames_words
from desktop.pages.view.volume_slot import VolumeSlot
from desktop.session import Session
from engine.cohort import Cohort
from engine.cohort.cohort import Patient, Scan
from engine.imaging import inspect
from engine.imaging.doubt import Doubt
from engine.imaging.source import ScanSource
from engine.imaging.volume import Facts, FrameAxis, Volume
from engine.imaging.writer import write_nifti
from tests.desktop.viewer.screen import drag, hover, pixels, seen, turn
from tests.helpers.volumes import body, echoes

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def page(qtbot, session: Session) -> ViewPage:
    """The page, shown, with nothing open."""
    made = ViewPage(session)
    qtbot.addWidget(made)
    made.resize(700, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def cohort(session: Session, tmp_path: Path) -> Cohort:
    """Three patients: two with T1 and T2, the third with a file that cannot be read."""
    write_nifti(body("PIR"), tmp_path / "T1.nii")
    write_nifti(echoes(), tmp_path / "T2.nii")
    (tmp_path / "broken.nii").write_bytes(b"broken")
    names = [("T1", "T2"), ("T1", "T2"), ("broken",)]
    patients = [
        Patient(f"P-00{i}", f"source-{i}", {"diagnosis": "healthy"}, {}, _scans(f"P-00{i}", i, files, tmp_path))
        for i, files in enumerate(names, 1)
    ]
    made = Cohort(tuple(patients))
    session.cohort = made
    session.cohort_changed.emit()
    return made


def _scans(patient: str, number: int, files: tuple[str, ...], folder: Path) -> tuple[Scan, ...]:
    return tuple(
        Scan(10 * number + i, patient, name, source(folder, name), "nifti", (32, 32, 6), 4 if name == "T2" else 1, "")
        for i, name in enumerate(files)
    )


def source(folder: Path, name: str) -> ScanSource:
    return ScanSource("nifti", (folder / f"{name}.nii",))


def look_at(qtbot, page: ViewPage, **selected: object) -> None:
    page.session.selection.set(**selected)
    qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))


def test_with_nothing_open_the_page_teaches_and_offers_the_demo(page: ViewPage, session, qtbot, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(session, "open_demo", lambda: asked.append(True))
    assert page.nothing.state is page.nothing.closed
    button = page.nothing.closed.findChildren(QPushButton)[0]
    qtbot.mouseClick(button, LEFT)
    assert asked == [True]


def test_with_nobody_chosen_the_page_offers_the_first_patient(page: ViewPage, cohort, session, qtbot) -> None:
    assert page.nothing.state is page.nothing.unchosen
    with qtbot.waitSignal(session.asked) as asked:
        qtbot.mouseClick(page.nothing.unchosen.findChildren(QPushButton)[0], LEFT)
    assert asked.args == ["patient.next"]


def test_the_first_scan_of_the_chosen_patient_is_shown(page: ViewPage, cohort: Cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001")
    assert page.session.selection.current.scan == 10
    assert [chip.text() for chip in page.choices.scans] == ["T1", "T2"]
    assert page.choices.scans[0].isChecked()
    assert page.caption() == "P-001 · healthy"
    assert pixels(page.panes.front.view).max() > 0


def test_a_chip_shows_that_scan_and_the_next_patient_keeps_the_role(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001")
    qtbot.mouseClick(page.choices.scans[1], LEFT)
    qtbot.waitUntil(lambda: page.panes.front.view.names == ("P-001", "T2"))
    look_at(qtbot, page, patient="P-002")
    assert page.panes.front.view.names == ("P-002", "T2")
    assert page.session.selection.current.scan == 21


def test_a_click_in_the_picture_goes_to_selection_and_signal_curve(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    assert page.curve.isVisible()
    view = page.panes.front.view
    qtbot.mouseClick(view, LEFT, pos=view.rect().center() + QPoint(10, 12))
    voxel = page.session.selection.current.voxel
    assert voxel == seen(page.panes.front).marked
    assert voxel is not None
    assert page.curve.curve is not None
    x, y, z = voxel
    assert page.curve.curve.values == pytest.approx(tuple(echoes().array[:, z, y, x]))
    assert page.curve.curve.title == "Echo time (ms)"


def test_a_scan_of_one_frame_has_no_signal_curve(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    assert not page.curve.isVisible()


def test_a_frame_chosen_here_is_shared_and_one_chosen_elsewhere_is_shown(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    qtbot.keyClick(page.panes.front.view, Qt.Key.Key_Right)
    assert page.session.selection.current.frame == 1
    page.session.selection.set(frame=3)
    assert seen(page.panes.front).frame == 3


def test_a_voxel_chosen_elsewhere_is_gone_to(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11, voxel=(3, 4, 1))
    assert seen(page.panes.front).index == 1
    page.session.selection.set(voxel=(3, 4, 5))
    assert seen(page.panes.front).index == 5


def test_the_slice_is_kept_from_patient_to_patient(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    qtbot.keyClick(page.panes.front.view, Qt.Key.Key_End)
    look_at(qtbot, page, patient="P-002")
    assert seen(page.panes.front).index == 5


def test_the_window_set_by_hand_is_kept_per_role(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    drag(page.panes.front.view, RIGHT, QPoint(20, 10))
    window = seen(page.panes.front).window
    look_at(qtbot, page, patient="P-002")
    assert seen(page.panes.front).window == window


def test_a_file_that_cannot_be_read_is_said_and_blocks_nothing(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-003")
    assert page.panes.front.trouble.isVisible()
    assert not page.commands.invert.isEnabled()
    look_at(qtbot, page, patient="P-001")
    assert page.panes.front.view.isVisible()
    assert page.commands.invert.isEnabled()


def layout_of(page: ViewPage) -> list[str]:
    return [seen(cell.view).plane.name for cell in page.panes.front.planes.shown]


def test_the_layout_buttons_change_the_planes_in_sight(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    buttons = page.choices.findChildren(QToolButton)
    counts = []
    for button in buttons:
        qtbot.mouseClick(button, LEFT)
        counts.append((len(layout_of(page)), page.panes.front.planes.volume.isVisible()))
    assert counts == [(1, False), (3, True), (3, True), (3, False)]


def test_layout_keys_work_and_the_next_patient_keeps_layout_position_zoom_and_window(page, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.panes.front.view, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    planes = page.panes.front.planes
    qtbot.mouseClick(planes.cells[1].view, LEFT, pos=QPoint(60, 50))
    turn(planes.cells[2].view, -2, Qt.KeyboardModifier.ControlModifier)
    drag(planes.cells[0].view, RIGHT, QPoint(20, 10))
    before = [(v.index, v.camera, v.window, v.cross) for v in planes.linked.viewings]
    look_at(qtbot, page, patient="P-002")
    assert page.panes.front.view.names != ()
    assert layout_of(page) == ["axial", "coronal", "sagittal"]
    assert [(v.index, v.camera, v.window, v.cross) for v in planes.linked.viewings] == [
        (index, camera, window, pytest.approx(cross)) for index, camera, window, cross in before
    ]


def test_a_plane_chosen_by_chip_is_the_large_one(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    page.commands.layouts[1].trigger()
    qtbot.mouseClick(page.choices.planes[2], LEFT)
    assert layout_of(page)[0] == "sagittal"


def test_the_neurological_side_and_crosshair_are_switched_for_every_scan(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    page.commands.side.trigger()
    assert seen(page.panes.front).plane.letters[:2] in {("L", "R"), ("A", "P")}
    page.commands.beside.trigger()
    qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))
    assert seen(page.panes.panes[1]).plane.letters[:2] == ("L", "R")


def test_only_what_means_something_can_be_switched(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    commands = page.commands
    assert not commands.oblique.isEnabled()
    assert not commands.link.isEnabled()
    assert not commands.crosshair.isEnabled()
    commands.layouts[3].trigger()
    assert commands.crosshair.isEnabled()
    commands.beside.trigger()
    qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))
    assert commands.link.isEnabled()


def test_side_by_side_scans_go_to_the_same_position_while_they_are_linked(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    page.commands.beside.trigger()
    qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))
    other, front = page.panes.panes
    qtbot.mouseClick(front.view, LEFT, pos=front.view.rect().center() + QPoint(20, 12))
    assert seen(other).cross == seen(front).cross
    page.commands.link.trigger()
    turn(front.view, -2)
    assert seen(other).cross != seen(front).cross
    page.commands.link.trigger()
    assert seen(other).cross == seen(front).cross


def test_a_scan_whose_place_is_unknown_follows_no_other(page: ViewPage, cohort, session, qtbot, tmp_path) -> None:
    Image.fromarray(np.zeros((30, 20), np.uint8)).save(tmp_path / "photo.png")
    source = inspect(tmp_path / "photo.png").source
    first = cohort.patients[0]
    photo = Scan(99, first.key, "photo", source, "png", (20, 30, 1), 1, "")
    session.cohort = Cohort((replace(first, scans=(first.scans[0], photo)),))
    session.cohort_changed.emit()
    look_at(qtbot, page, patient="P-001", scan=10)
    page.commands.beside.trigger()
    qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))
    front, other = page.panes.panes
    before = seen(other)
    turn(front.view, 2)
    assert seen(other) is before


def test_rotating_and_mirroring_turn_the_picture_and_its_letters(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    left, right, top, bottom = seen(page.panes.front).plane.letters
    page.commands.rotate.trigger()
    assert seen(page.panes.front).plane.letters == (bottom, top, left, right)
    page.commands.back.trigger()
    page.commands.flip.trigger()
    assert seen(page.panes.front).plane.letters == (right, left, top, bottom)


def test_actual_size_gives_each_pixel_one_of_the_screen(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    page.commands.actual.trigger()
    view = page.panes.front.view
    assert view.placement.across * view.devicePixelRatioF() == pytest.approx(1)


def test_the_magnifier_is_held_over_the_picture_under_the_pointer(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    page.commands.layouts[2].trigger()
    under = page.panes.front.planes.cells[1].view
    hover(under, under.rect().center())
    before = pixels(under)
    qtbot.keyPress(page.panes.front.view, Qt.Key.Key_M)
    assert (pixels(under) != before).any()
    qtbot.keyRelease(page.panes.front.view, Qt.Key.Key_M)
    assert (pixels(under) == before).all()


def test_patients_are_called_as_the_settings_say(page: ViewPage, cohort, session: Session, qtbot) -> None:
    look_at(qtbot, page, patient="P-001")
    with qtbot.waitSignal(page.heading_changed):
        session.show_patients_as("id")
    assert page.panes.front.view.names[0] == "source-1"
    assert page.caption() == "source-1 · healthy"
    look_at(qtbot, page, patient="P-003")
    assert "source-3" in page.panes.front.trouble.title.text()


def test_the_patients_around_are_opened_while_nothing_else_is_asked_for(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-002", scan=21)
    there = cohort.patients[0].scans[1].source
    qtbot.waitUntil(lambda: there in page.panes.ahead.ready)


def test_every_key_of_the_page_is_listed(page: ViewPage) -> None:
    assert all(how for _, how in page.gestures())
    actions = [action for _, group in page.menu() for action in group]
    keys = [action.shortcut().toString() for action in actions if not action.shortcut().isEmpty()]
    assert "X" in keys
    assert len(set(keys)) == len(keys)


def slot_of(page: ViewPage) -> VolumeSlot:
    content = page.panes.front.planes.volume.content
    assert isinstance(content, VolumeSlot)
    return content


def test_the_volume_stands_beside_its_planes_and_its_look_in_the_inspector(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    page.commands.layouts[2].trigger()
    slot = slot_of(page)
    qtbot.waitUntil(lambda: slot.view.opened is not None, timeout=30_000)
    assert slot.view.opened is not None
    assert slot.view.opened.volume is seen(page.panes.front).volume
    assert slot.strip.isVisibleTo(page.inspector())
    page.commands.layouts[0].trigger()
    assert not slot.strip.isVisibleTo(page.inspector())
    assert slot.view.opened is None


def test_the_volume_follows_the_frame(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    page.commands.layouts[2].trigger()
    page.session.selection.set(frame=2)
    slot = slot_of(page)
    qtbot.waitUntil(lambda: slot.view.opened is not None and slot.view.opened.frame == 2, timeout=30_000)


def test_a_double_click_on_the_volume_maximises_it(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    page.commands.layouts[2].trigger()
    qtbot.mouseDClick(slot_of(page).view, LEFT)
    assert page.panes.front.planes.shown == []
    qtbot.mouseDClick(slot_of(page).view, LEFT)
    assert len(page.panes.front.planes.shown) == 3


def test_in_a_large_volume_the_key_that_fits_pictures_looks_from_the_front_again(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    page.commands.layouts[2].trigger()
    view = slot_of(page).view
    qtbot.waitUntil(lambda: view.scene is not None, timeout=30_000)
    assert view.scene is not None
    front = view.scene.camera
    qtbot.keyClick(view, Qt.Key.Key_5)
    qtbot.mouseDClick(view, LEFT)
    assert view.scene.camera != front
    page.commands.fit.trigger()
    assert view.scene.camera == front


def test_who_draws_volumes_is_a_setting_that_holds_at_once(page: ViewPage, cohort, qtbot) -> None:
    page.session.draw_volumes_by("processor")
    look_at(qtbot, page, patient="P-001", scan=10)
    page.commands.layouts[2].trigger()
    view = slot_of(page).view
    qtbot.waitUntil(lambda: view.scene is not None, timeout=30_000)
    assert (view.way, view.drawn_by) == ("processor", "processor")
    page.session.draw_volumes_by("auto")
    assert view.way == "auto"


def test_after_fifty_patients_only_one_volume_is_alive(page: ViewPage, cohort, qtbot) -> None:
    page.commands.layouts[2].trigger()
    alive: weakref.WeakSet[Volume] = weakref.WeakSet()
    page.panes.changed.connect(lambda viewing: alive.add(viewing.volume))
    for number in range(50):
        look_at(qtbot, page, patient=f"P-00{1 + number % 2}")
        qtbot.waitUntil(lambda: page.panes.front.viewing is not None)
    gc.collect()
    qtbot.waitUntil(lambda: len(alive) == 1)


def test_closing_with_four_cells_while_loading_is_safe(session: Session, cohort, qtbot) -> None:
    page = ViewPage(session)
    page.commands.layouts[2].trigger()
    with qtbot.captureExceptions() as exceptions:
        page.show()
        session.selection.set(patient="P-001")
        page.deleteLater()
        assert session.bridge.settle(10)
        qtbot.waitUntil(lambda: not session.bridge._tasks)
    assert exceptions == []


def test_rapid_changes_end_at_the_last_patient(page: ViewPage, cohort, qtbot) -> None:
    for _ in range(10):
        for key in ("P-001", "P-003", "P-002"):
            page.session.selection.set(patient=key)
    qtbot.waitUntil(lambda: not page.panes.front.filling)
    assert page.panes.front.view.names[0] == "P-002"


def test_side_by_side_shows_all_scans_and_a_click_turns_to_one(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001")
    page.commands.beside.trigger()
    qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))
    assert [pane.view.names[1] for pane in page.panes.panes] == ["T1", "T2"]
    qtbot.mouseClick(page.panes.panes[1].view, LEFT)
    assert page.session.selection.current.scan == 11
    assert page.session.selection.current.voxel == seen(page.panes.panes[1]).marked
    assert page.panes.front is page.panes.panes[1]


def test_side_by_side_the_keys_go_to_the_scan_in_front(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    page.activateWindow()
    page.panes.front.view.setFocus()
    qtbot.waitUntil(page.panes.front.view.hasFocus)
    page.commands.beside.trigger()
    qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))
    assert page.panes.front is page.panes.panes[1]
    assert page.panes.front.view.hasFocus()
    assert page.session.selection.current.scan == 11


def test_the_plane_can_be_chosen_where_there_are_enough_slices(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    assert [chip.text() for chip in page.choices.planes] == ["Axial", "Coronal", "Sagittal"]
    before = seen(page.panes.front).plane.name
    other = next(chip for chip in page.choices.planes if not chip.isChecked())
    qtbot.mouseClick(other, LEFT)
    assert seen(page.panes.front).plane.name == other.text().lower() != before
    assert other.isChecked()


def test_a_stack_of_few_slices_has_one_plane(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    assert page.choices.planes == []


def test_invert_and_automatic_window_change_the_picture(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=10)
    before = pixels(page.panes.front.view)
    page.commands.invert.trigger()
    assert (pixels(page.panes.front.view) != before).any()
    page.commands.auto.trigger()
    assert (pixels(page.panes.front.view) == before).all()


def test_the_inspector_sets_the_window(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    panel, loaded = page.inspector().window_panel, page.panes.front.loaded
    assert loaded is not None
    panel.width_box.setValue(321)
    panel.level.setValue(123)
    window = seen(page.panes.front).window
    assert (window.width, window.level) == (321, 123)
    assert panel.presets.currentText() == "Own values"
    panel.presets.setCurrentText("Automatic")
    assert seen(page.panes.front).window == loaded.auto


def test_a_hidden_page_reads_nothing_until_it_is_shown(page: ViewPage, cohort, qtbot) -> None:
    page.hide()
    page.session.selection.set(patient="P-001")
    assert not page.panes.front.waiting
    page.show()
    qtbot.waitUntil(lambda: page.panes.front.view.names == ("P-001", "T1"))


def test_closing_the_workspace_empties_the_page(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001")
    page.session.cohort = None
    page.session.cohort_changed.emit()
    assert page.nothing.isVisible()
    assert page.nothing.state is page.nothing.closed


def test_no_scan_is_kept_of_a_workspace_that_is_closed(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001")
    array = weakref.ref(seen(page.panes.front).volume.array)
    page.session.cohort = None
    page.session.cohort_changed.emit()
    qtbot.waitUntil(lambda: array() is None)


def test_a_scan_beside_the_other_is_let_go_when_one_is_enough(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001")
    page.commands.beside.trigger()
    qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))
    array = weakref.ref(seen(page.panes.panes[1]).volume.array)
    page.commands.beside.trigger()
    qtbot.waitUntil(lambda: array() is None)
    page.commands.beside.trigger()
    qtbot.waitUntil(lambda: page.panes.panes[1].viewing is not None)


def test_while_a_scan_is_loading_closing_the_workspace_empties_the_inspector(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001")
    page.session.selection.set(patient="P-002")
    page.session.cohort = None
    page.session.cohort_changed.emit()
    assert page.inspector()._body.isHidden()


def test_closing_while_loading_is_safe(session: Session, cohort, qtbot) -> None:
    page = ViewPage(session)
    with qtbot.captureExceptions() as exceptions:
        page.show()
        session.selection.set(patient="P-001")
        page.deleteLater()
        assert session.bridge.settle(10)
        qtbot.waitUntil(lambda: not session.bridge._tasks)
    assert exceptions == []


def test_the_facts_say_shape_spacing_orientation_and_echoes(cohort) -> None:
    facts = {fact.label: fact.words for fact in facts_of(cohort.patients[0].scans[1], echoes())}
    assert facts["Voxels"] == "32 × 32 × 6"
    assert facts["Spacing"] == "1 × 1 × 5 mm"
    assert facts["Orientation"] == "LPS"
    assert facts["Frames"] == "4, echo time 25 to 100 ms"
    assert facts["File"] == "T2.nii"


def test_frames_without_values_are_only_counted() -> None:
    assert frames_words(FrameAxis("unknown"), 7) == "7"


def test_every_doubt_is_said_once_the_gravest_first(cohort) -> None:
    note, grave = Doubt("overlay", "layers lie over it", "note"), Doubt("missing", "slice 7 is missing", "fail")
    scan, volume = cohort.patients[0].scans[0], body()
    told = replace(volume, facts=Facts("nifti", "MR", (note, grave)))
    assert doubts_of(replace(scan, doubts=(note,)), told) == (grave, note)


def test_the_inspector_says_what_is_doubtful_and_what_to_do(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001")
    certificate = page.inspector().certificate
    assert certificate.word.text() == "Certified"
    doubt = Doubt("missing", "slice 7 is missing", "fail")
    certificate.certify((doubt,), "", "")
    words = [label.text() for label in certificate.findChildren(QLabel)]
    assert certificate.word.text() == "Not to be trusted"
    assert {"Slice 7 is missing.", doubt.action} <= set(words)


def test_every_command_has_words_and_an_icon(page: ViewPage) -> None:
    assert all(action.iconText() and not action.icon().isNull() for action in page.actions())


def test_playing_keeps_up_with_the_selection(page: ViewPage, cohort, qtbot) -> None:
    look_at(qtbot, page, patient="P-001", scan=11)
    page.commands.play.trigger()
    qtbot.waitUntil(lambda: page.session.selection.current.frame == 3)
    page.commands.play.trigger()
    assert seen(page.panes.front).frame == page.session.selection.current.frame
    assert not page.panes.front.cine.playing
