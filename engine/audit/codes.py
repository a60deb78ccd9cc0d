"""Label columns that hold the codes of another column: `part_code` beside `part`."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import permutations

from engine.audit.finding import Finding, Kind, counted
from engine.audit.labelled import head, labels_of, said_of
from engine.cohort import Cohort, Patient

_AGREE, _UNNAMED_AGREE, _FEWEST_UNNAMED = 0.8, 0.95, 3
_ONE_MEANING = "Correct the table: a code stands for one class, and a class has one code."
_FILL = "Fill the empty cells in the label table, then import the folder again."


def clashing_codes(cohort: Cohort) -> Iterator[Finding]:
    """Codes of several classes, and classes of several codes; errors where the columns' names belong together."""
    for codes, names in _coded(cohort):
        for one, other in ((codes, names), (names, codes)):
            for value, meanings in _meanings(cohort, one, other).items():
                if len(meanings) > 1:
                    told = " and ".join(f"'{name}' ({len(who)})" for name, who in _by_size(meanings))
                    odd = [patient for _, who in _by_size(meanings)[1:] for patient in who]
                    reason = f"'{one}' {value} stands for {told} in '{other}'."
                    yield _finding("label-clash", (codes, names), reason, _ONE_MEANING, odd)


def half_coded(cohort: Cohort) -> Iterator[Finding]:
    """Patients with a code and no class, or a class and no code."""
    for codes, names in _coded(cohort):
        for has, lacks in ((codes, names), (names, codes)):
            found = [one for one in cohort.patients if said_of(one, has) and not said_of(one, lacks)]
            if found:
                values = ", ".join(sorted({label for one in found for label in said_of(one, has)}))
                reason = f"{counted(len(found), head(cohort))} with '{has}' ({values}) but no '{lacks}'."
                yield _finding("label-gap", (codes, names), reason, _FILL, found)


def _finding(kind: Kind, columns: tuple[str, str], reason: str, action: str, who: list[Patient]) -> Finding:
    scans = tuple(scan for patient in who for scan in patient.scans)
    keys = tuple(patient.key for patient in who)
    return Finding(kind, "error" if _named_alike(*columns) else "warn", reason, action, scans, keys)


def _coded(cohort: Cohort) -> Iterator[tuple[str, str]]:
    """Pairs (column of codes, column of classes) that agree nearly always.

    Two targets of a study agree often too, above all where both are yes or no. So columns whose names do not belong
    together count only with three classes or more, and where hardly anybody disagrees.
    """
    numeric = {column: _numeric(cohort, column) for column in cohort.label_columns}
    for codes, names in permutations(cohort.label_columns, 2):
        if not numeric[codes] or numeric[names]:
            continue
        least, fewest = (_AGREE, 2) if _named_alike(codes, names) else (_UNNAMED_AGREE, _FEWEST_UNNAMED)
        if all(_agree(cohort, *columns, least, fewest) for columns in ((codes, names), (names, codes))):
            yield codes, names


def _named_alike(one: str, other: str) -> bool:
    """Whether the words of one column's name are among those of the other, as `part` is in `part_code`."""
    first, second = ({word for word in re.split(r"[\W_]+", name.lower()) if word} for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)


def _numeric(cohort: Cohort, column: str) -> bool:
    return all(label.strip().lstrip("-").isdigit() for label in labels_of(cohort, column).values())


def _agree(cohort: Cohort, one: str, other: str, least: float, fewest: int) -> bool:
    meanings = _meanings(cohort, one, other)
    both = sum(len(who) for told in meanings.values() for who in told.values())
    usual = sum(max(map(len, told.values())) for told in meanings.values())
    distinct = {max(told, key=lambda name: len(told[name])) for told in meanings.values()}
    return len(meanings) >= fewest and len(distinct) >= fewest and usual >= least * both


def _meanings(cohort: Cohort, one: str, other: str) -> Mapping[str, dict[str, list[Patient]]]:
    found: dict[str, dict[str, list[Patient]]] = defaultdict(lambda: defaultdict(list))
    ones, others = labels_of(cohort, one), labels_of(cohort, other)
    for key in (key for key in ones if key in others):
        found[ones[key]][others[key]].append(cohort.by_key[key])
    return found


def _by_size(meanings: Mapping[str, list[Patient]]) -> list[tuple[str, list[Patient]]]:
    return sorted(meanings.items(), key=lambda item: (-len(item[1]), item[0]))
