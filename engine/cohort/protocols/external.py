"""All patients here are trained on, all of another workspace are tested."""

import numpy as np
from pydantic import Field

from engine.cohort.dividing.division import Fold, Protocol, Subjects, protocols
from engine.errors import CohortError
from engine.registry import Info, Options


class ExternalOptions(Options):
    """Which workspace."""

    workspace: str = Field(
        default="", title="Test workspace", description="The folder of another workspace, whose patients are tested."
    )


def divide(subjects: Subjects, options: ExternalOptions, generator: np.random.Generator) -> list[Fold]:
    """One fold. The patients of the other workspace were joined to the subjects before."""
    test = tuple(key for key in subjects.patients if key in subjects.outside)
    if not test:
        hint = "Name a workspace whose patients have the same label columns, classes and roles of scans."
        raise CohortError("nobody of the other workspace takes part", hint=hint)
    return [Fold(1, tuple(key for key in subjects.patients if key not in subjects.outside), test)]


protocols.register(
    Protocol(
        Info("external", "External test", "Trains on everybody here and tests on the patients of another workspace."),
        ExternalOptions,
        divide,
        lambda options: (
            "The model was trained on all patients of the workspace and tested on those of another one, of which "
            "none is the same person by source id or by content."
        ),
        given=True,
    )
)
