"""What a finished run left behind that new patients can be asked about by."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.cohort import Patient
from engine.compute.environment import recipe_digest
from engine.errors import DataLeakageError, RunError
from engine.models import InputShape
from engine.models.model import check
from engine.prepare import Pipeline, PreparedCohort
from engine.prepare.cache import Cache
from engine.recipe import Recipe
from engine.runs import RunFolder, RunState

Shape = tuple[int, ...]
_AGAIN = "Train the recipe again, then ask that run."


@dataclass(frozen=True)
class Learned:
    """The folders of the folds' models, everybody who was in the run, and the shapes it was trained on, if known.

    `contents` are digests of the scans that were in the run.
    """

    folds: tuple[Path, ...]
    seen: frozenset[str]
    shapes: Mapping[str, InputShape]
    same_slices: bool
    contents: frozenset[str] = frozenset()

    def knows(self, patient: Patient) -> bool:
        """Whether the run had the patient, or one of its scans while that was somebody else's."""
        return patient.key in self.seen or any(scan.digest in self.contents for scan in patient.scans)

    def fitting(self, cohort: PreparedCohort) -> tuple[PreparedCohort, list[str]]:
        """Those whose inputs have the shapes that the run was trained on, and why others have not."""
        odd: dict[str, str] = {}
        for one in cohort.patients:
            for name, volume in one.volumes.items():
                if why := self._unlike(name, volume.array.shape):
                    odd[one.patient] = f"{one.patient} is left out: input '{name}' has {why}"
        kept = tuple(one for one in cohort.patients if one.patient not in odd)
        return replace(cohort, patients=kept), list(odd.values())

    def shapes_for(self, cohort: PreparedCohort) -> Mapping[str, InputShape]:
        """The shapes to build the model for."""
        from engine.training.work import input_shapes

        return self.shapes or input_shapes(cohort)

    def require_unseen(self, trained_on: Collection[str], cohort: PreparedCohort) -> None:
        """DataLeakageError where a model is asked about somebody it was trained on."""
        if any(one.patient in trained_on for one in cohort.patients):
            hint = "The run folder was changed by hand; train the recipe again."
            raise DataLeakageError("a model is asked about a patient it was trained on", hint=hint)

    def _unlike(self, name: str, found: Shape) -> str:
        known = self.shapes.get(name)
        if known is None:
            return ""
        frames, slices, rows, columns = found
        if frames != known.frames:
            return f"{frames} frames, the run's have {known.frames}"
        if (rows, columns) != (known.rows, known.columns):
            return f"slices of {columns} x {rows}, the run's are {known.columns} x {known.rows}"
        if self.same_slices and slices != known.slices:
            return f"{slices} slices, the run's have {known.slices}"
        return ""


def learned_by(run: RunFolder, recipe: Recipe, prepared: Path) -> Learned:
    """What the run left; RunError where it has not finished, or was trained by other means than there are now."""
    if run.state() != RunState.FINISHED:
        hint = "Wait for its end, or resume it."
        raise RunError("the run has not finished, so it cannot suggest labels", path=run.path, hint=hint)
    model, _ = check(recipe)
    rows = _division(run)
    data: Mapping[str, Mapping[str, str]] = run.environment().get("data", {})
    _require_same(run, recipe, data)
    folds = tuple(run.fold_path(int(row["number"])) for row in rows)
    seen = frozenset(name for row in rows for name in _names(row)) | data.keys()
    contents = frozenset(scan.rpartition(":")[0] for scans in data.values() for scan in scans.values()) - {""}
    return Learned(folds, seen, _shapes(recipe, data, Cache(prepared)), model.same_slices, contents)


def _division(run: RunFolder) -> list[dict[str, Any]]:
    try:
        rows = json.loads((run.path / "division.json").read_text(encoding="utf-8"))
        found = [dict(row) for row in rows if int(row["number"]) > 0]
    except (OSError, ValueError, KeyError, TypeError) as failure:
        raise RunError("whom the run was trained on cannot be read", path=run.path, hint=_AGAIN) from failure
    if not found:
        raise RunError("the run has no folds", path=run.path, hint=_AGAIN)
    return found


def _names(value: object) -> Iterator[str]:
    """All patients that a row of the division names, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _names(part)


def _require_same(run: RunFolder, recipe: Recipe, data: Mapping[str, Mapping[str, str]]) -> None:
    """RunError where recipe or preparation are not what the models were trained with."""
    told = run.environment().get("recipe")
    if told and told != recipe_digest(recipe):
        raise RunError("the recipe was changed since the run was trained", path=run.path, hint=_AGAIN)
    now = {name: Pipeline.of(given.steps).digest for name, given in recipe.inputs.items()}
    for scans in data.values():
        if {name: scan.rpartition(":")[2] for name, scan in scans.items()} != now:
            raise RunError("scans are prepared otherwise now than when the run was trained", path=run.path, hint=_AGAIN)


def _shapes(recipe: Recipe, data: Mapping[str, Mapping[str, str]], cache: Cache) -> dict[str, InputShape]:
    """The shape of each input as trained on; nothing where what was prepared then is not kept any more."""
    found: dict[str, InputShape] = {}
    for name in recipe.inputs:
        shapes = {shape for scans in data.values() if (shape := _kept_shape(scans[name], cache))}
        if not shapes:
            return {}
        slices = {shape[1] for shape in shapes}
        frames, _, rows, columns = min(shapes)
        found[name] = InputShape(frames, slices.pop() if len(slices) == 1 else None, rows, columns)
    return found


def _kept_shape(scan: str, cache: Cache) -> Shape:
    digest, _, pipeline = scan.rpartition(":")
    kept = cache.get(cache.name(digest, pipeline))
    return () if kept is None else kept.array.shape
