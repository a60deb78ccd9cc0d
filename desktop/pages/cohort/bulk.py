"""Editing many rows at once: what can be done with a selection, from the bar, the menu or a key."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.cohort_rows import counted
from desktop.cohort_table import AnyRow, Field
from desktop.pages.cohort import changes
from desktop.pages.cohort.ask import Ask
from desktop.session import Session

if TYPE_CHECKING:
    from engine.cohort.edits import Edit

AT_ONCE = 5000
Rows = Callable[[], Sequence[AnyRow]]


class Bulk(QObject):
    """Each of its methods is one step that can be undone as one. `rows` tells what is selected."""

    def __init__(self, session: Session, rows: Rows, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._rows = rows

    def set_value(self, field: Field, name: str, value: str) -> None:
        """Set a label, covariate, role or visit of what is selected; an empty value takes it away."""
        self._make(lambda rows: changes.setting(rows, field, name, value))

    def exclude(self, reason: str) -> None:
        """Keep it out of every run; an empty reason takes it back in."""
        self._make(lambda rows: changes.excluding(rows, reason))

    def toggle_excluded(self) -> None:
        """Exclude it by hand, or include it where all of it is excluded already."""
        from engine.cohort.edits.judging import BY_HAND

        rows = self._rows()
        everything = all(map(_all_out, rows))
        self.exclude("" if everything else BY_HAND)

    def accept(self, reason: str = "") -> None:
        """Let scans take part whose geometry failed."""
        from engine.cohort.edits.judging import CHECKED

        rows = self._rows()
        edit = changes.accepting(rows, reason or CHECKED) if rows else None
        if edit is None:
            self._session.announced.emit("None of the selected scans is kept out because of its certificate.")
        else:
            self._session.editing.make(edit)

    def group(self) -> None:
        """Put what is selected under one patient."""
        if len(changes.patients_of(self._rows())) < 2:
            self._session.announced.emit("Select the rows of at least two patients that are one person.")
            return
        self._make(changes.grouping)

    def ask_label(self, under: QWidget) -> Ask:
        """Ask for a label, also for one of a new column."""
        roster = self._session.roster
        offers = {name: roster.offered("label", name) for name in roster.targets}
        return self._ask("Label of", "Set", offers, under, self._setter("label"), new="Name of the label")

    def ask_covariate(self, under: QWidget) -> Ask:
        """Ask for a covariate, also for a new one."""
        roster = self._session.roster
        offers = {name: roster.offered("covariate", name) for name in roster.covariates}
        return self._ask("Covariate of", "Set", offers, under, self._setter("covariate"), new="Name of the covariate")

    def ask_role(self, under: QWidget) -> Ask:
        """Ask which role the scans play."""
        offers = {"": self._session.roster.offered("role")}
        return self._ask("Role of", "Set", offers, under, self._setter("role"))

    def ask_visit(self, under: QWidget) -> Ask:
        """Ask at which visit the scans were made."""
        offers = {"": self._session.roster.offered("visit")}
        return self._ask("Visit of", "Set", offers, under, self._setter("visit"))

    def ask_reason(self, under: QWidget) -> Ask:
        """Ask why to exclude, offering the reasons given before."""
        from engine.cohort.edits.judging import BY_HAND

        reasons = tuple(dict.fromkeys((*self._session.roster.reasons, BY_HAND)))
        made = self._ask("Why exclude", "Exclude", {"": reasons}, under, lambda _, why: self.exclude(why or BY_HAND))
        made.value.setEditText(reasons[0])
        line = made.value.lineEdit()
        if line is not None:
            line.selectAll()
        return made

    def _setter(self, field: Field) -> Callable[[str, str], None]:
        return lambda name, value: self.set_value(field, name, value)

    def _ask(
        self,
        title: str,
        verb: str,
        offers: dict[str, tuple[str, ...]],
        under: QWidget,
        then: Callable[[str, str], None],
        new: str = "",
    ) -> Ask:
        rows = self._rows()
        noun = "patient" if rows and hasattr(rows[0], "several") and rows[0].key == rows[0].patient.key else "scan"
        made = Ask(f"{title} {counted(len(rows), noun)}", verb, offers, under, new=new)
        made.answered.connect(then)
        made.open_under(under)
        return made

    def _make(self, edit: "Callable[[Sequence[AnyRow]], Edit]") -> None:
        """Of many rows the edit is made elsewhere, while the window goes on."""
        rows = self._rows()
        if not rows:
            self._session.announced.emit("Select the rows first.")
        elif len(rows) <= AT_ONCE:
            self._session.editing.make(edit(rows))
        else:
            self._session.bridge.submit(lambda: edit(rows), self._session.editing.make, owner=self)


def _all_out(row: AnyRow) -> bool:
    numbers = set(row.scan_numbers)
    return all(scan.excluded for scan in row.patient.scans if scan.id in numbers)
