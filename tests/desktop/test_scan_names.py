from pathlib import Path

from desktop.scan_names import scan_names
from engine.cohort.cohort import Scan
from engine.imaging.source import ScanSource


def scan(number: int, role: str) -> Scan:
    source = ScanSource("nifti", (Path(f"{number}.nii"),))
    return Scan(number, "P-001", role, source, "nifti", (1, 1, 1), 1, "")


def test_scans_of_one_role_are_told_apart() -> None:
    scans = (scan(1, "T2"), scan(2, "T2"), scan(3, "T1"), scan(4, "T2"))
    named = scan_names(scans)
    assert list(named) == ["T2", "T2 · 2", "T1", "T2 · 3"]
    assert tuple(named.values()) == scans


def test_a_role_that_looks_like_a_number_takes_no_other_scan_its_name() -> None:
    scans = (scan(1, "T2"), scan(2, "T2 · 2"), scan(3, "T2"))
    assert tuple(scan_names(scans).values()) == scans
