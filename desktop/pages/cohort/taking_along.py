"""Taking a table along: to the clipboard or into a CSV file, patients by their pseudonyms only."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from desktop.cohort_rows import counted
from desktop.cohort_table import Column, as_text
from desktop.pages.cohort.sheet import Sheet
from desktop.session import Session

AT_ONCE = 1000


def copy_rows(session: Session, sheet: Sheet) -> None:
    """Copy the selected rows, or all that are shown."""
    rows = sheet.table.selected_rows() or list(sheet.arranged.rows)
    columns = columns_shown(sheet)
    said = f"Copied {counted(len(rows), 'row')}."

    def take(words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        session.announced.emit(said)

    if len(rows) <= AT_ONCE:
        take(as_text(rows, columns))
    else:
        session.bridge.submit(lambda: as_text(rows, columns), take, owner=sheet)


def write_table(session: Session, sheet: Sheet, path: Path) -> None:
    """Write the rows shown as CSV, off the GUI thread."""
    from engine.files import write_text

    rows, columns = sheet.arranged.rows, columns_shown(sheet)
    session.bridge.submit(
        lambda: write_text(path, as_text(rows, columns, ",")),
        lambda _: session.announced.emit(f"Wrote {path.name}."),
        owner=sheet,
    )


def columns_shown(sheet: Sheet) -> Sequence[Column]:
    """The columns but those somebody hid; notes go along although there may be no room for them."""
    return [column for column in sheet.model.columns if not sheet.table.fitting.is_hidden(column)]
