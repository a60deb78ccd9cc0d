"""A widget per kind of field: it tells `edited`, gives its value by `given` and shows one by `show_value`."""

import math
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from desktop.forms.spec import LEAST, MOST, Spec
from desktop.theme import SIZES
from desktop.widgets.boxes import row_box

DECIMALS = 9
VAST = 1e9
AUTOMATIC = "Automatic"


class Whole(QSpinBox):
    """A whole number between its bounds; the wheel scrolls the page unless the field has the cursor."""

    edited = Signal()

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.setRange(int(max(spec.low, LEAST)), int(min(spec.high, MOST)))
        _quiet(self)
        self.valueChanged.connect(self.edited)

    def given(self) -> int:
        return self.value()

    def show_value(self, value: Any) -> None:
        self.setValue(int(value if value is not None else self.minimum()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class Number(QDoubleSpinBox):
    """A decimal number, written as short as it can be: 0.003, 1e-06."""

    edited = Signal()

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.setDecimals(DECIMALS)
        low = spec.low if math.isfinite(spec.low) else -VAST
        self.setRange(low, spec.high if math.isfinite(spec.high) else VAST)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        _quiet(self)
        self.valueChanged.connect(self.edited)

    def given(self) -> float:
        return self.value()

    def show_value(self, value: Any) -> None:
        self.setValue(float(value if value is not None else self.minimum()))

    def textFromValue(self, value: float) -> str:
        return f"{value:g}"

    def valueFromText(self, text: str) -> float:
        number = _number(text)
        return self.value() if number is None else number

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        if _number(text) is not None:
            return (QValidator.State.Acceptable, text, position)
        typing = set(text) <= set("0123456789.,e+-")
        return (QValidator.State.Intermediate if typing else QValidator.State.Invalid, text, position)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class Choose(QComboBox):
    """One of some words; "Automatic" stands for None where the field may be None."""

    edited = Signal()

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        if spec.optional:
            self.addItem(AUTOMATIC, None)
        for choice in spec.choices:
            self.addItem(choice[:1].upper() + choice[1:], choice)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.currentIndexChanged.connect(self.edited)

    def given(self) -> Any:
        return self.currentData()

    def show_value(self, value: Any) -> None:
        self.setCurrentIndex(max(0, self.findData(value)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class Switch(QCheckBox):
    """Yes or no."""

    edited = Signal()

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.toggled.connect(self.edited)

    def given(self) -> bool:
        return self.isChecked()

    def show_value(self, value: Any) -> None:
        self.setChecked(bool(value))


class Words(QLineEdit):
    """A text; empty stands for None where the field may be None."""

    edited = Signal()

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self._optional = spec.optional
        self.setPlaceholderText(AUTOMATIC if spec.optional else "")
        self.textEdited.connect(self.edited)

    def given(self) -> Any:
        return self.text().strip() or (None if self._optional else "")

    def show_value(self, value: Any) -> None:
        self.setText("" if value is None else str(value))


class List(QLineEdit):
    """Words separated by commas."""

    edited = Signal()

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.setPlaceholderText("one, two, …")
        self.textEdited.connect(self.edited)

    def given(self) -> list[str]:
        return [word.strip() for word in self.text().split(",") if word.strip()]

    def show_value(self, value: Any) -> None:
        self.setText(", ".join(str(word) for word in value or ()))


class Several(QWidget):
    """A tuple of fixed length, side by side."""

    edited = Signal()

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        row = row_box(self, gap=SIZES.xs)
        self.members = [editor(part) for part in spec.parts]
        for member in self.members:
            member.setMinimumWidth(0)
            row.addWidget(member, 1)
            member.edited.connect(self.edited)
        if self.members:
            self.setFocusProxy(self.members[0])

    def given(self) -> list[Any]:
        return [member.given() for member in self.members]

    def show_value(self, value: Any) -> None:
        for member, part in zip(self.members, value or [None] * len(self.members), strict=False):
            member.show_value(part)


EDITORS: dict[str, Callable[[Spec], Any]] = {
    "whole": Whole,
    "number": Number,
    "switch": Switch,
    "choice": Choose,
    "text": Words,
    "texts": List,
    "several": Several,
}


def editor(spec: Spec) -> Any:
    """The widget for a field."""
    return EDITORS[spec.kind](spec)


def _quiet(box: QAbstractSpinBox) -> None:
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setKeyboardTracking(False)
    box.lineEdit().setTextMargins(SIZES.xs + 2, 0, 0, 0)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
