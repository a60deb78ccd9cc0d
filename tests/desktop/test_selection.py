import pytest
from pytestqt.qtbot import QtBot

from desktop.selection import Selected, Selection


@pytest.fixture
def selection(qtbot: QtBot) -> Selection:
    made = Selection()
    made.set(patient="P-001", scan=3, voxel=(1, 2, 3), frame=4, run="r", fold=2)
    return made


def test_another_patient_takes_scan_voxel_and_frame_with_it(selection: Selection) -> None:
    selection.set(patient="P-002")
    assert selection.current == Selected(patient="P-002", run="r", fold=2)


def test_what_is_set_together_with_a_patient_stays(selection: Selection) -> None:
    selection.set(patient="P-002", scan=7)
    assert selection.current == Selected(patient="P-002", scan=7, run="r", fold=2)


def test_another_run_takes_the_fold_with_it(selection: Selection) -> None:
    selection.set(run="other")
    assert selection.current.fold is None


def test_the_same_patient_again_keeps_everything_and_is_not_announced(qtbot: QtBot, selection: Selection) -> None:
    with qtbot.assertNotEmitted(selection.changed):
        selection.set(patient="P-001")
    assert selection.current.voxel == (1, 2, 3)


def test_a_change_is_announced_once_with_the_new_selection(qtbot: QtBot, selection: Selection) -> None:
    with qtbot.waitSignal(selection.changed) as announced:
        selection.set(voxel=(0, 0, 0))
    assert announced.args == [selection.current]


def test_only_another_patient_is_told_to_those_who_show_whole_patients(qtbot: QtBot, selection: Selection) -> None:
    with qtbot.assertNotEmitted(selection.patient_changed):
        selection.set(voxel=(0, 0, 0), frame=1, scan=5)
    with qtbot.waitSignal(selection.patient_changed) as announced:
        selection.set(patient="P-002")
    assert announced.args == [selection.current]


def test_a_field_that_does_not_exist_is_refused(selection: Selection) -> None:
    with pytest.raises(TypeError):
        selection.set(pateint="P-002")
