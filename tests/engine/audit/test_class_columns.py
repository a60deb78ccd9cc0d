"""What an audit says of label columns depends on whether they hold classes."""

from pathlib import Path

from engine.cohort import Workspace, edits, import_as_workspace
from engine.cohort.columns import Column
from tests.engine.audit.conftest import Audited
from tests.helpers.planted import SHAPE, Planted
from tests.helpers.slice_stacks import write_stacks


def test_measured_numbers_and_free_text_are_no_classes(planted: Planted, audited: Audited) -> None:
    for number, row in enumerate(planted.table.values()):
        row |= {"density": f"{50 + number * 0.13:.2f}", "remark": f"seen again in room {number}"}
    workspace = planted.workspace()
    with Workspace.open(workspace) as opened:
        for column in (Column("density", "label", "number"), Column("remark", "label", "text")):
            opened.store.edit(edits.PutColumn(column))
    assert audited(workspace, "imbalance", "label-clash").findings == ()


def test_many_small_classes_are_one_finding(planted: Planted, audited: Audited) -> None:
    for number, row in enumerate(planted.table.values()):
        row["diagnosis"] = f"kind {number % 20}"
    (finding,) = audited(planted.workspace(), "imbalance").findings
    assert finding.severity == "warn"
    assert finding.reason.startswith("'diagnosis': 20 classes have fewer than 10 patients each: 'kind 0' (2), ")


def test_where_patients_are_unknown_pictures_are_counted(tmp_path: Path, audited: Audited) -> None:
    write_stacks(tmp_path / "scans", 6, 1, SHAPE)
    import_as_workspace(tmp_path / "scans", tmp_path / "study")
    reasons = [one.reason for one in audited(tmp_path / "study", "imbalance").findings]
    assert reasons[0] == "'class': class 'demented' has 3 pictures; figures about it mean little."
