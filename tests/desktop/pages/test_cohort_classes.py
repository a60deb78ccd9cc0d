"""The classes of a label: dragged onto one another, or into another order."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from desktop.pages.cohort.classes_list import ClassesList
from desktop.session import Session

Position = QAbstractItemView.DropIndicatorPosition


class Dropped(ClassesList):
    """A list over which the mouse says where it is."""

    position = Position.OnItem

    def dropIndicatorPosition(self) -> QAbstractItemView.DropIndicatorPosition:
        return self.position


@pytest.fixture
def classes(qtbot: QtBot, opened: Session) -> Dropped:
    made = Dropped(opened, "diagnosis")
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show_counts(opened.roster.offered("label", "diagnosis"), opened.roster.counts["diagnosis"])
    made.show()
    return made


def drop(classes: Dropped, names: list[str], onto: str) -> QDropEvent:
    for place, name in enumerate(classes.names()):
        classes.item(place).setSelected(name in names)
    there = classes.visualItemRect(classes.item(classes.names().index(onto))).center()
    event = QDropEvent(
        QPointF(there),
        Qt.DropAction.MoveAction,
        QMimeData(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    classes.dropEvent(event)
    return event


def test_every_class_can_be_dropped_onto(classes: Dropped) -> None:
    flags = [classes.item(place).flags() for place in range(classes.count())]
    assert flags
    assert all(flag & Qt.ItemFlag.ItemIsDropEnabled for flag in flags)


def test_a_class_dragged_onto_another_is_merged_into_it_and_the_list_moves_nothing(classes: Dropped) -> None:
    merged: list[tuple[list[str], str]] = []
    classes.merged.connect(lambda names, into: merged.append((names, into)))
    first, second = classes.names()[:2]
    event = drop(classes, [first], second)
    assert merged == [([first, second], second)]
    assert event.dropAction() == Qt.DropAction.IgnoreAction
    assert classes.names()[:2] == [first, second]


def test_a_class_dropped_onto_itself_stays(classes: Dropped) -> None:
    merged: list[str] = []
    classes.merged.connect(lambda names, into: merged.append(into))
    drop(classes, classes.names()[:1], classes.names()[0])
    assert merged == []
