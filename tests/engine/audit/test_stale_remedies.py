"""A remedy that is asked for again, or after the cohort was changed by hand, does no more than is safe by then."""

from pathlib import Path

import pytest
from PIL import Image

from engine.audit import ExcludeScans, GroupPatients, apply, audit
from engine.audit.finding import Finding
from engine.cohort import Workspace, edits, import_as_workspace
from engine.cohort.dividing.division import Subjects, divide
from engine.cohort.dividing.saved_divisions import Division
from engine.cohort.edits.divisions import PutDivision
from engine.errors import CohortError
from engine.recipe import Choice
from tests.helpers.planted import CLASSES, SHAPE, Planted, cut, picture
from tests.helpers.slice_stacks import write_stacks


def found(workspace: Workspace, kind: str) -> Finding:
    (finding,) = audit(workspace, [kind]).findings
    return finding


@pytest.fixture
def thrice(planted: Planted) -> Path:
    """P-001 has the same picture three times."""
    for name in ("second.png", "third.png"):
        planted.file(0, name).write_bytes(planted.file(0).read_bytes())
    return planted.workspace()


def left(workspace: Workspace) -> list[str]:
    return [scan.path.name for scan in workspace.cohort().by_key["P-001"].scans if not scan.excluded]


def test_one_copy_stays_though_the_one_that_was_to_stay_was_excluded_by_hand(thrice: Path) -> None:
    with Workspace.open(thrice) as opened:
        copies = found(opened, "duplicate")
        opened.store.exclude(copies.scans[0].id, "by hand")
        assert copies.remedy is not None
        apply(copies.remedy, opened)
        assert left(opened) == ["second.png"]


def test_copies_that_were_labelled_apart_since_are_left_to_people(thrice: Path) -> None:
    with Workspace.open(thrice) as opened:
        copies = found(opened, "duplicate")
        opened.store.edit(edits.SetScanLabel((copies.scans[1].id,), "diagnosis", "demented"))
        assert copies.remedy is not None
        with pytest.raises(CohortError, match="nothing of this is left to do"):
            apply(copies.remedy, opened)
        assert len(left(opened)) == 3


@pytest.mark.parametrize("kind", ["duplicate", "truncated"])
def test_a_remedy_done_twice_is_one_edit(kind: str, planted: Planted) -> None:
    planted.file(0, "again.png").write_bytes(planted.file(0).read_bytes())
    cut(planted.file(4))
    with Workspace.open(planted.workspace()) as opened:
        remedy = found(opened, kind).remedy
        assert remedy is not None
        apply(remedy, opened)
        scans = opened.cohort().scans
        with pytest.raises(CohortError, match="it was done, or the cohort has changed since"):
            apply(remedy, opened)
        assert (opened.cohort().scans, len(opened.store.history())) == (scans, 1)


def test_likely_patients_of_whom_some_were_accepted_since_are_accepted_for_the_others(tmp_path: Path) -> None:
    write_stacks(tmp_path / "scans", 4, 16, SHAPE)
    import_as_workspace(tmp_path / "scans", tmp_path / "study")
    with Workspace.open(tmp_path / "study") as opened:
        remedy = found(opened, "leak").remedy
        assert isinstance(remedy, GroupPatients)
        apply(GroupPatients(remedy.groups[:1], likely=True), opened)
        assert apply(remedy, opened).words == f"Group {sum(map(len, remedy.groups[1:]))} scans as 3 patients"


def test_copies_of_what_is_tested_are_left_out_of_training_by_one_button(tmp_path: Path) -> None:
    for number in range(24):
        for part in ("train", "test") if number % 6 == 0 else ("train",):
            place = tmp_path / "scans" / part / CLASSES[number % 2] / f"{part} {number}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(picture(number)).save(place)
    import_as_workspace(tmp_path / "scans", tmp_path / "study")
    with Workspace.open(tmp_path / "study") as opened:
        leak = found(opened, "leak")
        (remedy,) = leak.others
        assert isinstance(remedy, ExcludeScans)
        apply(remedy, opened)
        gone = [scan.path.parent.parent.name for scan in opened.cohort().scans if scan.excluded]
        assert gone == ["train"] * 4
        assert audit(opened, ["leak"]).findings == ()


def test_likely_patients_that_were_accepted_are_kept_together_by_a_division_and_said_to_be_likely(
    tmp_path: Path,
) -> None:
    write_stacks(tmp_path / "scans", 6, 16, SHAPE, test_from=13)
    import_as_workspace(tmp_path / "scans", tmp_path / "study")
    with Workspace.open(tmp_path / "study") as opened:
        (remedy,) = [one.remedy for one in audit(opened, ["leak"]).findings if one.remedy is not None]
        apply(remedy, opened)
        (leak,) = audit(opened, ["leak"]).findings
        assert leak.reason == "The division by folders puts scans of one likely patient on both sides, 6 times."
        subjects = Subjects.of(opened.cohort(), ["class"])
        protocol = Choice(key="k-fold", folds=3)
        folds = tuple(divide(protocol, subjects, 0))
        opened.store.edit(PutDivision(Division.of("mine", protocol, 0, folds, subjects)))
        assert audit(opened, ["leak"], division="mine").findings == ()
        assert opened.cohort().level == "image"
