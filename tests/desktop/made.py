"""A workspace whose cohort is known: enough for lists and tables, without any scan behind it."""

from pathlib import Path

from engine.cohort import Cohort, Patient, Scan, Workspace
from engine.cohort.cohort import Level
from engine.imaging import Doubt, ScanSource

DIAGNOSES = ("healthy", "osteopenic", "osteoporotic")
DOUBTS = {
    (5, "T1"): (Doubt("disagrees", "the spacing differs by 0.4 mm"),),
    (7, "T2"): (Doubt("missing", "slice 7 is missing", "fail"),),
}


def patient(number: int, folder: Path) -> Patient:
    """Patient `number`, from 1: every third of a class, each fourth without T2, the fifth warns, the seventh fails."""
    roles = ("T1",) if number % 4 == 0 else ("T1", "T2")
    scans = tuple(
        Scan(
            id=0,
            patient="",
            role=role,
            source=ScanSource("nifti", (folder / "scans" / f"{number}" / f"{role}.nii.gz",)),
            format="NIfTI",
            shape=(64, 64, 10 + number),
            frames=9 if role == "T2" else 1,
            digest=f"{number}-{role}",
            doubts=DOUBTS.get((number, role), ()),
        )
        for role in roles
    )
    labels = {"diagnosis": DIAGNOSES[number % 3]}
    return Patient("", f"source-{number}", labels, {"age": str(90 - 7 * number), "sex": "FM"[number % 2]}, scans)


def make_workspace(folder: Path, patients: int = 12, level: Level = "patient") -> Path:
    """A workspace on the disk; it is not held open."""
    with Workspace.create(folder) as workspace:
        workspace.store.add([patient(number, folder) for number in range(1, patients + 1)], level)
    return folder


def make_cohort(folder: Path, patients: int = 12) -> Cohort:
    """The same cohort, read back."""
    return Workspace.peek(make_workspace(folder, patients)).cohort()
