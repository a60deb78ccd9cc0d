"""What a button does about a finding: the workspace changes, the source never does."""

import csv
from pathlib import Path

import numpy as np
import pytest

from engine.audit import apply, audit
from engine.cohort import Workspace
from engine.imaging import open_scan
from tests.helpers.planted import Planted, cut, picture


def remedied(workspace: Path, kind: str) -> int:
    """Apply the remedy of the one finding of a kind that has one."""
    with Workspace.open(workspace) as opened:
        (remedy,) = [one.remedy for one in audit(opened, [kind]).findings if one.remedy is not None]
        return apply(remedy, opened)


def kinds(workspace: Path) -> set[str]:
    return {one.kind for one in audit(Workspace.peek(workspace)).findings if one.severity == "error"}


def test_copies_are_excluded_with_a_reason(planted: Planted) -> None:
    planted.file(2, "again.png").write_bytes(planted.file(0).read_bytes())
    workspace = planted.workspace()
    assert remedied(workspace, "duplicate") == 1
    (gone,) = [scan for scan in Workspace.peek(workspace).cohort().scans if scan.excluded]
    assert (gone.patient, gone.excluded) == ("P-003", "a copy of another scan of P-001")
    assert kinds(workspace) == set()


def test_spellings_become_one_class(planted: Planted) -> None:
    planted.table["0003"]["diagnosis"] = "HEALTHY"
    workspace = planted.workspace()
    assert remedied(workspace, "label-clash") == 1
    assert sorted(Workspace.peek(workspace).cohort().counts()["diagnosis"]) == ["demented", "healthy"]


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_a_truncated_picture_is_repaired_in_the_workspace_with_missing_rows_zero(ending: str, planted: Planted) -> None:
    whole = picture(6)
    planted.save("0007", whole, f"other.{ending}")
    broken = planted.file(6, f"other.{ending}")
    cut(broken)
    before = broken.read_bytes()
    workspace = planted.workspace()
    assert remedied(workspace, "truncated") == 1
    assert broken.read_bytes() == before
    scans = Workspace.peek(workspace).cohort().by_key["P-007"].scans
    (mended,) = [scan for scan in scans if scan.path.is_relative_to(workspace)]
    (old,) = [scan for scan in scans if scan.path == broken]
    assert old.excluded == "truncated; a repaired copy takes its place"
    plane = open_scan(mended.source).plane(0, 0)
    assert plane.shape == whole.shape
    assert not plane[-8:].any()
    assert np.abs(plane[:30].astype(float) - whole[:30]).mean() < 4
    assert "truncated" not in kinds(workspace)


def test_a_table_says_what_was_truncated_and_repaired(planted: Planted) -> None:
    cut(planted.file(4))
    cut(planted.file(5), 0.02)
    workspace = planted.workspace()
    with Workspace.open(workspace) as opened:
        for finding in audit(opened, ["truncated"]).findings:
            assert finding.remedy is not None
            apply(finding.remedy, opened)
    rows = list(csv.DictReader((workspace / "repaired" / "repaired.csv").read_text(encoding="utf-8").splitlines()))
    assert [list(row) for row in rows] == [["file", "truncated", "repaired"]] * len(rows)
    assert {Path(row["file"]).parent.name: bool(row["repaired"]) for row in rows}["0005"]
