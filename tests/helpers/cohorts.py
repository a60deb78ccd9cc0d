"""Tiny cohorts on disk, made in milliseconds, with whatever is wrong in real ones; and a tiny recipe for them."""

import csv
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import nibabel as nib
import numpy as np

from engine.cohort import Workspace, import_folder
from engine.recipe import Recipe, parse_recipe, with_settings
from engine.runs import RunFolder

CLASSES = ("healthy", "osteoporotic")
SIDE, REPETITIONS, ECHOES = 12, 10, 9

RECIPE = """
version = 1
name = "tiny"
seed = 3

[[targets]]
column = "diagnosis"
classes = ["healthy", "osteoporotic"]

[inputs.t1]
role = "T1"
steps = [{ key = "z-score" }]

[inputs.t2]
role = "T2"
steps = [{ key = "echo-normalise" }, { key = "standardise" }]

[model]
key = "relaxation-cnn"
width = 2
depth = 1
hidden = 4

[training]
epochs = 2
batch_size = 4
device = "cpu"

[protocol]
key = "holdout"

[evaluation]
bootstrap = 100
"""


def tiny_recipe(*settings: str) -> Recipe:
    """The tiny recipe with settings as of `--set`."""
    return with_settings(parse_recipe(RECIPE), settings)


def write_source(
    source: Path,
    patients: int | Sequence[str] = 8,
    *,
    labels: Mapping[str, str] | None = None,
    columns: Mapping[str, Sequence[str]] | None = None,
    nan: Collection[str] = (),
    constant: Collection[str] = (),
    broken: Collection[str] = (),
    seed: int = 0,
) -> Path:
    """A folder per patient with `T1.nii.gz` (1 slice, 10 repetition times) and `T2.nii.gz` (2 to 4 slices, 9 echoes).

    `patients` are folder names, or how many; they take turns in the classes unless `labels` says otherwise, and who is
    not in `labels` has none. `nan`, `constant` and `broken` name the patients whose T2 is so. `columns` are further
    columns of the label table, a value per patient.
    """
    names = [f"{number:04d}" for number in range(1, patients + 1)] if isinstance(patients, int) else list(patients)
    told = {name: CLASSES[number % 2] for number, name in enumerate(names)} if labels is None else labels
    generator = np.random.default_rng(seed)
    for number, name in enumerate(names):
        write_scans(source / name, told.get(name, CLASSES[0]), 2 + number % 3, generator)
        second = source / name / "T2.nii.gz"
        if name in nan:
            write_nifti(second, np.full((SIDE, SIDE, 2, ECHOES), np.nan, np.float32))
        if name in constant:
            write_nifti(second, np.full((SIDE, SIDE, 2, ECHOES), 7, np.float32))
        if name in broken:
            second.write_bytes(second.read_bytes()[:100])
    rows = [
        [name, told[name], *(values[number] for values in (columns or {}).values())]
        for number, name in enumerate(names)
        if name in told
    ]
    write_table(source / "labels.csv", [["patient", "diagnosis", *(columns or {})], *rows])
    return source


def write_scans(folder: Path, label: str, slices: int, generator: np.random.Generator) -> None:
    """Both scans of a patient; the second class recovers and decays faster."""
    folder.mkdir(parents=True)
    pace = 1.0 if label == CLASSES[0] else 2.0
    anatomy = generator.uniform(50, 100, (SIDE, SIDE, slices, 1))
    recovery = 1 - np.exp(-pace * np.arange(1, REPETITIONS + 1) / 4)
    decay = np.exp(-pace * np.arange(ECHOES) / 6)
    write_nifti(folder / "T1.nii.gz", (anatomy[:, :, :1] * recovery).astype(np.float32))
    write_nifti(folder / "T2.nii.gz", (anatomy * decay).astype(np.float32))
    echoes = (np.arange(ECHOES) + 1) * 0.01
    (folder / "T2.json").write_text(json.dumps({"EchoTime": echoes.tolist()}), encoding="utf-8")


def write_nifti(path: Path, array: np.ndarray) -> None:
    """An array (x, y, z, frames), 2 x 2 x 5 mm, oblique."""
    affine = np.array([[2, 0.1, 0, -11], [-0.1, 2, 0, 5], [0, 0, 5, 30], [0, 0, 0, 1]], np.float64)
    nib.save(nib.Nifti1Image(array, affine), path)


def write_table(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A table as csv, or as tsv where the name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter="\t" if path.suffix == ".tsv" else ",").writerows(rows)
    return path


def make_workspace(path: Path, source: Path) -> Path:
    """A workspace that holds the scans of a source; nobody has it open."""
    with Workspace.create(path) as workspace:
        import_folder(source, workspace)
    return path


def make_run(workspace: Path, *settings: str) -> RunFolder:
    """A new run of the tiny recipe, not started."""
    return RunFolder.create(workspace / "runs", tiny_recipe(*settings))
