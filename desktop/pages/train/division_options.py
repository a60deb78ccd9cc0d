"""The options of a protocol, with a choice in place of what would have to be typed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.forms import Form
from desktop.pages.split.toggles import Toggles
from desktop.pages.train.choice_row import ChoiceRow
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.text import text
from engine.cohort.dividing.division import Protocol

STRATA, CHOSEN = "by", {"saved": "name", "column": "column"}


class DivisionOptions(QWidget):
    """`edited` by the user. Divisions and columns are chosen among those there are, covariates turned on and off."""

    edited = Signal()

    def __init__(
        self, session: Session, protocol: Protocol, values: Mapping[str, Any], usual: Mapping[str, Any]
    ) -> None:
        super().__init__()
        self._session = session
        self._chosen = CHOSEN.get(protocol.info.key, "")
        known = set(protocol.options.model_fields)
        self.form = Form(protocol.options, without=[STRATA, self._chosen])
        self.form.show_values(
            {name: value for name, value in values.items() if name not in (STRATA, self._chosen)}, usual
        )
        self.form.edited.connect(self.edited)
        self.choice = ChoiceRow("Division" if self._chosen == "name" else "Column", "One of those there are")
        self.strata = Toggles("Also balanced by")
        column = column_box(self, gap=SIZES.xs)
        column.addWidget(self.form)
        self.form.setVisible(bool(self.form.rows))
        if self._chosen:
            column.addWidget(self.choice)
            self._offer_choice(str(values.get(self._chosen, protocol.options.model_fields[self._chosen].default)))
        if STRATA in known:
            self._offer_strata(values.get(STRATA, ()))
            column.addWidget(text("Also balanced by", "caption", "muted"))
            column.addWidget(self.strata)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to set."""
        return not (self.form.rows or self._chosen or self.strata.buttons)

    def values(self) -> dict[str, Any]:
        """What is chosen."""
        told = self.form.values()
        if self._chosen:
            told[self._chosen] = str(self.choice.combo.currentData() or "")
        if strata := self.strata.chosen():
            told[STRATA] = list(strata)
        return told

    def _offer_choice(self, current: str) -> None:
        self.choice.chosen.connect(lambda _: self.edited.emit())
        cohort, workspace = self._session.cohort, self._session.workspace
        if self._chosen == "column":
            columns = [] if cohort is None else sorted({*cohort.covariate_columns, *cohort.label_columns})
            self._show_names(columns, current)
            return
        self._show_names([], current)
        if workspace is not None:
            home = Path(workspace.path)
            self._session.bridge.submit(
                lambda: _saved_names(home), lambda names: self._show_names(names, current), owner=self
            )

    def _show_names(self, names: Sequence[str], current: str) -> None:
        """The first line asks for a choice where none was made."""
        asks = [("Choose…", "")] if not current else []
        gone = [(f"{current} (not there)", current)] if current and current not in names else []
        self.choice.offer([*asks, *gone, *((name, name) for name in names)], current)

    def _offer_strata(self, chosen: Sequence[str]) -> None:
        cohort = self._session.cohort
        there = [] if cohort is None else cohort.covariate_columns
        self.strata.offer([*there, *(name for name in chosen if name not in there)], chosen)
        self.strata.changed.connect(self.edited)


def _saved_names(home: Path) -> list[str]:
    from engine.cohort.dividing.saved_divisions import saved_names

    return saved_names(home)
