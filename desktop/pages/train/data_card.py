"""Step 1: what is predicted, from which scans, and of whom."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.cohort_rows import counted
from desktop.forms.fold import Fold
from desktop.pages.train.card import StepCard
from desktop.pages.train.choice_row import ChoiceRow
from desktop.pages.train.class_rows import ClassRows
from desktop.pages.train.draft import Draft
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.text import text

if TYPE_CHECKING:
    from desktop.pages.train.fit import Fit
    from desktop.session import Session

MOST_LINES = 40


class DataCard(StepCard):
    """Label columns with their classes, the role of each input, and who takes part."""

    def __init__(self, session: "Session") -> None:
        super().__init__(1, "Data")
        self._session = session
        self._draft: Draft | None = None
        self.targets: list[tuple[ChoiceRow, ClassRows]] = []
        self.roles: dict[str, ChoiceRow] = {}
        self._body = QWidget()
        self.level = text("", "caption", "muted", wrap=True)
        self.reasons = text("", "caption", "muted", wrap=True)
        self.left_out = Fold("", self.reasons)
        self.column.addWidget(self._body)
        self.column.addWidget(self.left_out)
        self.column.addWidget(self.level)

    def show_draft(self, draft: Draft) -> None:
        """Show the data part of a draft."""
        self._draft = draft
        self.targets, self.roles = [], {}
        body = QWidget()
        column = column_box(body, gap=SIZES.s)
        for number in range(len(draft.get("targets"))):
            for part in self._target(draft, number):
                column.addWidget(part)
        for name in draft.get("inputs"):
            column.addWidget(self._input(draft, name))
        self.column.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body

    def show_fit(self, fit: "Fit") -> None:
        """Say who takes part."""
        self.summary.setText(counted(fit.patients, "patient"))
        for row, classes in self.targets:
            classes.show_counts(fit.classes.get(row.combo.currentData(), {}))
        self.left_out.setVisible(bool(fit.left_out))
        self.left_out.set_words(f"{counted(len(fit.left_out), 'patient')} left out, and why")
        more = len(fit.left_out) - MOST_LINES
        lines = [*fit.left_out[:MOST_LINES], *([f"and {more} more"] if more > 0 else [])]
        self.reasons.setText("\n".join(line.replace(" is left out", "") for line in lines))
        self.level.setText(LEVELS["likely" if fit.level == "image" and fit.likely else fit.level])
        self.level.setProperty("tone", "warn" if fit.level == "image" else "muted")
        self.badge.set_tone("muted")

    def _target(self, draft: Draft, number: int) -> tuple[ChoiceRow, ClassRows]:
        column = draft.get("targets", number, "column")
        cohort = self._session.cohort
        columns = cohort.label_columns if cohort is not None else []
        row = ChoiceRow("Predict", "The column of the label table that is predicted")
        row.offer([(name, name) for name in columns], column)
        row.chosen.connect(lambda chosen: self._choose_column(number, chosen))
        classes = ClassRows()
        known = list(cohort.counts().get(column, {})) if cohort is not None else []
        chosen = draft.get("targets", number, "classes")
        names = [*chosen, *(name for name in known if name not in chosen)]
        classes.offer(names, chosen, {name: self._session.class_color(column, name) for name in names})
        classes.changed.connect(lambda: self._choose_classes(number, classes))
        self.targets.append((row, classes))
        return row, classes

    def _input(self, draft: Draft, name: str) -> ChoiceRow:
        roles = self._session.cohort.roles if self._session.cohort is not None else []
        label = "From scans" if len(draft.get("inputs")) == 1 else f"Input {name}"
        row = ChoiceRow(label, "Which scan of a patient goes in")
        row.offer([(role, role) for role in roles], draft.get("inputs", name, "role"))
        row.chosen.connect(lambda role: self._change("inputs", name, "role", value=role))
        self.roles[name] = row
        return row

    def _choose_column(self, number: int, column: str) -> None:
        if self._draft is None or self._session.cohort is None:
            return
        usual = self._draft.usual("targets", number)
        classes = sorted(self._session.cohort.counts().get(column, {}))
        back = usual is not None and usual["column"] == column
        self._draft.set("targets", number, value=dict(usual) if back else {"column": column, "classes": classes})
        self.show_draft(self._draft)
        self.edited.emit()

    def _choose_classes(self, number: int, classes: ClassRows) -> None:
        if self._draft is None:
            return
        chosen = classes.chosen()
        self._draft.set("targets", number, "classes", value=chosen)
        if self._draft.get("targets", number, "positive") not in chosen:
            self._draft.set("targets", number, "positive", value=None)
        self.edited.emit()

    def _change(self, *path: str | int, value: object) -> None:
        if self._draft is not None:
            self._draft.set(*path, value=value)
            self.edited.emit()


LEVELS = {
    "patient": "Patient level: a patient is never on both sides of a split.",
    "image": "Image level: the source names no patients, so images of one patient may lie on both sides.",
    "likely": "Image level, grouped into likely patients by a guess: images of one patient may lie on both sides.",
}
