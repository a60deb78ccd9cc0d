"""Labels that contradict each other: two spellings of a class, two labels of a patient or of a picture."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from engine.audit.codes import clashing_codes
from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, Severity, counted
from engine.audit.labelled import by_label, class_columns, head, said_of, scans_called
from engine.audit.material import Material
from engine.audit.remedy import ExcludeScans, MergeClasses
from engine.audit.spelling import plain, slip
from engine.audit.tables import names_of, tables
from engine.cohort import Cohort, Patient, Scan
from engine.registry import Info

_RARE = 0.2
_ONE_CLASS = "Merge them if they mean the same."
_DIFFER, _CHANGE = "with scans of several labels", "labelled otherwise at another visit"
_BY_SCAN = (
    "Give the patient one label, or exclude the scans of the other: as long as they differ, the patient takes part in "
    "no run of that target."
)
_LOOK = "Look at the picture and its source, correct the label or exclude the scans."
_TABLE = "Correct the label table, then import the folder again; until then the patient has no such label."


def find(material: Material) -> Iterable[Finding]:
    """Errors where what is written cannot all be true; warnings where it is unlikely."""
    for column in class_columns(material.cohort):
        yield from _spellings(material, column)
    for column in material.cohort.label_columns:
        yield from _of_groups(material, column)
        yield from _of_patients(material.cohort, column)
    yield from _of_tables(material.cohort)
    yield from clashing_codes(material.cohort)


def _spellings(material: Material, column: str) -> Iterator[Finding]:
    people = by_label(material.cohort, column)
    heads = {label: len(who) for label, who in people.items()}
    for one, other in combinations(sorted(heads, key=lambda name: (-heads[name], name)), 2):
        material.control.check()
        same = bool(plain(one)) and plain(one) == plain(other)
        if same or (heads[other] <= max(1, _RARE * heads[one]) and slip(one, other)):
            who = tuple(patient.key for patient in people[other])
            scans = scans_called(people[other], column, other)
            what = "is the same word as" if same else "looks like a slip for"
            reason = (
                f"'{column}': '{other}' ({counted(heads[other], head(material.cohort))}) {what} '{one}' ({heads[one]})."
            )
            remedy = MergeClasses(column, (one, other), one)
            yield Finding("label-clash", "error" if same else "warn", reason, _ONE_CLASS, scans, who, remedy=remedy)


def _of_groups(material: Material, column: str) -> Iterator[Finding]:
    kinds: tuple[tuple[Sequence[tuple[Scan, ...]], str, Severity], ...] = (
        (material.same, "The same picture is labelled", "error"),
        (material.near, "Nearly the same picture is labelled", "error"),
        (material.proposed, "Neighbouring slices of one likely patient are labelled", "warn"),
    )
    for groups, what, severity in kinds:
        for group in groups:
            labels = Counter(label for scan in group if (label := material.label(scan, column)))
            if len(labels) > 1:
                told = _odd_ones(material, group, column, labels) if severity == "warn" else group
                names = " and ".join(f"'{name}' ({count})" for name, count in labels.most_common())
                reason = f"{what} {names} in '{column}'."
                others = (ExcludeScans(tuple(scan.id for scan in told), "its label is in doubt"),)
                yield Finding("label-clash", severity, reason, _LOOK, told, others=others)


def _of_patients(cohort: Cohort, column: str) -> Iterator[Finding]:
    """Patients whose scans are labelled differently: a note where every visit has one label, for people change."""
    differing = [patient for patient in cohort.patients if len(said_of(patient, column)) > 1]
    kinds: tuple[tuple[list[Patient], str, Severity], ...] = (
        ([one for one in differing if not _by_visit(one, column)], _DIFFER, "warn"),
        ([one for one in differing if _by_visit(one, column)], _CHANGE, "note"),
    )
    for people, what, severity in kinds:
        if people:
            names = sorted({name for one in people for name in said_of(one, column)})
            labels = ", ".join(f"'{name}'" for name in names)
            reason = f"{counted(len(people), head(cohort))} {what} in '{column}': {labels}."
            scans = tuple(scan for one in people for scan in one.scans if not scan.excluded)
            keys = tuple(one.key for one in people)
            yield Finding("label-clash", severity, reason, _BY_SCAN, scans, keys, groups=_groups(people))


def _by_visit(patient: Patient, column: str) -> bool:
    """Whether scans of one visit never differ."""
    visits = {(scan.visit, patient.label_of(scan, column)) for scan in patient.scans if not scan.excluded}
    return len(visits) == len({visit for visit, _ in visits})


def _groups(people: Sequence[Patient]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(scan.id for scan in one.scans if not scan.excluded) for one in people)


def _odd_ones(material: Material, group: tuple[Scan, ...], column: str, labels: Counter[str]) -> tuple[Scan, ...]:
    """Of a group in which one label prevails those that have another; else all."""
    (usual, most), (_, second) = labels.most_common(2)
    return tuple(scan for scan in group if most == second or material.label(scan, column) not in ("", usual))


def _of_tables(cohort: Cohort) -> Iterator[Finding]:
    named = names_of(cohort)
    told = {
        (patient.key, column)
        for table in tables(cohort)
        for name, row in table.rows.items()
        for column in row.clashes
        if (patient := named.get(name)) is not None and not said_of(patient, column)
    }
    for key, column in sorted(told):
        reason = f"The label table gives {key} several values of '{column}', so it has none."
        yield Finding("label-clash", "error", reason, _TABLE, cohort.by_key[key].scans, (key,))


finders.register(
    Finder(
        Info("label-clashes", "Label clashes", "Spellings of one class, and two labels of one patient or picture."),
        ("label-clash",),
        find,
    )
)
