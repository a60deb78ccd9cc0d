"""As the folders say that the scans lie in: train, val, test."""

import numpy as np

from engine.cohort.dividing.division import Fold, Protocol, Subjects, protocols
from engine.cohort.dividing.pseudonyms import heads, named
from engine.cohort.protocols.by_column import fold_of
from engine.errors import CohortError, DataLeakageError
from engine.registry import Info, Options


class FolderOptions(Options):
    """Folders need no options."""


def divide(subjects: Subjects, options: FolderOptions, generator: np.random.Generator) -> list[Fold]:
    """One fold; DataLeakageError where scans of one patient lie in folders of two parts."""
    told = subjects.folder_parts()
    torn = sorted(key for key, parts in told.items() if len(parts) > 1)
    if torn:
        raise DataLeakageError(
            f"scans of {heads(len(torn))} lie in folders of two parts: {named(torn)}",
            hint="This division leaks. Exclude the scans in one of the folders, or divide the patients anew.",
        )
    parts = {key: next(iter(parts)) for key, parts in told.items() if parts}
    if not parts:
        hint = "Choose another protocol; this one needs folders called train, val and test."
        raise CohortError("no folder of the scans names a part", hint=hint)
    return [fold_of(parts)]


protocols.register(
    Protocol(
        Info("folders", "Given by folders", "As the folders say in which the scans lie: train, val and test."),
        FolderOptions,
        divide,
        lambda options: "The division was given by the folders in which the scans came.",
        given=True,
    )
)
