"""The cells of a spreadsheet (xlsx, xlsm, xlsb, xls, ods) as text, the way its owner reads them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from engine.errors import CohortError
from engine.registry import suggestion

_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PANIC = "PanicException"  # what Rust raises over damaged bytes; it is no Exception
_HINT = "Save it again as xlsx or as csv."


def is_spreadsheet(head: bytes) -> bool:
    """Whether a file that begins so may be one, whatever its name."""
    return head.startswith(_STARTS)


def sheet_cells(path: Path, sheet: str, is_table: Callable[[list[list[str]]], bool]) -> list[list[str]]:
    """The cells of a sheet; of the first that `is_table` where none is named, else of the first. CohortError."""
    try:
        return _cells(path, sheet, is_table)
    except CohortError:
        raise
    except BaseException as failure:
        if not isinstance(failure, Exception) and type(failure).__name__ != _PANIC:
            raise
        told = next(iter(str(failure).splitlines()), "") or type(failure).__name__
        raise CohortError(f"the label table cannot be read: {told}", path=path, hint=_HINT) from None


def _cells(path: Path, sheet: str, is_table: Callable[[list[list[str]]], bool]) -> list[list[str]]:
    from python_calamine import CalamineWorkbook

    with path.open("rb") as stream:
        book = CalamineWorkbook.from_filelike(stream)
    names = [_named(sheet, book.sheet_names, path)] if sheet else list(book.sheet_names)
    first: list[list[str]] = []
    for name in names:
        cells = [[cell_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        if sheet or is_table(cells):
            return cells
        first = first or cells
    return first


def _named(sheet: str, names: list[str], path: Path) -> str:
    found = next((name for name in names if name.casefold() == sheet.casefold()), None)
    if found is None:
        raise CohortError(f"it has no sheet called '{sheet}'", path=path, hint=suggestion(sheet, names))
    return found


def cell_text(cell: Any) -> str:
    """Whole numbers without a fraction, others to 15 digits, days as ISO writes them; empty where there is nothing."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell).strip()
