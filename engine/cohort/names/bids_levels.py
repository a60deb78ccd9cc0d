"""What BIDS says of the columns of its table of patients: `participants.json`, with the levels of each."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from engine.cohort.columns import Column
from engine.cohort.label_table.column_uses import absent

_LARGEST = 4 << 20
_FEWEST_IN_ORDER = 3


def levels_of(table: Path, labels: Collection[str], covariates: Collection[str], *, ordered: bool) -> list[Column]:
    """The columns whose levels are told beside the table, in their order; labels of three and more are ordinal.

    What cannot be read tells nothing.
    """
    columns = []
    for name, told in _told(table.with_suffix(".json")).items():
        levels = told.get("Levels") if isinstance(told, dict) else None
        if not isinstance(levels, dict) or name not in (*labels, *covariates):
            continue
        classes = tuple(str(level) for level in levels if not absent(str(level)))
        if name in labels:
            several = len(classes) >= _FEWEST_IN_ORDER
            columns.append(Column(name, "label", "ordinal" if ordered and several else "category", classes))
        else:
            columns.append(Column(name, "covariate", "category", classes))
    return columns


def _told(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig")) if path.stat().st_size <= _LARGEST else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
