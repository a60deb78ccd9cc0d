"""Cohorts of pictures on disk in which every fault was planted, so that tests know what an audit has to find."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from engine.cohort import ImportPlan, Workspace, import_folder
from tests.helpers.cohorts import write_table
from tests.helpers.slice_stacks import stack

SHAPE = (104, 88)
PATIENTS = 40
CLASSES = ("healthy", "demented")

Table = dict[str, dict[str, str]]


class Planted:
    """A folder of patients with a picture each and a label table, into which faults are planted before the import."""

    def __init__(self, root: Path, patients: int = PATIENTS, seed: int = 21) -> None:
        self.root, self.scans = root, root / "scans"
        chance = np.random.default_rng(seed)
        self.table: Table = {
            name: {
                "diagnosis": CLASSES[number % 2],
                "age": str(int(chance.integers(50, 90))),
                "sex": "FM"[int(chance.integers(2))],
            }
            for number, name in enumerate(f"{number:04d}" for number in range(1, patients + 1))
        }
        for number, name in enumerate(self.table):
            self.save(name, picture(number, seed))

    def file(self, patient: int, name: str = "image.png") -> Path:
        """The place of a picture of the patient with this number, from 0."""
        return self.scans / list(self.table)[patient] / name

    def save(self, patient: str, array: np.ndarray, name: str = "image.png") -> None:
        """Write a picture of a patient."""
        (self.scans / patient).mkdir(parents=True, exist_ok=True)
        Image.fromarray(array).save(self.scans / patient / name)

    def workspace(self, layout: str = "patient-folders", more: Sequence[list[str]] = ()) -> Path:
        """The cohort as a workspace; `more` are further rows of the label table."""
        rows = [[name, *values.values()] for name, values in self.table.items()]
        columns = list(next(iter(self.table.values())))
        write_table(self.scans / "labels.csv", [["patient", *columns], *rows, *more])
        with Workspace.create(self.root / "study") as made:
            import_folder(self.scans, made, ImportPlan(layout))
        return self.root / "study"


@cache
def picture(number: int, seed: int = 21) -> np.ndarray:
    """A slice of a head that nobody else has, at a height that depends on nothing else; not to be written to."""
    height = int(np.random.default_rng([seed, number]).integers(4, 12))
    chosen = stack(number, 16, SHAPE, seed=seed).slices[height].copy()
    chosen.setflags(write=False)
    return chosen


def pixels(path: Path) -> np.ndarray:
    """The grey levels of a picture."""
    with Image.open(path) as opened:
        return np.array(opened)


def cut(path: Path, share: float = 0.6) -> None:
    """Leave the first part of a file, as an interrupted copy does."""
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
