"""The search of cohort tables: free words, and fields such as `diagnosis:healthy age>70 role:T1 -excluded`."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from desktop.cohort_rows import NO_LABEL, PatientRow
from desktop.cohort_scan_rows import ScanRow

HINT = "diagnosis:healthy  age>70  role:T1  excluded"
TOLD = """Words are looked for everywhere. A field narrows the search:
  diagnosis:healthy   diagnosis=healthy   diagnosis:none   sex!=F
  age>70   age<=80   scans>2   slices<20
  role:T1   visit:2   source:…   patient:P-01   certificate:fail
  excluded   warned   unlabelled   vault
A minus before a term turns it round: -excluded. Quotes keep words together: "by hand"."""
TERM = re.compile(r'(-?)(?:([^\s:=<>!"]+)(>=|<=|!=|[:=<>]))?("[^"]*"?|\S+)')
BARE = re.compile(r'[^\s:=<>!"]+(>=|<=|!=|[:=<>])')
Values = Callable[[Any], tuple[str, ...]]


R = TypeVar("R", bound=PatientRow | ScanRow)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for; a word where `field` is empty."""

    field: str
    sign: str
    value: str
    turned: bool


def terms_of(words: str) -> list[Term]:
    """What a search asks for; a field without a value asks for nothing yet."""
    return [
        Term(field.casefold(), sign, value.strip('"').casefold(), bool(minus))
        for minus, field, sign, value in TERM.findall(words)
        if value.strip('"') and (field or not BARE.fullmatch(value))
    ]


def found(rows: Sequence[R], words: str) -> list[R]:
    """The rows that hold everything asked for, in their order."""
    kept = list(rows)
    for term in terms_of(words):
        if not kept:
            break
        kept = _narrowed(kept, term)
    return kept


STATES: dict[str, Callable[[PatientRow | ScanRow], bool]] = {
    "unlabelled": lambda row: not row.labels and not row.several,
    "excluded": lambda row: bool(row.out),
    "warned": lambda row: row.certificate != "pass",
    "vault": lambda row: row.vault,
}


def states_of(row: PatientRow | ScanRow) -> list[str]:
    """Which of the states it is in."""
    return [name for name, holds in STATES.items() if holds(row)]


def _narrowed(rows: list[R], term: Term) -> list[R]:
    if not term.field:
        holds = STATES.get(term.value)
        if holds is not None:
            return [row for row in rows if holds(row) is not term.turned]
        return [row for row in rows if (term.value in row.words) is not term.turned]
    values = _values(rows, term.field)
    if values is None:
        word = f"{term.field}{term.sign}{term.value}"
        return [row for row in rows if (word in row.words) is not term.turned]
    turned = term.turned is not (term.sign == "!=")
    return [row for row, fits in zip(rows, _fitting(rows, values, term), strict=True) if fits is not turned]


def _fitting(rows: Sequence[R], values: Values, term: Term) -> Iterable[bool]:
    """Whether each row fits; what several rows share is judged once."""
    told = [values(row) for row in rows]
    fits = _judged(set(told), term)
    return [fits[each] for each in told]


def _judged(told: Collection[tuple[str, ...]], term: Term) -> dict[tuple[str, ...], bool]:
    """Numbers by size, words as a whole where somebody has just this one, or else by their beginning."""
    if term.sign in ("<", ">", "<=", ">="):
        return {each: any(_compares(value, term) for value in each) for each in told}
    if term.value == "none":
        return {each: all(value in ("", NO_LABEL) for value in each) for each in told}
    low = {each: tuple(value.casefold() for value in each) for each in told}
    exact = {each: term.value in words for each, words in low.items()}
    if term.sign != ":" or any(exact.values()):
        return exact
    return {each: any(word.startswith(term.value) for word in words) for each, words in low.items()}


def _compares(value: str, term: Term) -> bool:
    try:
        here, there = float(value), float(term.value)
    except ValueError:
        return False
    if term.sign.endswith("="):
        return here >= there if term.sign == ">=" else here <= there
    return here > there if term.sign == ">" else here < there


def _values(rows: Sequence[R], field: str) -> Values | None:
    """How to ask a row for a field; None where there is no such field."""
    known = FIELDS.get(field)
    if known is not None:
        return known
    name = _named(field, (name for row in rows for name in (*row.labels, *row.several)))
    if name is not None:
        return lambda row: row.classes(name)
    name = _named(field, (name for row in rows for name in row.covariates))
    return None if name is None else lambda row: (row.covariates.get(name, ""),)


def _named(field: str, names: Iterable[str]) -> str | None:
    return next((name for name in names if name.casefold().replace(" ", "_") == field), None)


FIELDS: dict[str, Values] = {
    "role": lambda row: row.roles,
    "visit": lambda row: row.visits or ("",),
    "source": lambda row: row.origins or ("",),
    "patient": lambda row: (row.patient.key, row.name),
    "certificate": lambda row: (row.certificate,),
    "scans": lambda row: (str(row.scans),),
    "slices": lambda row: (str(row.slices),),
    "frames": lambda row: (str(row.frames),),
    "reason": lambda row: row.out or ("",),
}
