"""The prepared cohort of a recipe: per patient and input one tensor, and who had to be left out."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.cohort import Cohort, Patient, Scan
from engine.cohort.intake.digest import content_digest
from engine.control import Control
from engine.errors import CohortError, IsocenterError, PrepareError, ReadError
from engine.imaging import Volume, open_scan
from engine.imaging.volume import Array
from engine.prepare.cache import Cache
from engine.prepare.participants import participants
from engine.prepare.pipeline import Pipeline
from engine.recipe import Input, Recipe

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Prepared:
    """One patient: the scan and the cached volume of each input, the label of each target."""

    patient: str
    scans: Mapping[str, Scan]
    volumes: Mapping[str, Volume]
    labels: Mapping[str, str]


@dataclass(frozen=True)
class PreparedCohort:
    """The patients a recipe can use, and one line for each it cannot."""

    patients: tuple[Prepared, ...]
    pipelines: Mapping[str, Pipeline]
    left_out: tuple[str, ...]

    @property
    def accepted(self) -> tuple[str, ...]:
        """One line for each scan that takes part although its geometry failed, with the user's reason."""
        return tuple(
            f"{one.patient}: {scan.role} takes part although its geometry failed"
            f" ({_failures(scan)}); accepted: {scan.accepted}"
            for one in self.patients
            for scan in one.scans.values()
            if scan.certificate == "fail"
        )

    @cached_property
    def by_key(self) -> dict[str, Prepared]:
        """Patients by pseudonym."""
        return {patient.patient: patient for patient in self.patients}

    def classes(self, columns: list[str]) -> dict[str, str]:
        """The class of each patient, the labels of several targets joined."""
        return {p.patient: " / ".join(p.labels[column] for column in columns) for p in self.patients}

    def arrays(self, name: str, patients: tuple[str, ...]) -> list[Array]:
        """The cached arrays (frames, z, y, x) of one input."""
        return [self.by_key[patient].volumes[name].array for patient in patients]

    def fit(self, patients: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
        """What the fitted steps of each input learn from these patients."""
        return {name: pipeline.fit(self.arrays(name, patients)) for name, pipeline in self.pipelines.items()}


def prepare_cohort(
    recipe: Recipe,
    cohort: Cohort,
    folder: Path,
    progress: Progress | None = None,
    control: Control | None = None,
) -> PreparedCohort:
    """Fill the cache in `folder` and open it. A patient whose scan cannot be used is left out, with the reason."""
    control = control or Control()
    pipelines = {name: Pipeline.of(given.steps) for name, given in recipe.inputs.items()}
    usable, left_out = _usable(recipe, cohort)
    cache, prepared = Cache(folder), []
    for done, patient in enumerate(usable, start=1):
        control.check()
        try:
            prepared.append(prepare_patient(patient, recipe, pipelines, cache))
        except (ReadError, PrepareError) as failure:
            left_out.append(reason_for(patient, failure))
        if progress is not None:
            progress(done, len(usable))
    if not prepared:
        raise CohortError("no patient can be used with this recipe", hint="; ".join(left_out[:3]))
    alike, odd = _alike(prepared)
    return PreparedCohort(tuple(alike), pipelines, tuple(left_out + odd))


def _usable(recipe: Recipe, cohort: Cohort) -> tuple[list[Patient], list[str]]:
    for target in recipe.targets:
        cohort.require_column(target.column)
    kept, left_out = participants(recipe, cohort)
    if not kept:
        hint = "; ".join(left_out[:3]) or "The workspace is empty: import scans first."
        raise CohortError("no patient has the scans and labels the recipe asks for", hint=hint)
    return kept, left_out


def prepare_patient(patient: Patient, recipe: Recipe, pipelines: Mapping[str, Pipeline], cache: Cache) -> Prepared:
    """One patient: what is not in the cache yet is made; ReadError or PrepareError where a scan cannot be used."""
    scans = {name: _scan(patient, given) for name, given in recipe.inputs.items()}
    volumes = {name: _volume(scan, pipelines[name], cache) for name, scan in scans.items()}
    labels = {target.column: patient.label(target.column) for target in recipe.targets}
    return Prepared(patient.key, scans, volumes, labels)


def _scan(patient: Patient, given: Input) -> Scan:
    scan = patient.scan(given.role)
    if scan is None:
        raise PrepareError(f"there is {patient.lacking(given.role)}", hint="Import it, or take it back in.")
    return scan


def _volume(scan: Scan, pipeline: Pipeline, cache: Cache) -> Volume:
    name = cache.name(scan.digest, pipeline.digest)
    kept = cache.get(name)
    if kept is not None:
        return kept
    opened = open_scan(scan.source)
    if content_digest(opened.header) != scan.digest:
        raise PrepareError("its files have changed since it was imported", hint="Import the folder again.")
    cache.put(name, pipeline.prepare(opened.load()))
    made = cache.get(name)
    if made is None:
        raise PrepareError("the prepared tensor cannot be read back", path=cache.folder, hint="Check the drive.")
    return made


def _alike(prepared: list[Prepared]) -> tuple[list[Prepared], list[str]]:
    """Those with the usual number of frames; CohortError where the slices have several sizes."""
    odd: dict[str, str] = {}
    for name in prepared[0].volumes:
        shapes = {one.patient: one.volumes[name].array.shape for one in prepared}
        planes = sorted({(shape[3], shape[2]) for shape in shapes.values()})
        if len(planes) > 1:
            told = ", ".join(f"{x} x {y}" for x, y in planes[:3])
            hint = f"Add a 'resize' or 'crop-or-pad' step to the input '{name}'."
            raise CohortError(f"the slices of input '{name}' have several sizes ({told})", hint=hint)
        usual = Counter(shape[0] for shape in shapes.values()).most_common(1)[0][0]
        for patient, shape in shapes.items():
            if shape[0] != usual:
                odd[patient] = f"{patient} is left out: input '{name}' has {shape[0]} frames, the others {usual}"
    return [one for one in prepared if one.patient not in odd], list(odd.values())


def _failures(scan: Scan) -> str:
    return "; ".join(doubt.text for doubt in scan.doubts if doubt.severity == "fail")


def reason_for(patient: Patient, failure: IsocenterError) -> str:
    """One line that says who is left out, and why."""
    return f"{patient.key} is left out: {failure.what}"
