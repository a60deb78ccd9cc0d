"""The classes of a source in lines: what it calls them, what the cohort is to call them; near spellings."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

Counts = Mapping[str, Mapping[str, int]]
Names = Mapping[str, Mapping[str, str]]
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class of a label column: its scans, its `name` in the cohort (empty: left out), a `near` spelling of it.

    `there` says that the cohort has a class of that name, `merged` which others of the source become the same.
    """

    column: str
    source: str
    scans: int
    name: str
    near: str = ""
    there: bool = False
    merged: tuple[str, ...] = ()


def class_rows(counts: Counts, names: Names, known: Mapping[str, Collection[str]]) -> tuple[ClassRow, ...]:
    """A line per class, by column, the most frequent first; `known` are the classes that the cohort has."""
    return tuple(
        row for column in counts for row in _rows(column, counts[column], names.get(column, {}), known.get(column, ()))
    )


def _rows(column: str, counts: Mapping[str, int], names: Mapping[str, str], known: Collection[str]) -> list[ClassRow]:
    order = sorted(counts, key=lambda name: (-counts[name], name))
    called = {name: names.get(name, name) for name in order}
    rows = []
    for place, source in enumerate(order):
        name = called[source]
        before = [called[other] for other in order[:place]]
        near = nearest(name, [*known, *before]) if name and name not in known else ""
        merged = tuple(other for other in order if other != source and name and called[other] == name)
        rows.append(ClassRow(column, source, counts[source], name, near, name in known, merged))
    return rows


def nearest(name: str, others: Iterable[str]) -> str:
    """Another name that is the same but for case, signs, or one letter; empty where there is none, or it is there."""
    others = [other for other in dict.fromkeys(others) if other]
    if name in others:
        return ""
    plain = _plain(name)
    alike = [other for other in others if _plain(other) == plain]
    return next(iter([*alike, *(other for other in others if _one_letter(plain, _plain(other)))]), "")


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _one_letter(one: str, other: str) -> bool:
    """Whether they differ in one letter, not the first and no digit: "stage1" is not "stage2"."""
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST or len(long) - len(short) > 1 or short[0] != long[0]:
        return False
    if [sign for sign in short if sign.isdigit()] != [sign for sign in long if sign.isdigit()]:
        return False
    place = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[place + (len(short) == len(long)) :] == long[place + 1 :]
