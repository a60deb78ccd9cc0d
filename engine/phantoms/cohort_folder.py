"""A phantom on disk: `data/<patient>/<role>`, `data/labels.csv`, and outside `truth/<patient>/<role>`."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np

from engine.files import write_text
from engine.imaging.volume import Facts, FrameAxis, Volume
from engine.imaging.writer import write_nifti, write_npy

NOTE = """These patients do not exist. The pictures, ages and diagnoses in this folder were computed by
Isocenter for tests and for learning; nothing can be concluded from them about people.

data/    what to import: a folder per patient, and the label table
truth/   a mask per scan: 1 where the picture depends on the diagnosis
"""

_WRITERS: dict[str, tuple[str, Callable[[Volume, Path], None]]] = {
    "nifti": (".nii.gz", write_nifti),
    "npy": (".npy", write_npy),
}


def write_patient(
    folder: Path, patient: str, scans: Mapping[str, Volume], truth: Mapping[str, Volume], form: str
) -> None:
    """Write the scans of a patient by role, and the truth masks, always NIfTI, beside the data."""
    suffix, write = _WRITERS[form]
    for role, volume in scans.items():
        write(volume, folder / "data" / patient / f"{role}{suffix}")
    for role, mask in truth.items():
        write_nifti(mask, folder / "truth" / patient / f"{role}.nii.gz")


def truth_of(scan: Volume, mask: np.ndarray) -> Volume:
    """A mask (z, y, x) on the grid of a scan, as one frame of 0 and 1."""
    return Volume(mask[np.newaxis].astype(np.uint8), scan.affine, FrameAxis(), Facts())


def write_table(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write a label table; its columns are those of the first row."""
    listed = list(rows)
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(listed[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(listed)
    write_text(path, text.getvalue())


def cut_short(folder: Path, patient: str, role: str) -> None:
    """Break a scan as an interrupted copy would: only the first half of the file is left."""
    path = next(p for p in sorted((folder / "data" / patient).iterdir()) if p.name.startswith(f"{role}.n"))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
