"""What a reader of a division should know: classes that vanish, parts that are tiny, patients who are unknown."""

from collections import Counter
from collections.abc import Iterator, Sequence

from engine.cohort.cohort import Level
from engine.cohort.dividing.fold import Fold
from engine.cohort.dividing.leakage import untrained
from engine.cohort.dividing.subjects import Subjects

_FEW = 10


def remarks(folds: Sequence[Fold], subjects: Subjects) -> list[str]:
    """In sentences, the gravest first."""
    return [
        *filter(None, [level_words(subjects.level, likely=subjects.likely)]),
        *gaps(folds, subjects),
        *(line for column in subjects.targets for line in _few(folds, column, subjects)),
    ]


def gaps(folds: Sequence[Fold], subjects: Subjects) -> list[str]:
    """What is missing in a division, in sentences; empty where every class is in every part, and everybody in one."""
    lines = [line for column in subjects.targets for line in _missing(folds, column, subjects)]
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
            yield f"The watched part has nobody of {column} = {name}."
    inside = sum(
        1 for fold in folds if fold.inner for _ in untrained(fold.inner, {key: classes[key] for key in fold.train})
    )
    if inside:
        yield f"{inside} inner folds train without one of the classes of {column}: ask for fewer of them."


def _few(folds: Sequence[Fold], column: str, subjects: Subjects) -> Iterator[str]:
    classes = subjects.targets[column]
    heads = Counter(classes[key] for key in {key for fold in folds for key in fold.test})
    for name in sorted(name for name, count in heads.items() if count < _FEW):
        count = heads[name]
        who = f"Only {count} patient{'' if count == 1 else 's'} of {column} = {name} {'is' if count == 1 else 'are'}"
        yield f"{who} tested: one more or less right moves its recall by {100 / count:.0f} points."
    if all(len(fold.test) == 1 for fold in folds) and len(folds) > 1:
        yield "Each test fold is one patient of one class: only figures of all folds pooled mean anything."


def _in_no_part(folds: Sequence[Fold], subjects: Subjects) -> Iterator[str]:
    placed = set[str]()
    for fold in folds:
        if len(placed) < len(subjects.patients):
            placed.update(*fold.parts.values())
    if left := len(subjects.patients) - len(placed):
        yield f"{left:,} patient{'' if left == 1 else 's'} with labels {'is' if left == 1 else 'are'} in no part."
