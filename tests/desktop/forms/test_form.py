from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.forms import Form
from desktop.forms.editors import Choose, List, Number, Several, Switch, Whole, Words
from engine.recipe import Training
from tests.desktop.forms.test_spec import Everything

USUAL = {"epochs": 20, "learning_rate": 0.001}


def shown(qtbot: QtBot, form: Form) -> Form:
    qtbot.addWidget(form)
    form.show()
    return form


def test_each_kind_has_its_editor(qtbot: QtBot) -> None:
    form = shown(qtbot, Form(Everything))
    assert [type(row.editor) for row in form.rows.values()] == [
        Whole, Number, Switch, Choose, Several, List, Words, Number,
    ]  # fmt: skip


def test_what_is_shown_is_what_is_given(qtbot: QtBot) -> None:
    form = shown(qtbot, Form(Everything))
    values = {
        "many": 4, "rate": 0.0003, "on": False, "how": "cubic", "size": [12, 34], "names": ["a", "b"], "note": "why",
        "floor": 0.5,
    }  # fmt: skip
    form.show_values(values, {})
    assert form.values() == values


def test_showing_values_is_no_edit(qtbot: QtBot) -> None:
    form = shown(qtbot, Form(Training))
    with qtbot.assertNotEmitted(form.edited):
        form.show_values({"epochs": 5}, USUAL)


def test_typing_a_number_tells_which_field_was_edited(qtbot: QtBot) -> None:
    form = shown(qtbot, Form(Training))
    form.show_values(USUAL, USUAL)
    rate = form.rows["learning_rate"].editor
    rate.selectAll()
    with qtbot.waitSignal(form.edited) as told:
        qtbot.keyClicks(rate, "2e-4")
        qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert told.args == ["learning_rate"]
    assert form.values()["learning_rate"] == 0.0002
    assert rate.text() == "0.0002"


def test_only_the_common_fields_are_open(qtbot: QtBot) -> None:
    form = shown(qtbot, Form(Training, common=("epochs",)))
    assert form.rows["epochs"].editor.isVisible()
    assert not form.rows["weight_decay"].editor.isVisible()
    assert form.fold is not None
    qtbot.mouseClick(form.fold.button, Qt.MouseButton.LeftButton)
    assert form.rows["weight_decay"].editor.isVisible()


def test_a_changed_field_offers_the_way_back(qtbot: QtBot) -> None:
    form = shown(qtbot, Form(Training))
    form.show_values({**USUAL, "epochs": 7}, USUAL)
    back = form.rows["epochs"].back
    assert back.isVisible()
    assert not form.rows["learning_rate"].back.isVisible()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert form.values()["epochs"] == 20
    assert not back.isVisible()


def test_a_wrong_value_is_explained_beside_its_field_even_in_the_fold(qtbot: QtBot) -> None:
    form = shown(qtbot, Form(Training, common=("epochs",)))
    form.show_values({"learning_rate": 0.0}, USUAL)
    row = form.rows["learning_rate"]
    assert row.error.isVisible()
    assert row.error.text() == "Must be greater than 0"


def test_the_wheel_over_a_field_without_the_cursor_changes_nothing(qtbot: QtBot) -> None:
    form = shown(qtbot, Form(Training))
    form.show_values(USUAL, USUAL)
    box = form.rows["epochs"].editor
    box.clearFocus()
    place = QPointF(box.rect().center())
    event = QWheelEvent(
        place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert form.values()["epochs"] == 20


def test_hovering_tells_the_meaning_and_the_bounds(qtbot: QtBot) -> None:
    form = shown(qtbot, Form(Training))
    assert form.rows["batch_size"].editor.toolTip() == "Patients per step.\nAllowed: from 1 to 4096"
