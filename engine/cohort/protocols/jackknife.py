"""Leave one patient out: a model per patient, trained on all others."""

from collections.abc import Mapping

import numpy as np

from engine.cohort.division import Fold, Protocol, protocols
from engine.registry import Info, Options


class JackknifeOptions(Options):
    """The jackknife needs no options."""


def divide(classes: Mapping[str, str], options: JackknifeOptions, generator: np.random.Generator) -> list[Fold]:
    """A fold per patient, in the order of the pseudonyms."""
    everyone = sorted(classes)
    return [
        Fold(number, tuple(other for other in everyone if other != patient), (patient,))
        for number, patient in enumerate(everyone, start=1)
    ]


protocols.register(
    Protocol(
        Info("jackknife", "Jackknife", "Leaves one patient out per fold; every patient is tested once."),
        JackknifeOptions,
        divide,
        lambda options: "Each patient was predicted by a model trained on all the others (leave one patient out).",
    )
)
