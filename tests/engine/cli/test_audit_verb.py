"""audit: what other programs, and people, get of it."""

from pathlib import Path

import pytest

from engine.audit import KINDS
from engine.cohort import Scan, Workspace, import_as_workspace
from tests.engine.cli.conftest import Isocenter
from tests.helpers.planted import SHAPE, Planted, cut
from tests.helpers.slice_stacks import write_stacks


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A workspace in which two patients share a picture."""
    planted = Planted(tmp_path / "project", 12)
    planted.file(2, "again.png").write_bytes(planted.file(0).read_bytes())
    return planted.workspace()


def test_findings_are_told_in_the_form_other_programs_rely_on(isocenter: Isocenter, copied: Path) -> None:
    answer = isocenter("audit", copied, "--json")
    assert answer.status == 0
    assert {"findings", "proposed_patients"} <= answer.json.keys()
    first = answer.json["findings"][0]
    assert {"kind", "severity", "scans", "reason", "action"} <= first.keys()
    assert (first["kind"], first["severity"]) == ("leak", "error")
    assert [Path(scan).name for scan in first["scans"]] == ["image.png", "again.png"]
    assert first["patients"] == ["P-001", "P-003"]
    assert {one["kind"] for one in answer.json["findings"]} <= set(KINDS)


def test_only_some_kinds_are_looked_for(isocenter: Isocenter, copied: Path) -> None:
    answer = isocenter("audit", copied, "--json", "--only", "duplicate", "--only", "geometry")
    assert {one["kind"] for one in answer.json["findings"]} == {"duplicate", "geometry"}


def test_people_read_what_and_what_to_do(isocenter: Isocenter, copied: Path) -> None:
    told = " ".join(isocenter("audit", copied, "--only", "duplicate").out.split())
    assert "Errors: 1" in told
    assert "Find out whose picture it is" in told
    assert "again.png" in told


def test_an_unknown_kind_is_one_clear_line(isocenter: Isocenter, copied: Path) -> None:
    answer = isocenter("audit", copied, "--only", "leek")
    assert (answer.status, answer.out) == (1, "")
    assert "Did you mean 'leak'?" in answer.err


def test_no_patient_of_the_source_is_named(isocenter: Isocenter, tmp_path: Path) -> None:
    planted = Planted(tmp_path / "project", 12)
    planted.table["0003"]["diagnosis"] = "HEALTHY"
    findings = isocenter("audit", planted.workspace(), "--json").json["findings"]
    assert not [one for one in findings if "0003" in one["reason"] + one["action"]]


def test_a_kind_is_fixed_as_one_edit_that_can_be_undone(isocenter: Isocenter, tmp_path: Path) -> None:
    planted = Planted(tmp_path / "project", 12)
    for number in (0, 4):
        planted.file(number, "again.png").write_bytes(planted.file(number).read_bytes())
    workspace = planted.workspace()
    isocenter("audit", workspace)
    answer = isocenter("audit", workspace, "--fix", "duplicate", "--json")
    assert len(answer.json["fixed"]) == 2
    assert len([scan for scan in scans_of(workspace) if scan.excluded]) == 2
    with Workspace.open(workspace) as opened:
        opened.store.undo()
    assert not [scan for scan in scans_of(workspace) if scan.excluded]


def test_a_finding_is_fixed_by_its_number(isocenter: Isocenter, tmp_path: Path) -> None:
    planted = Planted(tmp_path / "project", 12)
    planted.table["0003"]["diagnosis"] = "HEALTHY"
    workspace = planted.workspace()
    findings = isocenter("audit", workspace, "--json").json["findings"]
    (number,) = [one["number"] for one in findings if one["kind"] == "label-clash"]
    answer = isocenter("audit", workspace, "--fix", number, "--json")
    assert answer.json["edit"]["words"] == "Merge HEALTHY into healthy"
    assert Workspace.peek(workspace).cohort().classes("diagnosis") == ["demented", "healthy"]


def test_a_broken_picture_is_repaired_by_a_command(isocenter: Isocenter, tmp_path: Path) -> None:
    planted = Planted(tmp_path / "project", 12)
    cut(planted.file(4))
    workspace = planted.workspace()
    answer = isocenter("audit", workspace, "--fix", "truncated")
    assert "Replace 1 scan by a copy: done" in answer.out
    assert len(Workspace.peek(workspace).cohort().by_key["P-005"].scans) == 2


def test_numbers_of_an_audit_of_another_cohort_are_refused(isocenter: Isocenter, copied: Path) -> None:
    isocenter("audit", copied)
    with Workspace.open(copied) as opened:
        opened.store.exclude(1, "by hand")
    answer = isocenter("audit", copied, "--fix", "1")
    assert answer.status == 1
    assert "was not audited as it is now" in answer.err


def test_what_has_no_remedy_is_said(isocenter: Isocenter, copied: Path) -> None:
    answer = isocenter("audit", copied, "--fix", "leak")
    assert answer.status == 1
    assert "nothing can be done here about 'leak'" in answer.err


def test_a_finding_is_dismissed_with_a_reason_and_counted_apart(isocenter: Isocenter, copied: Path) -> None:
    before = isocenter("audit", copied, "--json").json
    (number,) = [one["number"] for one in before["findings"] if one["kind"] == "duplicate"]
    assert isocenter("audit", copied, "--dismiss", number).status == 1
    isocenter("audit", copied, "--dismiss", number, "--reason", "one person, two numbers")
    after = isocenter("audit", copied, "--json").json
    assert after["counts"]["error"] == before["counts"]["error"] - 1
    (gone,) = after["dismissed"]
    assert (gone["kind"], gone["dismissed"]["reason"]) == ("duplicate", "one person, two numbers")
    assert "one person, two numbers" in isocenter("audit", copied).out


def test_proposed_patients_are_accepted(isocenter: Isocenter, tmp_path: Path) -> None:
    write_stacks(tmp_path / "scans", 8, 16, SHAPE)
    import_as_workspace(tmp_path / "scans", tmp_path / "study")
    answer = isocenter("audit", tmp_path / "study", "--accept-patients", "--json")
    assert answer.json["edit"]["words"].startswith("Group ")
    cohort = Workspace.peek(tmp_path / "study").cohort()
    assert cohort.likely_patients
    assert len(cohort.patients) < 8 * 16 / 4


def test_one_division_is_looked_at_alone(isocenter: Isocenter, tmp_path: Path) -> None:
    workspace = Planted(tmp_path / "project", 12).workspace()
    assert isocenter("audit", workspace, "--only", "leak", "--division", "sex", "--json").json["division"] == "sex"
    answer = isocenter("audit", workspace, "--division", "sx")
    assert "Did you mean 'sex'?" in answer.err


def scans_of(workspace: Path) -> list[Scan]:
    return Workspace.peek(workspace).cohort().scans
