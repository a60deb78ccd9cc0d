"""What a button does about a finding: the workspace changes, the source never does."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.audit import GroupPatients, apply, apply_all, audit
from engine.cohort import Cohort, ImportPlan, Workspace, import_folder
from engine.cohort.storage.journal import Edited
from engine.imaging import open_scan
from tests.helpers.planted import SHAPE, Planted, cut, picture
from tests.helpers.slice_stacks import write_stacks


def remedied(workspace: Path, kind: str) -> Edited:
    """Apply the remedy of the one finding of a kind that has one; taking it back and doing it again change nothing."""
    with Workspace.open(workspace) as opened:
        before = opened.cohort()
        (remedy,) = [one.remedy for one in audit(opened, [kind]).findings if one.remedy is not None]
        edited = apply(remedy, opened)
        after = opened.cohort()
        opened.store.undo()
        assert told(opened.cohort()) == told(before)
        opened.store.redo()
        assert told(opened.cohort()) == told(after) != told(before)
        return edited


def told(cohort: Cohort) -> list[str]:
    """Everything that is known of each patient, also what comparing leaves out."""
    return [repr((patient, patient.source_id)) for patient in cohort.patients]


def kinds(workspace: Path) -> set[str]:
    return {one.kind for one in audit(Workspace.peek(workspace)).findings if one.severity == "error"}


def test_copies_are_excluded_with_a_reason(planted: Planted) -> None:
    planted.file(0, "more.png").write_bytes(planted.file(0).read_bytes())
    workspace = planted.workspace()
    assert remedied(workspace, "duplicate").words == "Exclude 1 scan"
    (gone,) = [scan for scan in Workspace.peek(workspace).cohort().scans if scan.excluded]
    assert (gone.patient, gone.excluded) == ("P-001", "a copy of another scan of P-001")
    assert kinds(workspace) == set()


@pytest.mark.parametrize("patient", [1, 2])
@pytest.mark.parametrize("kind", ["duplicate", "near-duplicate"])
def test_no_button_chooses_between_patients_or_labels(kind: str, patient: int, planted: Planted) -> None:
    planted.save(f"{patient + 1:04d}", picture(0), "again.png" if kind == "duplicate" else "again.jpg")
    (copies,) = audit(Workspace.peek(planted.workspace()), [kind]).findings
    assert copies.remedy is None


def test_of_nameless_copies_of_one_label_one_is_kept_and_of_two_labels_none_is_chosen(planted: Planted) -> None:
    for name in list(planted.table):
        folder = planted.scans / planted.table[name]["diagnosis"]
        folder.mkdir(exist_ok=True)
        (planted.scans / name / "image.png").rename(folder / f"{name}.png")
        (planted.scans / name).rmdir()
    healthy, demented = planted.scans / "healthy", planted.scans / "demented"
    (healthy / "copy.png").write_bytes((healthy / "0001.png").read_bytes())
    (demented / "copy.png").write_bytes((healthy / "0003.png").read_bytes())
    with Workspace.create(planted.root / "study") as made:
        import_folder(planted.scans, made, ImportPlan("class-folders"))
    copies = audit(Workspace.peek(planted.root / "study"), ["duplicate"]).findings
    assert sorted((len(one.scans), one.remedy is None) for one in copies) == [(2, False), (2, True)]


def test_a_drive_that_is_away_costs_no_scan(planted: Planted) -> None:
    workspace = planted.workspace()
    planted.scans.rename(planted.root / "away")
    (finding,) = audit(Workspace.peek(workspace), ["unreadable", "truncated"]).findings
    assert (len(finding.scans), finding.remedy) == (len(planted.table), None)
    assert "folder missing" in finding.reason


def test_spellings_become_one_class(planted: Planted) -> None:
    planted.table["0003"]["diagnosis"] = "HEALTHY"
    workspace = planted.workspace()
    assert remedied(workspace, "label-clash").words == "Merge HEALTHY into healthy"
    assert sorted(Workspace.peek(workspace).cohort().counts()["diagnosis"]) == ["demented", "healthy"]


def test_the_patients_of_one_picture_become_one_patient(planted: Planted) -> None:
    planted.file(2, "again.png").write_bytes(planted.file(0).read_bytes())
    workspace = planted.workspace()
    with Workspace.open(workspace) as opened:
        (leak,) = audit(opened, ["leak"]).findings
        (remedy,) = leak.others
        apply(remedy, opened)
        (one,) = [patient for patient in opened.cohort().patients if len(patient.scans) == 3]
        assert (len(opened.cohort().patients), one.labels["diagnosis"]) == (39, "healthy")
        assert opened.cohort().level == "patient"
        assert audit(opened, ["leak"]).findings == ()


def test_likely_patients_are_accepted_and_taken_back(tmp_path: Path) -> None:
    write_stacks(tmp_path / "scans", 8, 16, SHAPE)
    with Workspace.create(tmp_path / "study") as opened:
        import_folder(tmp_path / "scans", opened, ImportPlan("class-folders"))
        (leak,) = audit(opened, ["leak"]).findings
        assert isinstance(leak.remedy, GroupPatients)
        apply(leak.remedy, opened)
        cohort = opened.cohort()
        grouped = [patient for patient in cohort.patients if len(patient.scans) > 2]
        assert {tuple(sorted(scan.id for scan in patient.scans)) for patient in grouped} == {
            tuple(sorted(group)) for group in leak.remedy.groups
        }
        assert (cohort.level, cohort.likely_patients) == ("image", True)
        assert audit(opened, ["leak"]).findings == ()
        opened.store.undo()
        cohort = opened.cohort()
        assert (len(cohort.patients), cohort.likely_patients) == (8 * 16, False)


@pytest.mark.parametrize("kind", [np.float32, np.int32])
def test_a_picture_that_png_cannot_hold_is_repaired_and_so_is_the_one_beside_it(kind: type, planted: Planted) -> None:
    values: np.ndarray = picture(6).astype(kind) * 100
    Image.fromarray(values).save(planted.file(6, "other.tif"))
    planted.save("0008", picture(7), "other.jpg")
    for place in (planted.file(6, "other.tif"), planted.file(7, "other.jpg")):
        cut(place)
    workspace = planted.workspace()
    assert remedied(workspace, "truncated").words == "Replace 2 scans by a copy"
    (mended,) = [one for one in Workspace.peek(workspace).cohort().scans if one.path.suffix == ".tiff"]
    assert np.array_equal(open_scan(mended.source).plane(0, 0)[:30], values[:30])


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_a_truncated_picture_is_repaired_in_the_workspace_with_missing_rows_zero(ending: str, planted: Planted) -> None:
    whole = picture(6)
    planted.save("0007", whole, f"other.{ending}")
    broken = planted.file(6, f"other.{ending}")
    cut(broken)
    before = broken.read_bytes()
    workspace = planted.workspace()
    assert remedied(workspace, "truncated").words == "Replace 1 scan by a copy"
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
        findings = audit(opened, ["truncated"]).findings
        apply_all([one.remedy for one in findings if one.remedy is not None], opened)
    rows = list(csv.DictReader((workspace / "repaired" / "repaired.csv").read_text(encoding="utf-8").splitlines()))
    assert [list(row) for row in rows] == [["file", "truncated", "repaired"]] * len(rows)
    assert {Path(row["file"]).parent.name: bool(row["repaired"]) for row in rows} == {"0005": True, "0006": False}
    assert {row["truncated"] for row in rows} == {"yes"}
