"""Leave one patient out: a model per patient, trained on all others."""

import numpy as np

from engine.cohort.dividing.division import Fold, Protocol, Subjects, protocols
from engine.errors import CohortError
from engine.registry import Info, Options

MOST = 2000


class JackknifeOptions(Options):
    """The jackknife needs no options."""


def divide(subjects: Subjects, options: JackknifeOptions, generator: np.random.Generator) -> list[Fold]:
    """A fold per patient, in the order of the pseudonyms."""
    require_few(subjects)
    everyone = subjects.patients
    return [
        Fold(number, (*everyone[: number - 1], *everyone[number:]), (patient,))
        for number, patient in enumerate(everyone, start=1)
    ]


def require_few(subjects: Subjects) -> None:
    """CohortError where that would be more models than anybody trains."""
    if len(subjects.patients) > MOST:
        what = f"leaving one patient out would train {len(subjects.patients):,} models"
        raise CohortError(what, hint="Choose k-fold: with so many patients it says the same.")


protocols.register(
    Protocol(
        Info("jackknife", "Jackknife", "Leaves one patient out per fold; every patient is tested once."),
        JackknifeOptions,
        divide,
        lambda options: "Each patient was predicted by a model trained on all the others (leave one patient out).",
    )
)
