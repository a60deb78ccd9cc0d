"""The leak finder: whose slices are whose is found from the pictures alone, and divisions are held against it."""

import json
from pathlib import Path

import pytest
from sklearn.metrics import adjusted_rand_score

from engine.audit import AuditReport
from engine.cohort import ImportPlan, Workspace, import_folder
from tests.engine.audit.conftest import Audited
from tests.helpers.cohorts import make_run
from tests.helpers.planted import SHAPE, Planted
from tests.helpers.slice_stacks import write_stacks

PATIENTS, SLICES = 24, 20


def workspace_of(source: Path) -> Path:
    with Workspace.create(source.parent / "study") as made:
        import_folder(source, made, ImportPlan("class-folders"))
    return source.parent / "study"


def agreement(report: AuditReport, truth: dict[str, int]) -> float:
    """The adjusted Rand index of the proposed patients."""
    groups = {scan.path.name: group for scan, group in report.proposed}
    return float(adjusted_rand_score([truth[name] for name in groups], list(groups.values())))


@pytest.fixture(scope="module")
def stacks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """Slices of 24 heads without names, the last five of each in the test part."""
    source = tmp_path_factory.mktemp("stacks") / "scans"
    truth = write_stacks(source, PATIENTS, SLICES, SHAPE, test_from=16)
    return workspace_of(source), truth


def test_the_patients_of_nameless_slices_are_proposed(stacks: tuple[Path, dict[str, int]], audited: Audited) -> None:
    workspace, truth = stacks
    report = audited(workspace, "leak")
    assert len(report.proposed) == PATIENTS * SLICES
    assert agreement(report, truth) > 0.95


def test_a_division_through_stacks_is_called_a_leak(stacks: tuple[Path, dict[str, int]], audited: Audited) -> None:
    findings = audited(stacks[0], "leak").findings
    assert [one.severity for one in findings] == ["error", "warn"]
    assert findings[0].reason.startswith(
        "The division by folders puts neighbouring slices of one likely patient on both"
    )


def test_a_run_that_parts_a_stack_is_called_a_leak(tmp_path: Path, audited: Audited) -> None:
    write_stacks(tmp_path / "scans", PATIENTS, SLICES, SHAPE)
    workspace = workspace_of(tmp_path / "scans")
    everyone = [patient.key for patient in Workspace.peek(workspace).cohort().patients]
    run = make_run(workspace)
    folds = [{"number": 1, "train": everyone[::2], "test": everyone[1::2]}]
    (run.path / "division.json").write_text(json.dumps(folds), encoding="utf-8")
    reasons = [one.reason for one in audited(workspace, "leak").findings if one.severity == "error"]
    assert len(reasons) == 1
    assert f"The division of run {run.name} puts neighbouring slices of one likely patient on both sides" in reasons[0]


def test_slices_without_a_division_are_a_warning_and_no_error(tmp_path: Path, audited: Audited) -> None:
    write_stacks(tmp_path / "scans", PATIENTS, SLICES, SHAPE)
    report = audited(workspace_of(tmp_path / "scans"))
    assert {one.severity for one in report.findings if one.kind == "leak"} == {"warn"}
    assert report.count("error") == 0


def test_a_division_by_patient_is_no_leak(tmp_path: Path, audited: Audited) -> None:
    truth = write_stacks(tmp_path / "scans", PATIENTS, SLICES, SHAPE)
    for picture in list((tmp_path / "scans").rglob("*.png")):
        part = "test" if truth[picture.name] >= PATIENTS - 6 else "train"
        place = tmp_path / "scans" / part / picture.parent.name / picture.name
        place.parent.mkdir(parents=True, exist_ok=True)
        picture.rename(place)
    assert audited(workspace_of(tmp_path / "scans")).count("error") == 0


def test_a_slice_with_another_label_than_its_stack_is_a_clash(tmp_path: Path, audited: Audited) -> None:
    truth = write_stacks(tmp_path / "scans", PATIENTS, SLICES, SHAPE)
    wrong = next(path for path in sorted((tmp_path / "scans" / "healthy").iterdir()) if truth[path.name] == 4)
    wrong.rename(tmp_path / "scans" / "demented" / wrong.name)
    (clash,) = audited(workspace_of(tmp_path / "scans"), "label-clash").findings
    assert [scan.path.name for scan in clash.scans] == [wrong.name]


def test_pictures_of_unrelated_people_are_not_grouped(planted: Planted, audited: Audited) -> None:
    report = audited(planted.workspace("class-folders"))
    assert report.level == "image"
    assert report.proposed == ()
    assert [one for one in report.findings if one.kind in ("leak", "duplicate", "near-duplicate")] == []


def test_copies_of_slices_join_the_stack_they_come_from(tmp_path: Path, audited: Audited) -> None:
    truth = write_stacks(tmp_path / "scans", PATIENTS, SLICES, SHAPE)
    for number, path in enumerate(sorted((tmp_path / "scans" / "healthy").iterdir())):
        if number % 10 == 0:
            copy = path.with_name(f"copy-{path.name}")
            copy.write_bytes(path.read_bytes())
            truth[copy.name] = truth[path.name]
    assert agreement(audited(workspace_of(tmp_path / "scans"), "leak"), truth) > 0.95


def test_known_patients_are_not_questioned(planted: Planted, audited: Audited) -> None:
    assert audited(planted.workspace(), "leak").proposed == ()
