"""The rows of a table as people and programs save it: text separated by comma, tab or semicolon, or a spreadsheet."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path

from engine.cohort.label_table.spreadsheet import is_spreadsheet, sheet_cells
from engine.errors import CohortError

_DELIMITERS = ",\t;"
_LOOKED_AT = 30
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HINT = "Save it as UTF-8 text, comma or tab separated, or as xlsx."


@dataclass(frozen=True)
class Rows:
    """What a table holds: a value per column in each row, without the spaces around it; empty where it has none."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]]
    path: Path

    def values(self, column: str) -> list[str]:
        """What stands in a column, row after row."""
        return [row[column] for row in self.rows]


def read_rows(path: Path) -> Rows:
    """The rows below the one that names the columns; lines above that, such as a title, are passed over.

    Of a spreadsheet the first sheet with such a row, or the one named by `name.xlsx#sheet`. Columns of one name are
    numbered, columns without a name left out. CohortError where it cannot be read, or has no rows.
    """
    file, sheet = _place(path)
    cells = _cells(file, sheet)
    top = _head(cells)
    below = cells[top + 1 :]
    if not any(any(row) for row in below):
        hint = "Its first row names the columns, one row follows for each patient or file."
        raise CohortError("the label table is empty", path=path, hint=hint)
    names = _names(cells[top])
    return Rows(tuple(filter(None, names)), list(_records(names, below)), path)


def _place(path: Path) -> tuple[Path, str]:
    name, mark, sheet = path.name.rpartition("#")
    if mark and name and not path.exists():
        return path.with_name(name), sheet
    return path, ""


def _cells(path: Path, sheet: str) -> list[list[str]]:
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
        if is_spreadsheet(head):
            return sheet_cells(path, sheet, lambda cells: _head(cells) + 1 < len(cells))
        text = _text(path.read_bytes())
        return list(_split(text, _delimiter(text)))
    except FileNotFoundError:
        raise CohortError("the label table is not there", path=path, hint="Check the path.") from None
    except (OSError, UnicodeDecodeError, csv.Error) as failure:
        raise CohortError(f"the label table cannot be read: {failure}", path=path, hint=_HINT) from None


def _text(content: bytes) -> str:
    """UTF-8, UTF-16 where it says so, else what Windows writes in the west."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16")
    if b"\0" in content:
        raise csv.Error("it is no text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _delimiter(text: str) -> str:
    """The one that gives most rows as many cells as the first row has; of equals, the one that gives more cells."""

    def fit(delimiter: str) -> tuple[int, int]:
        sample = list(islice(_split(text, delimiter), _LOOKED_AT))
        widths = Counter(len(row) for row in sample[_head(sample) :] if len(row) > 1)
        return (widths[len(sample[_head(sample)])], max(widths, default=0)) if sample else (0, 0)

    return max(_DELIMITERS, key=fit)


def _split(text: str, delimiter: str) -> Iterator[list[str]]:
    for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
        yield [cell.strip() for cell in row]


def _head(cells: list[list[str]]) -> int:
    """Which row names the columns: the first that has as many cells filled as the rows after it, roughly."""
    filled = [sum(map(bool, row)) for row in cells[:_LOOKED_AT]]
    most = max(filled, default=0)
    return next((at for at, count in enumerate(filled) if count >= 2 and 2 * count >= most), _first(filled))


def _first(filled: Iterable[int]) -> int:
    return next((at for at, count in enumerate(filled) if count), 0)


def _names(row: Iterable[str]) -> list[str]:
    """Each once: a second "age" becomes "age (2)"."""
    names, met = [], Counter[str]()
    for name in row:
        met[name] += 1
        names.append(f"{name} ({met[name]})" if name and met[name] > 1 else name)
    return names


def _records(names: list[str], rows: Iterable[list[str]]) -> Iterator[dict[str, str]]:
    for row in rows:
        if any(row):
            cells = row + [""] * (len(names) - len(row))
            yield {name: cell for name, cell in zip(names, cells, strict=False) if name}
