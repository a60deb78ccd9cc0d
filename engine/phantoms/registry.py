"""The phantom registry, and the one way a phantom is made."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.control import Control
from engine.errors import StorageError
from engine.files import storage_errors
from engine.recipe import Choice, typed_options
from engine.registry import Info, Options, Registry

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class PhantomCohort:
    """Where a phantom lies: `data` is what is imported, `truth` the masks, outside of it."""

    root: Path
    patients: int

    @property
    def data(self) -> Path:
        """A folder per patient with its scans, and the label table."""
        return self.root / "data"

    @property
    def truth(self) -> Path:
        """A folder per patient with a mask per scan: 1 where the picture depends on the class."""
        return self.root / "truth"

    @property
    def labels(self) -> Path:
        """The label table."""
        return self.data / "labels.csv"


@dataclass(frozen=True)
class Phantom:
    """One kind of cohort. `make` fills an empty folder with `data` and `truth` and tells how many patients.

    The same options and seed give the same bytes. `make` calls `progress(done, total)` and `control.check()`
    once per patient.
    """

    info: Info
    options: type[Options]
    make: Callable[[Any, Path, int, Progress, Control], int]


phantoms: Registry[Phantom] = Registry("phantom", "engine.phantoms.cohorts")


def make_phantom(
    choice: Choice,
    folder: Path,
    seed: int,
    progress: Progress | None = None,
    control: Control | None = None,
) -> PhantomCohort:
    """Make the chosen cohort in `folder`: all of it, or nothing when it fails or is cancelled."""
    phantom = phantoms.get(choice.key)
    options = typed_options(choice, phantom.options, "the phantom")
    cohort = PhantomCohort(folder, 0)
    _refuse_to_overwrite(cohort)
    making = folder / ".making"
    with storage_errors(folder):
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
    try:
        patients = phantom.make(options, making, seed, progress or (lambda done, total: None), control or Control())
        with storage_errors(folder):
            for part in sorted(making.iterdir()):
                part.replace(folder / part.name)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return PhantomCohort(folder, patients)


def _refuse_to_overwrite(cohort: PhantomCohort) -> None:
    if cohort.data.exists() or cohort.truth.exists():
        hint = "Choose an empty folder; nothing was changed."
        raise StorageError("the folder already holds a cohort", path=cohort.root, hint=hint)
