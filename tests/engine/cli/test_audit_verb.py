"""audit: what other programs, and people, get of it."""

from pathlib import Path

import pytest

from engine.audit import KINDS
from tests.engine.cli.conftest import Isocenter
from tests.helpers.planted import Planted


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
