"""Files that are cut short anywhere are found, not only where the centre slice lies."""

import gzip
from pathlib import Path

import nibabel
import numpy as np
import pytest

from engine.cohort import Workspace, import_folder
from tests.engine.audit.conftest import Audited
from tests.helpers.dicom_files import write_series
from tests.helpers.planted import cut


def write(folder: Path, ending: str) -> None:
    """Four patients with a volume of noise each."""
    chance = np.random.default_rng(0)
    for number in range(4):
        place = folder / f"sub-{number}" / f"T1{ending}"
        place.parent.mkdir(parents=True)
        nibabel.save(nibabel.Nifti1Image(chance.integers(0, 999, (24, 24, 20)).astype(np.int16), np.eye(4)), place)


def imported(folder: Path) -> Path:
    with Workspace.create(folder.parent / "study") as made:
        import_folder(folder, made)
    return folder.parent / "study"


@pytest.mark.parametrize(
    ("ending", "before"), [(".nii", False), (".nii.gz", False), (".nii.gz", True), (".mgz", False), (".mgz", True)]
)
def test_a_volume_cut_behind_its_centre_is_truncated(
    ending: str, before: bool, tmp_path: Path, audited: Audited
) -> None:
    write(tmp_path / "scans", ending)
    broken = tmp_path / "scans" / "sub-2" / f"T1{ending}"
    if before:
        cut(broken, 0.8)
    workspace = imported(tmp_path / "scans")
    if not before:
        assert audited(workspace, "truncated").findings == ()
        cut(broken, 0.8)
    (finding,) = audited(workspace, "truncated").findings
    assert [scan.path for scan in finding.scans] == [broken]


def test_a_series_with_a_slice_cut_or_gone_since_the_audit_is_told(tmp_path: Path, audited: Audited) -> None:
    chance, paths = np.random.default_rng(0), []
    for number in range(3):
        values = chance.integers(0, 999, (8, 24, 24)).astype(np.int16)
        folder, grid = tmp_path / "scans" / f"sub-{number}", np.diag([1.0, 1, 3, 1])
        paths.append(write_series(folder, values, grid, PatientID=f"ID{number}", PatientName=f"Testperson^{number}"))
    workspace = imported(tmp_path / "scans")
    assert audited(workspace, "truncated", "unreadable").findings == ()
    cut(paths[0][1], 0.9)
    paths[1][5].unlink()
    told = {(one.kind, *(scan.path.name for scan in one.scans)) for one in audited(workspace).findings}
    assert {("truncated", "sub-0"), ("unreadable", "sub-1")} <= told


def test_a_wrong_check_sum_is_unreadable(tmp_path: Path, audited: Audited) -> None:
    write(tmp_path / "scans", ".nii.gz")
    broken = tmp_path / "scans" / "sub-1" / "T1.nii.gz"
    damaged = bytearray(gzip.compress(gzip.decompress(broken.read_bytes()), 0))
    damaged[-3000] ^= 1
    broken.write_bytes(damaged)
    (finding,) = audited(imported(tmp_path / "scans"), "unreadable").findings
    assert [scan.path for scan in finding.scans] == [broken]
