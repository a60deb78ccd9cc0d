"""Patients that a finished run has not seen, prepared as it prepared its own; they need no label."""

from collections.abc import Sequence
from pathlib import Path

from engine.cohort import Patient
from engine.control import Control
from engine.errors import PrepareError, ReadError
from engine.prepare.cache import Cache
from engine.prepare.pipeline import Pipeline
from engine.prepare.prepared import PreparedCohort, Progress, prepare_patient, reason_for
from engine.recipe import Recipe


def prepare_newcomers(
    recipe: Recipe, patients: Sequence[Patient], folder: Path, progress: Progress, control: Control
) -> PreparedCohort:
    """Fill the cache in `folder` and open it; who cannot be used is left out, with the reason. There may be nobody."""
    pipelines = {name: Pipeline.of(given.steps) for name, given in recipe.inputs.items()}
    cache, prepared, left_out = Cache(folder), [], list[str]()
    for done, patient in enumerate(patients, start=1):
        control.check()
        try:
            prepared.append(prepare_patient(patient, recipe, pipelines, cache))
        except (ReadError, PrepareError) as failure:
            left_out.append(reason_for(patient, failure))
        progress(done, len(patients))
    return PreparedCohort(tuple(prepared), pipelines, tuple(left_out))
