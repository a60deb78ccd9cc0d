"""A division as a picture: who is where, class balance and covariates per part, and what to know of it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from desktop import theme
from desktop.cohort_rows import counted
from desktop.pages.split.balance import Balance
from desktop.pages.split.matrix import Matrix
from desktop.pages.split.parts import NAMES, part_color
from desktop.pages.split.plan import CODES, Counted, Picture, counted_parts
from desktop.pages.train.choice_row import Combo
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.chips import dot_icon
from desktop.widgets.text import text
from desktop.widgets.titled_card import TitledCard

if TYPE_CHECKING:
    from engine.cohort.dividing.division_counts import Spread
    from engine.errors import IsocenterError


class ShownPanel(QScrollArea):
    """`fold_changed` when another fold is looked at, `counted` once its parts are shown."""

    fold_changed = Signal(int)
    counted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.picture: Picture | None = None
        self.trouble, self.hint = text("", tone="bad", wrap=True), text("", "caption", "muted", wrap=True)
        self.remarks = text("", tone="warn", wrap=True)
        self.left_out = text("", "caption", "muted", wrap=True)
        self.matrix = Matrix(session.class_color, session.patient_name)
        self.fold = Combo("Fold")
        self.who = TitledCard("Who is where")
        self.balance = TitledCard("Classes")
        self.spread = TitledCard("Covariates")
        self._bars = QWidget()
        self._table = QWidget()
        self.matrix.fold_chosen.connect(self.show_fold)
        self.matrix.patient_chosen.connect(self._select)
        self.fold.activated.connect(self.show_fold)
        self._build()
        self.show_trouble(None)

    def show_picture(self, picture: Picture) -> None:
        """Show a division."""
        self.picture = picture
        self.trouble.hide()
        self.hint.hide()
        self.remarks.setText("\n".join(picture.remarks))
        self.remarks.setVisible(bool(picture.remarks))
        self.left_out.setText(picture.left_out)
        self.left_out.setVisible(bool(picture.left_out))
        self._name_folds(picture)
        self._name_parts(picture)
        self.matrix.show_picture(picture)
        self.who.title.setText(_heading(picture))
        for card in (self.who, self.balance):
            card.show()
        self.show_fold(0)

    def show_trouble(self, error: "IsocenterError | None") -> None:
        """Say why there is nothing to show."""
        self.picture = None
        self.trouble.setText("" if error is None else f"{error.what[:1].upper()}{error.what[1:]}.")
        self.hint.setText("" if error is None else error.hint)
        self.trouble.setVisible(error is not None)
        self.hint.setVisible(error is not None)
        for part in (self.remarks, self.who, self.balance, self.spread):
            part.hide()

    def show_fold(self, fold: int) -> None:
        """Show the parts of one fold."""
        picture = self.picture
        if picture is None:
            return
        self.fold.setCurrentIndex(fold)
        self.matrix.show_fold(fold)
        self._session.bridge.submit(
            lambda: counted_parts(picture, fold), lambda found: self._show_parts(picture, fold, found), owner=self
        )
        self.fold_changed.emit(fold)

    def _show_parts(self, picture: Picture, fold: int, found: Counted) -> None:
        if picture is self.picture and fold == self.matrix.fold:
            self._show_bars(picture, found.classes)
            self._show_spread(found.covariates)
            self.counted.emit()

    def _show_bars(self, picture: Picture, counts: Mapping[str, Mapping[str, Mapping[str, int]]]) -> None:
        body = QWidget()
        column = column_box(body, gap=SIZES.s)
        for target in picture.division.targets:
            column.addLayout(self._legend(target, picture.classes[target]))
            bars = Balance(lambda name, target=target: self._session.class_color(target, name))  # type: ignore[misc]
            bars.setAccessibleName(f"{target} per part")
            bars.show_counts(counts[target], picture.classes[target], _unit(picture))
            column.addWidget(bars)
        self.balance.column.replaceWidget(self._bars, body)
        self._bars.hide()
        self._bars.deleteLater()
        self._bars = body

    def _show_spread(self, found: "Sequence[Spread]") -> None:
        body = QWidget()
        grid = grid_box(across=SIZES.l, down=SIZES.xs)
        body.setLayout(grid)
        parts = [part for part in NAMES if any(part in one.parts for one in found)]
        for column, part in enumerate(parts, start=1):
            grid.addWidget(text(NAMES[part], "caption", "muted"), 0, column)
            grid.setColumnStretch(column, 1)
        for row, one in enumerate(found, start=1):
            told: Mapping[str, str] = {str(part): words for part, words in one.parts.items()}
            grid.addWidget(text(one.column), row, 0, Qt.AlignmentFlag.AlignTop)
            for column, part in enumerate(parts, start=1):
                grid.addWidget(text(told.get(part, ""), wrap=True), row, column, Qt.AlignmentFlag.AlignTop)
        self.spread.column.replaceWidget(self._table, body)
        self._table.hide()
        self._table.deleteLater()
        self._table = body
        self.spread.setVisible(bool(found))

    def _legend(self, target: str, classes: Sequence[str]) -> QHBoxLayout:
        row = row_box(gap=SIZES.xs)
        row.addWidget(text(target, "caption", "muted"))
        for name in classes:
            _add_dot(row, self._session.class_color(target, name), name)
        row.addStretch()
        return row

    def _name_folds(self, picture: Picture) -> None:
        repeats = max((fold.repeat for fold in picture.division.folds), default=1)
        self.fold.clear()
        for fold in picture.division.folds:
            inner = f", {counted(len(fold.inner), 'inner fold')}" if fold.inner else ""
            repeat = f" (repeat {fold.repeat})" if repeats > 1 else ""
            self.fold.addItem(f"Fold {fold.number}{repeat}{inner}")
        self.fold.setVisible(len(picture.division.folds) > 1)

    def _name_parts(self, picture: Picture) -> None:
        """Only those that somebody is in."""
        for part, labels in self._dots.items():
            for shown in labels:
                shown.setVisible(bool((picture.codes == CODES[part]).any()))

    def _select(self, patient: str) -> None:
        if self._session.cohort is not None and patient in self._session.cohort.by_key:
            self._session.selection.set(patient=patient)

    def _draw_legend(self, *_: object) -> None:
        for part, labels in self._dots.items():
            _paint_dot(labels[0], part_color(part))

    def _build(self) -> None:
        self.legend = row_box(gap=SIZES.xs)
        self._dots = {part: _add_dot(self.legend, part_color(part), words) for part, words in NAMES.items()}
        self.legend.addStretch()
        theme.themed.connect(self._draw_legend)
        self.fold.setFixedWidth(220)
        self.who.head.addWidget(self.fold)
        self.who.column.addWidget(self.matrix)
        self.who.column.addLayout(self.legend)
        self.who.column.addWidget(self.left_out)
        self.balance.column.addWidget(self._bars)
        self.spread.column.addWidget(self._table)
        body = QWidget()
        column = column_box(body, gap=SIZES.m, margins=(SIZES.m, SIZES.l, SIZES.xl, SIZES.l))
        for shown in (self.trouble, self.hint, self.remarks, self.who, self.balance, self.spread):
            column.addWidget(shown)
        column.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def _add_dot(row: QHBoxLayout, color: str, words: str) -> tuple[QLabel, QLabel]:
    dot, name = QLabel(), text(words, "caption", "muted")
    _paint_dot(dot, color)
    row.addSpacing(SIZES.s)
    row.addWidget(dot)
    row.addWidget(name)
    return dot, name


def _paint_dot(dot: QLabel, color: str) -> None:
    dot.setPixmap(dot_icon(color).pixmap(SIZES.dot, SIZES.dot))


def _unit(picture: Picture) -> str:
    division = picture.division
    return "image" if division.level == "image" and not division.likely else "patient"


def _heading(picture: Picture) -> str:
    division = picture.division
    level = " (image level)" if division.level == "image" else ""
    name = f"{division.name}: " if division.name else ""
    return f"{name}{counted(len(picture.patients), _unit(picture))}{level}, {counted(len(division.folds), 'fold')}"
