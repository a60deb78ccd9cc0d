"""Reports are kept, and held against the cohort as it is by then."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.audit import AuditReport, Dismissal, apply, audit, dismiss, dismissed, keep_report, kept_report
from engine.audit.dismissing import take_up_again
from engine.audit.report import state_of
from engine.audit.standing import settled
from engine.cohort import Workspace
from engine.cohort.edits import ExcludeScans, SetLabel
from engine.errors import CohortError
from tests.helpers.faults import faulty
from tests.helpers.planted import Planted


@pytest.fixture
def copied(planted: Planted) -> Path:
    planted.file(0, "again.png").write_bytes(planted.file(0).read_bytes())
    return planted.workspace()


def open_kinds(report: AuditReport, workspace: Workspace) -> list[str]:
    """The kinds of findings that still hold."""
    cohort = workspace.cohort()
    scans = {scan.id: scan for scan in cohort.scans}
    return [one.kind for one in report.findings if not settled(one, cohort, scans)]


def test_a_report_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    workspace = Workspace.peek(faulty(tmp_path / "project")[0])
    report = audit(workspace)
    keep_report(report, workspace.path)
    assert kept_report(workspace.path, workspace.cohort()) == report


def test_a_damaged_report_is_none(copied: Path) -> None:
    keep_report(audit(Workspace.peek(copied)), copied)
    place = copied / "audit" / "report.json"
    for text in ("", "[]", "{}", place.read_text(encoding="utf-8")[:-20], place.read_text().replace('"kind"', '"kin"')):
        place.write_text(text, encoding="utf-8")
        assert kept_report(copied, Workspace.peek(copied).cohort()) is None


def test_a_report_without_its_scans_loses_the_findings_about_them(copied: Path) -> None:
    cohort = Workspace.peek(copied).cohort()
    keep_report(audit(Workspace.peek(copied)), copied)
    fewer = replace(cohort, patients=cohort.patients[1:])
    report = kept_report(copied, fewer)
    assert report is not None
    assert "duplicate" not in {one.kind for one in report.findings}


def test_a_finding_is_settled_by_its_remedy_and_open_again_when_that_is_undone(copied: Path) -> None:
    with Workspace.open(copied) as workspace:
        report = audit(workspace, ["duplicate"])
        (finding,) = report.findings
        assert open_kinds(report, workspace) == ["duplicate"]
        assert finding.remedy is not None
        apply(finding.remedy, workspace)
        assert open_kinds(report, workspace) == []
        workspace.store.undo()
        assert open_kinds(report, workspace) == ["duplicate"]


def test_a_finding_is_settled_by_hand_too(copied: Path) -> None:
    with Workspace.open(copied) as workspace:
        report = audit(workspace, ["duplicate"])
        workspace.store.edit(ExcludeScans((report.findings[0].scans[0].id,), "by hand"))
        assert open_kinds(report, workspace) == []


def test_merged_spellings_are_settled(planted: Planted) -> None:
    planted.table["0003"]["diagnosis"] = "HEALTHY"
    with Workspace.open(planted.workspace()) as workspace:
        report = audit(workspace, ["label-clash"])
        assert open_kinds(report, workspace) == ["label-clash"]
        workspace.store.edit(SetLabel(("P-003",), "diagnosis", "healthy"))
        assert open_kinds(report, workspace) == []


def test_the_state_tells_whether_the_cohort_changed(copied: Path) -> None:
    with Workspace.open(copied) as workspace:
        before = state_of(workspace.cohort())
        for edit in (ExcludeScans((1,), "by hand"), SetLabel(("P-001",), "diagnosis", "other")):
            workspace.store.edit(edit)
            assert state_of(workspace.cohort()) != before
            workspace.store.undo()
            assert state_of(workspace.cohort()) == before


def test_a_finding_keeps_its_key_whatever_its_figures_are(copied: Path) -> None:
    (finding,) = audit(Workspace.peek(copied), ["duplicate"]).findings
    confounder = replace(finding, scans=(), reason="Covariate 'age' alone predicts 'x1' (AUC 0.91, p = 0.002).")
    other = replace(confounder, reason="Covariate 'age' alone predicts 'x1' (AUC 0.87, p = 0.004).")
    assert confounder.key == other.key
    assert confounder.key != replace(confounder, reason=confounder.reason.replace("x1", "x2")).key
    assert finding.key != replace(finding, scans=finding.scans[:1]).key


def test_dismissals_are_kept_with_who_and_why(copied: Path) -> None:
    dismiss(copied, "abc", " on purpose ")
    dismiss(copied, "def", "known")
    kept = dismissed(copied)
    assert {key: one.reason for key, one in kept.items()} == {"abc": "on purpose", "def": "known"}
    assert isinstance(kept["abc"], Dismissal)
    assert kept["abc"].made
    assert set(take_up_again(copied, "abc")) == set(dismissed(copied)) == {"def"}


def test_nothing_is_dismissed_without_a_reason(copied: Path) -> None:
    with pytest.raises(CohortError, match="with a reason"):
        dismiss(copied, "abc", "  ")
