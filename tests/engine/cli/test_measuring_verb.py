"""measurements: what other programs, and people, get of what was measured."""

import csv
from pathlib import Path

from engine.cohort import Workspace
from engine.cohort.measuring.measurements import Measurement
from engine.measure import Distance, Rectangle, SlicePlane
from tests.engine.cli.conftest import Isocenter

PLANE = SlicePlane((0, 0, 30), (1, 0, 0), (0, 1, 0))
LINE = Distance(PLANE, ((0, 0, 30), (3, 4, 30)))
BOX = Rectangle(PLANE, ((-8, 8, 30), (0, 20, 30)))


def measure(workspace: Path) -> Path:
    """A length and an area on the T2 scan of the first patient."""
    peeked = Workspace.peek(workspace)
    scan = next(scan for scan in peeked.cohort().scans if scan.role == "T2")
    for shape, name in ((LINE, "height of L4"), (BOX, "body of L4")):
        peeked.store.put_measurement(Measurement(scan.id, shape, name))
    return workspace


def test_measurements_are_told_with_their_figures(isocenter: Isocenter, workspace: Path) -> None:
    line, box = isocenter("measurements", measure(workspace), "--json").json["measurements"]
    assert (line["patient"], line["role"], line["kind"], line["length_mm"]) == ("P-001", "T2", "distance", 5)
    assert (box["name"], box["area_mm2"], len(box["frames"]), box["frames"][0]["count"]) == ("body of L4", 96, 9, 24)


def test_measurements_are_saved_as_a_table(isocenter: Isocenter, workspace: Path, tmp_path: Path) -> None:
    answer = isocenter("measurements", measure(workspace), "--csv", tmp_path / "m.csv")
    rows = list(csv.DictReader((tmp_path / "m.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["name"] for row in rows] == ["height of L4"] + ["body of L4"] * 9
    assert "2 measurements are saved in" in answer.out


def test_those_of_one_scan_can_be_asked_for(isocenter: Isocenter, workspace: Path) -> None:
    measure(workspace)
    found = isocenter("measurements", workspace, "--patient", "P-001", "--role", "T2", "--json").json
    none = isocenter("measurements", workspace, "--role", "T1", "--json").json
    assert (len(found["measurements"]), none["measurements"]) == (2, [])


def test_a_patient_that_is_not_there_is_one_clear_line(isocenter: Isocenter, workspace: Path) -> None:
    answer = isocenter("measurements", workspace, "--patient", "P-0001")
    assert (answer.status, answer.err.count("isocenter: ")) == (1, 1)
    assert "P-001" in answer.err


def test_measurements_for_people_have_units(isocenter: Isocenter, workspace: Path) -> None:
    told = isocenter("measurements", measure(workspace)).out
    assert "5 mm" in told
    assert "96 mm²" in told
    assert "mean ± SD" in told


def test_nothing_measured_is_said(isocenter: Isocenter, workspace: Path) -> None:
    answer = isocenter("measurements", workspace)
    assert (answer.status, answer.out) == (0, "Nothing was measured yet.\n")


def test_measuring_changes_nothing(isocenter: Isocenter, workspace: Path) -> None:
    before = (measure(workspace) / "workspace.db").read_bytes()
    isocenter("measurements", workspace, "--json")
    assert (workspace / "workspace.db").read_bytes() == before


def test_a_table_that_cannot_be_written_is_one_clear_line(isocenter: Isocenter, workspace: Path) -> None:
    answer = isocenter("measurements", measure(workspace), "--csv", workspace)
    assert (answer.status, answer.err.count("isocenter: ")) == (1, 1)
