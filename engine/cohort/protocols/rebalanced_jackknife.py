"""Leave one patient of each class out, test one of them: the base rate does not tell which class is missing."""

from collections import defaultdict

import numpy as np

from engine.cohort.dividing.division import Fold, Protocol, Subjects, protocols
from engine.cohort.protocols.jackknife import JackknifeOptions, require_few
from engine.registry import Info


def divide(subjects: Subjects, options: JackknifeOptions, generator: np.random.Generator) -> list[Fold]:
    """A fold per patient; one random patient of each other class is in no part of it."""
    require_few(subjects)
    members: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for patient in subjects.patients:
        members[subjects.joined[patient]].append(patient)
    return [_fold(number, patient, subjects, members, generator) for number, patient in enumerate(subjects.patients, 1)]


def _fold(
    number: int,
    patient: str,
    subjects: Subjects,
    members: dict[tuple[str, ...], list[str]],
    generator: np.random.Generator,
) -> Fold:
    """A combination of classes that only one patient has stays: without it there would be nothing to learn it from."""
    out = {patient}
    for classes, others in members.items():
        drawn = others[int(generator.integers(len(others)))]
        if classes != subjects.joined[patient] and len(others) > 1:
            out.add(drawn)
    return Fold(number, tuple(key for key in subjects.patients if key not in out), (patient,))


protocols.register(
    Protocol(
        Info(
            "rebalanced-jackknife",
            "Rebalanced jackknife",
            "Leaves one patient out, and one of each other class from training, so that the base rate stays.",
        ),
        JackknifeOptions,
        divide,
        lambda options: (
            "Each patient was predicted by a model trained on the others without one random patient of each other "
            "class, so that the share of classes in training does not tell who is missing (rebalanced jackknife)."
        ),
    )
)
