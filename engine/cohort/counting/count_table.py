"""Head counts and covariates as rows, for tables, csv and JSON."""

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from engine.cohort.counting.apartness import Apartness
from engine.cohort.counting.covariate_spread import CovariateSpread, Numbers, Spread, spread_words
from engine.cohort.counting.head_counts import Axis, Heads

NONE: Mapping[Axis, str] = {"label": "no label", "source": "no source", "part": "no part", "role": "no scan"}
COUNTED = ("patients", "scans", "patients_out", "scans_out")
_UNLIKE_A_FORMULA = ("=", "+", "-", "@")


def count_rows(heads: Heads, by: Sequence[Axis]) -> list[dict[str, Any]]:
    """A row per cell: its value on each axis, empty where there is none, and its counts."""
    return [
        {**dict(zip(by, cell, strict=True)), **asdict(count)} for cell, count in heads.counts(by).items()
    ]  # fmt: skip


def counts_csv(tables: Mapping[str, Heads], by: Sequence[Axis]) -> str:
    """All target columns below one another; what is missing is said in words."""
    rows = [
        [column, *(row[axis] or NONE[axis] for axis in by), *(row[name] for name in COUNTED)]
        for column, heads in tables.items()
        for row in count_rows(heads, by)
    ]
    return as_csv([("target", *by, *COUNTED), *rows])


def spread_rows(spreads: Iterable[CovariateSpread]) -> dict[str, Any]:
    """Covariates by name, each with its groups and what stands furthest apart."""
    return {
        one.name: {
            "type": one.type,
            "groups": {name: _group(spread, one) for name, spread in one.groups.items()},
            "apart": None if one.apart is None else _apart(one.apart),
        }
        for one in spreads
    }


def as_csv(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as csv; a text that a sheet would take for a formula is set in quotation marks."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([[_plain(cell) for cell in row] for row in rows])
    return text.getvalue()


def _plain(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(_UNLIKE_A_FORMULA):
        return f"'{cell}"
    return cell


def _group(spread: Spread, one: CovariateSpread) -> dict[str, Any]:
    told = {"known": spread.known, "missing": spread.missing, "words": spread_words(spread, one.type)}
    if spread.numbers is not None:
        return told | _numbers(spread.numbers)
    return told if one.type == "text" else told | {"values": dict(spread.values)}


def _numbers(numbers: Numbers) -> dict[str, float | None]:
    deviation = math.sqrt(numbers.variance) if not math.isnan(numbers.variance) else None
    return {
        "median": numbers.median, "low": numbers.low, "high": numbers.high, "mean": numbers.mean, "deviation": deviation
    }  # fmt: skip


def _apart(apart: Apartness) -> dict[str, Any]:
    value = apart.value if math.isfinite(apart.value) else None
    return {"between": list(apart.between), "difference": value, "by_chance": apart.by_chance, "words": apart.words}
