"""What a reader of a division should know: classes that vanish, parts that are tiny, patients who are unknown."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from engine.cohort.cohort import Cohort, Level, Patient
from engine.cohort.dividing.copies import copies_on_two_sides
from engine.cohort.dividing.fold import Fold
from engine.cohort.dividing.leakage import untrained
from engine.cohort.dividing.subjects import Subjects

_FEW, _LEARNT = 10, 5


def remarks(folds: Sequence[Fold], subjects: Subjects) -> list[str]:
    """In sentences, the gravest first."""
    return [
        *filter(None, [level_words(subjects.level, likely=subjects.likely)]),
        *gaps(folds, subjects),
        *(line for column in subjects.targets for line in _few(folds, column, subjects)),
    ]


def left_out(cohort: Cohort, subjects: Subjects) -> str:
    """Who of a cohort is not divided, and why, in a sentence; empty where everybody is."""
    others = [patient for patient in cohort.patients if patient.key not in subjects.joined]
    reasons = Counter(_why_not(patient, cohort, subjects) for patient in others)
    told = ", ".join(f"{count:,} {reason}" for reason, count in reasons.most_common())
    return f"Not divided: {told}." if told else ""


def _why_not(patient: Patient, cohort: Cohort, subjects: Subjects) -> str:
    if patient.key in cohort.vault:
        return "set aside in the test vault"
    lacking = next((column for column in subjects.targets if not patient.label(column)), "")
    if any(patient.label_of(scan, lacking) for scan in patient.scans if not scan.excluded):
        return f"whose scans differ in {lacking}"
    return f"without {lacking}"


def gaps(folds: Sequence[Fold], subjects: Subjects) -> list[str]:
    """What is wrong with a division, or missing in it, in sentences.

    Empty where every class is in every part, everybody in one, and nobody's copy on another side.
    """
    lines = [*copies_on_two_sides(folds, subjects)]
    lines += [line for column in subjects.targets for line in _missing(folds, column, subjects)]
    lines += [line for column in subjects.targets for line in _base_rate(folds, subjects.targets[column], column)]
    return [*lines, *_in_no_part(folds, subjects)]


def level_words(level: Level, *, likely: bool) -> str:
    """How sure it is that a patient is on one side only; empty where the source told who is who."""
    if level == "patient":
        return ""
    if likely:
        return (
            "Image level, grouped into likely patients: who is who was guessed, so images of one patient may be "
            "trained on and tested, and figures may be too high."
        )
    return (
        "Image level: the source names no patients, so images of one patient may be trained on and tested, and "
        "figures may be far too high."
    )


def _missing(folds: Sequence[Fold], column: str, subjects: Subjects) -> Iterator[str]:
    classes = subjects.targets[column]
    tested = [{classes[key] for key in fold.test} for fold in folds]
    watched = [{classes[key] for key in fold.validation} for fold in folds if fold.validation]
    single = all(len(fold.test) == 1 for fold in folds)
    for name in sorted(set(classes.values())):
        absent = sum(name not in there for there in tested)
        if absent == len(folds):
            yield f"No fold tests {column} = {name}: figures of that class cannot be had."
        elif absent and not single:
            yield f"{column} = {name} is not tested in {absent} of {len(folds)} folds."
        if any(name not in there for there in watched):
            yield f"The validation part has nobody of {column} = {name}."
    inside = sum(
        1 for fold in folds if fold.inner for _ in untrained(fold.inner, {key: classes[key] for key in fold.train})
    )
    if inside:
        yield f"{inside} inner folds train without one of the classes of {column}: ask for fewer of them."


def _base_rate(folds: Sequence[Fold], classes: Mapping[str, str], column: str) -> Iterator[str]:
    """Where one patient is left out per fold, whether the training classes tell which."""
    if len(folds) < 2 or any(len(fold.test) != 1 for fold in folds):
        return
    if len({frozenset(heads.items()) for heads in _taught(folds, classes)}) > 1:
        yield (
            f"The share of each {column} in training differs by who is left out, which biases pooled AUROC downwards."
        )


def _taught(folds: Sequence[Fold], classes: Mapping[str, str]) -> list[Counter[str]]:
    """How many of each class each fold trains on."""
    return [Counter(map(classes.__getitem__, fold.train)) for fold in folds]


def _few(folds: Sequence[Fold], column: str, subjects: Subjects) -> Iterator[str]:
    classes = subjects.targets[column]
    heads = Counter(classes[key] for key in {key for fold in folds for key in fold.test})
    for name in sorted(name for name, count in heads.items() if count < _FEW):
        count = heads[name]
        who = f"Only {count} patient{'' if count == 1 else 's'} of {column} = {name} {'is' if count == 1 else 'are'}"
        yield f"{who} tested: one more or less right moves its recall by {100 / count:.0f} points."
    taught = _taught(folds, classes)
    for name in sorted(set(classes.values())):
        least = min((heads[name] for heads in taught), default=0)
        if 0 < least < _LEARNT:
            who = f"{least} patient{'' if least == 1 else 's'}"
            yield f"{column} = {name} is learnt from {who} only{' in some folds' if len(folds) > 1 else ''}."
    if all(len(fold.test) == 1 for fold in folds) and len(folds) > 1:
        yield "Each test fold is one patient of one class: only figures of all folds pooled mean anything."


def _in_no_part(folds: Sequence[Fold], subjects: Subjects) -> Iterator[str]:
    placed = set[str]()
    for fold in folds:
        if len(placed) < len(subjects.patients):
            placed.update(*fold.parts.values())
    if left := len(subjects.patients) - len(placed):
        yield f"{left:,} patient{'' if left == 1 else 's'} with labels {'is' if left == 1 else 'are'} in no part."
