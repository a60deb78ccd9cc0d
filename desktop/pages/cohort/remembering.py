"""What each workspace's tables looked like, kept from one start to the next: columns hidden and shown, sort, groups."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from desktop.pages.cohort.sheet import Sheet
from desktop.session import Session

Look = dict[str, Any]


class Remembering(QObject):
    """Between the settings and the tables; each workspace has its own."""

    def __init__(self, session: Session, sheets: Sequence[Sheet], parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._sheets = session, sheets
        self._workspace: Path | None = None
        session.workspace_changed.connect(self._recall)
        for sheet in sheets:
            sheet.changed.connect(self._note)
            sheet.table.fitting.changed = self._note
        self._recall()

    def _recall(self) -> None:
        """Bring the tables into the look they had when this workspace was open last."""
        workspace = self._session.workspace
        self._workspace = None if workspace is None else Path(workspace.path)
        if self._workspace is None:
            return
        looks = self._session.settings.tables.get(str(self._workspace))
        for sheet in self._sheets:
            look = looks.get(sheet.info.name) if isinstance(looks, dict) else None
            _wear(sheet, look if isinstance(look, dict) else {})

    def _note(self) -> None:
        if self._workspace is None:
            return
        settings, place = self._session.settings, str(self._workspace)
        looks = {sheet.info.name: look for sheet in self._sheets if (look := _look(sheet))}
        if looks != settings.tables.get(place, {}):
            settings.remember_tables(place, looks)
            settings.save()


def _look(sheet: Sheet) -> Look:
    fitting, wish = sheet.table.fitting, sheet.wish
    look: Look = {
        "hidden": sorted(fitting.hidden),
        "shown": sorted(fitting.shown),
        "sort": wish.sort,
        "descending": wish.descending,
        "group": wish.group,
    }
    return {name: value for name, value in look.items() if value}


def _wear(sheet: Sheet, look: Look) -> None:
    fitting = sheet.table.fitting
    hidden, shown = set(_words(look, "hidden")), set(_words(look, "shown"))
    if (hidden, shown) != (fitting.hidden, fitting.shown):
        fitting.hidden, fitting.shown = hidden, shown
        fitting.fit()
    sort, group = (str(look.get(name, "")) for name in ("sort", "group"))
    descending = look.get("descending") is True
    if (sort, descending, group) != (sheet.wish.sort, sheet.wish.descending, sheet.wish.group):
        sheet.ask(sort=sort, descending=descending, group=group)
    sheet.mark_sort()


def _words(look: Look, name: str) -> list[str]:
    values = look.get(name)
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
