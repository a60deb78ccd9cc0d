"""Reading a source again: news come in, edits stay, and everything that differs is told."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.cohort import (
    ImportPlan,
    ImportReport,
    Workspace,
    import_as_workspace,
    import_folder,
    import_found,
    look_into,
)
from engine.cohort.edits import (
    ExcludeScans,
    GroupScans,
    RenameClasses,
    ReplaceScans,
    SetLabel,
    SetRole,
    SetScanLabel,
    SetVisit,
)
from engine.cohort.intake.left_alone import left_alone
from engine.cohort.intake.refreshing import exclude_gone, refresh
from engine.cohort.intake.sources import sources_of
from engine.errors import CohortError
from engine.imaging import open_scan
from tests.helpers.cohorts import write_scans, write_source, write_table
from tests.helpers.dicom_files import write_series
from tests.helpers.layouts import write_bids
from tests.helpers.plain_pictures import write_classes, write_picture

CLASSES = ImportPlan("class-folders")


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """Three pictures each of two classes."""
    return write_classes(tmp_path / "films")


@pytest.fixture
def study(tmp_path: Path, films: Path) -> Iterator[Workspace]:
    """A workspace that holds them, open."""
    import_as_workspace(films, tmp_path / "study", CLASSES)
    with Workspace.open(tmp_path / "study") as opened:
        yield opened


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace of three patients with a table that says who is ill, open."""
    write_source(tmp_path / "people", ["a", "b", "c"])
    tell(tmp_path, a="ill", b="well", c="well")
    import_as_workspace(tmp_path / "people", tmp_path / "ward")
    with Workspace.open(tmp_path / "ward") as opened:
        yield opened


def tell(folder: Path, **said: str) -> None:
    """Write the label table anew."""
    write_table(folder / "people" / "labels.csv", [["patient", "state"], *map(list, said.items())])


def again(workspace: Workspace) -> ImportReport:
    (source,) = sources_of(workspace)
    return refresh(workspace, source)


def states(report: ImportReport) -> list[str]:
    return [patient.label("state") for patient in report.cohort.patients]


def touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


def test_nothing_new_changes_nothing(study: Workspace) -> None:
    before = study.cohort()
    report = again(study)
    assert (report.cohort, report.new, report.unchanged) == (before, 0, 6)
    assert (report.changed, report.vanished, report.labels) == ((), (), ())


def test_a_new_picture_comes_in_and_gets_the_next_pseudonym(study: Workspace, films: Path) -> None:
    write_picture(films / "fractured" / "0000.png", 99)
    report = again(study)
    assert (report.new, report.unchanged, report.cohort.patients[-1].key) == (1, 6, "P-007")
    assert report.cohort.patients[-1].label("class") == "fractured"


def test_another_picture_under_the_same_name_is_told_as_changed(study: Workspace, films: Path) -> None:
    write_picture(films / "healthy" / "0002.png", 77)
    report = again(study)
    assert [scan.path for scan in report.changed] == [films / "healthy" / "0002.png"]
    assert len({scan.digest for scan in report.cohort.scans}) == 6


def test_a_file_that_was_only_touched_is_unchanged(study: Workspace, films: Path) -> None:
    touch(films / "healthy" / "0002.png")
    assert (again(study).unchanged, again(study).changed) == (6, ())


def test_a_file_that_was_not_touched_is_not_read(study: Workspace, films: Path) -> None:
    kept = (films / "healthy" / "0002.png").stat()
    write_picture(films / "healthy" / "0002.png", 5)
    other = (films / "healthy" / "0002.png").read_bytes()[: kept.st_size].ljust(kept.st_size, b"\0")
    (films / "healthy" / "0002.png").write_bytes(other)
    os.utime(films / "healthy" / "0002.png", ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert again(study).changed == ()


def test_a_scan_whose_file_vanished_stays_marked_and_takes_part_in_no_run(study: Workspace, films: Path) -> None:
    (films / "healthy" / "0002.png").unlink()
    report = again(study)
    (gone,) = [scan for scan in report.cohort.scans if scan.gone]
    assert [scan.path for scan in report.vanished] == [gone.path] == [films / "healthy" / "0002.png"]
    assert (len(report.cohort.scans), gone.kept_out, gone.excluded) == (6, "its files are gone", "")


def test_a_file_that_came_back_is_no_longer_gone(study: Workspace, films: Path) -> None:
    hidden = (films / "healthy" / "0002.png").rename(films.parent / "aside.png")
    again(study)
    exclude_gone(study, sources_of(study)[0])
    hidden.rename(films / "healthy" / "0002.png")
    report = again(study)
    assert not any(scan.gone or scan.excluded for scan in report.cohort.scans)


def test_vanished_scans_are_excluded_only_on_request_and_that_can_be_undone(study: Workspace, films: Path) -> None:
    (films / "healthy" / "0002.png").unlink()
    again(study)
    assert exclude_gone(study, sources_of(study)[0]) is not None
    assert [scan.excluded for scan in study.cohort().scans if scan.gone] == ["its files are gone"]
    study.store.undo()
    assert not any(scan.excluded for scan in study.cohort().scans)


def test_a_scan_that_was_not_chosen_this_time_is_not_called_vanished(study: Workspace, films: Path) -> None:
    with look_into(films) as found:
        report = import_found(found.only(found.scans[:2]), films, study)
    assert (report.vanished, report.unchanged, len(report.cohort.scans)) == ((), 2, 6)


def test_scans_that_were_left_out_do_not_come_back(tmp_path: Path, films: Path) -> None:
    with look_into(films) as found:
        chosen = found.only(found.scans[1:])
        plan = ImportPlan("class-folders", left_out=left_alone(found, chosen, films))
        import_as_workspace(films, tmp_path / "study", plan, found=chosen)
    with Workspace.open(tmp_path / "study") as study:
        first, second = again(study), again(study)
        assert (first.new, first.left_alone, second.new, second.left_alone) == (0, 1, 0, 1)
        assert import_folder(films, study).new == 1
        assert (again(study).unchanged, again(study).left_alone) == (6, 0)


def test_a_picture_moved_to_another_class_is_the_same_patient_of_that_class(study: Workspace, films: Path) -> None:
    moved = study.cohort().patients[0]
    study.store.edit(SetLabel((moved.key,), "side", "left"))
    moved.scans[0].path.rename(films / "healthy" / "0009.png")
    report = again(study)
    assert (report.new, report.unchanged, report.vanished) == (0, 5, ())
    assert [scan.path for scan in report.moved] == [films / "healthy" / "0009.png"]
    assert (patient := report.cohort.by_key[moved.key]).labels == {"class": "healthy", "side": "left"}
    assert [scan.id for scan in patient.scans] == [moved.scans[0].id]
    assert (again(study).unchanged, again(study).moved) == (6, ())


def test_a_class_set_by_hand_stays_when_the_picture_is_moved(study: Workspace, films: Path) -> None:
    moved = study.cohort().patients[0]
    study.store.edit(SetLabel((moved.key,), "class", "doubtful"))
    moved.scans[0].path.rename(films / "healthy" / "0009.png")
    assert again(study).cohort.by_key[moved.key].label("class") == "doubtful"


def test_another_picture_at_the_former_place_of_a_moved_one_is_another_patient(study: Workspace, films: Path) -> None:
    moved = study.cohort().patients[0]
    place = moved.scans[0].path
    place.rename(films / "healthy" / "0009.png")
    again(study)
    write_picture(place, 55)
    report = again(study)
    assert (report.new, report.cohort.patients[-1].label("class")) == (1, "fractured")
    assert [len(patient.scans) for patient in report.cohort.patients] == [1] * 7


def test_a_copy_of_a_picture_that_is_still_there_was_not_moved(study: Workspace, films: Path) -> None:
    shutil.copy(study.cohort().scans[0].path, films / "healthy" / "0009.png")
    assert (again(study).new, again(study).moved) == (1, ())


def test_a_folder_of_a_patient_that_was_renamed_is_the_same_patient(people: Workspace, tmp_path: Path) -> None:
    (tmp_path / "people" / "a").rename(tmp_path / "people" / "z")
    tell(tmp_path, z="ill", b="well", c="well")
    report = again(people)
    assert (report.new, len(report.moved), report.vanished) == (0, 2, ())
    assert [patient.source_id for patient in report.cohort.patients] == ["z", "b", "c"]
    assert states(report) == ["ill", "well", "well"]


def test_a_table_that_was_not_renamed_along_takes_no_label_away(people: Workspace, tmp_path: Path) -> None:
    (tmp_path / "people" / "a").rename(tmp_path / "people" / "z")
    first, second = again(people), again(people)
    assert states(first) == states(second) == ["ill", "well", "well"]
    assert first.labels == second.labels == ()


def test_a_scan_put_into_the_folder_of_another_patient_goes_over_to_that_one(people: Workspace, tmp_path: Path) -> None:
    scan = people.cohort().patients[0].scans[0]
    scan.path.rename(tmp_path / "people" / "b" / f"x{scan.path.name}")
    report = again(people)
    assert [len(patient.scans) for patient in report.cohort.patients] == [1, 3, 2]
    assert ([one.id for one in report.moved], report.vanished) == ([scan.id], ())


def test_a_mended_copy_in_the_workspace_never_vanished(study: Workspace) -> None:
    copy = study.path / "repaired" / "0001.png"
    write_picture(copy, 3)
    scan = study.cohort().scans[0]
    mended = replace(scan, id=0, source=replace(scan.source, files=(copy,)), digest="mended", stamp="")
    study.store.edit(ReplaceScans(((scan.id, mended),), "truncated"))
    report = again(study)
    assert (report.new, report.vanished) == (0, ())
    assert [one.gone for one in report.cohort.patients[0].scans] == [False, False]


def test_a_label_corrected_in_the_table_comes_in(people: Workspace, tmp_path: Path) -> None:
    tell(tmp_path, a="ill", b="ill", c="well")
    report = again(people)
    assert states(report) == ["ill", "ill", "well"]
    assert [(one.patient, one.had, one.now, one.taken) for one in report.labels] == [("P-002", "well", "ill", True)]


def test_a_label_edited_by_hand_stays_and_what_the_table_says_is_told(people: Workspace, tmp_path: Path) -> None:
    people.store.edit(SetLabel(("P-002",), "state", "unsure"))
    tell(tmp_path, a="ill", b="ill", c="well")
    report = again(people)
    assert states(report) == ["ill", "unsure", "well"]
    assert [(one.patient, one.had, one.now, one.taken) for one in report.labels] == [("P-002", "unsure", "ill", False)]


def test_an_edit_is_no_news_while_the_table_stays_as_it_was(people: Workspace) -> None:
    people.store.edit(SetLabel(("P-002",), "state", "unsure"))
    report = again(people)
    assert (states(report), report.labels) == (["ill", "unsure", "well"], ())


def test_a_label_blanked_in_the_table_is_taken_away_unless_it_was_edited(people: Workspace, tmp_path: Path) -> None:
    people.store.edit(SetLabel(("P-003",), "state", "ill"))
    tell(tmp_path, a="ill", b="", c="")
    report = again(people)
    assert states(report) == ["ill", "", "ill"]
    assert [(one.patient, one.now, one.taken) for one in report.labels] == [("P-002", "", True), ("P-003", "", False)]


def test_a_label_taken_away_by_hand_does_not_come_back(people: Workspace) -> None:
    people.store.edit(SetLabel(("P-001",), "state", ""))
    assert states(again(people)) == ["", "well", "well"]


def test_an_edit_that_was_undone_leaves_the_label_to_the_source(people: Workspace, tmp_path: Path) -> None:
    people.store.edit(SetLabel(("P-002",), "state", "unsure"))
    people.store.undo()
    tell(tmp_path, a="ill", b="ill", c="well")
    assert states(again(people)) == ["ill", "ill", "well"]


def test_classes_that_were_merged_by_hand_stay_merged(people: Workspace) -> None:
    people.store.edit(RenameClasses("state", ("ill", "well"), "seen"))
    assert states(again(people)) == ["seen"] * 3


def test_two_sources_that_contradict_each_other_leave_the_first_label(people: Workspace, tmp_path: Path) -> None:
    source = write_source(tmp_path / "other", ["b"], seed=5)
    write_table(source / "labels.csv", [["patient", "state"], ["b", "ill"]])
    report = import_folder(source, people)
    assert (states(report)[1], [one.taken for one in report.labels]) == ("well", [False])


def test_roles_and_visits_set_by_hand_stay(people: Workspace) -> None:
    scan = people.cohort().scans[0].id
    people.store.edit(SetRole((scan,), "flair"), SetVisit((scan,), "2"))
    kept = next(one for one in again(people).cohort.scans if one.id == scan)
    assert (kept.role, kept.visit) == ("flair", "2")


def test_the_own_label_of_a_scan_set_by_hand_stays(tmp_path: Path) -> None:
    import_as_workspace(write_bids(tmp_path / "bids"), tmp_path / "study")
    with Workspace.open(tmp_path / "study") as study:
        scan = next(scan for scan in study.cohort().scans if scan.labels)
        study.store.edit(SetScanLabel((scan.id,), "diagnosis", "severe"))
        again(study)
        assert next(one for one in study.cohort().scans if one.id == scan.id).labels == {"diagnosis": "severe"}


def test_scans_that_were_grouped_as_one_patient_stay_together(study: Workspace, films: Path) -> None:
    scans = tuple(scan.id for scan in study.cohort().scans[:3])
    study.store.edit(GroupScans((scans,), likely=True))
    before = study.cohort()
    assert again(study).cohort == before


def test_an_excluded_scan_stays_excluded(study: Workspace) -> None:
    study.store.edit(ExcludeScans((study.cohort().scans[0].id,), "motion"))
    assert [scan.excluded for scan in again(study).cohort.scans if scan.excluded] == ["motion"]


def test_a_folder_that_is_not_there_says_how_to_relink_and_changes_nothing(study: Workspace, films: Path) -> None:
    before = study.cohort()
    films.rename(films.parent / "moved")
    with pytest.raises(CohortError, match="the folder of the source 'films' is not there") as caught:
        again(study)
    assert "relink" in caught.value.hint
    assert study.cohort() == before


def test_a_series_whose_first_slice_went_is_the_same_scan(tmp_path: Path) -> None:
    files = write_series(tmp_path / "scans", np.ones((5, 8, 8), np.int16), np.eye(4))
    import_as_workspace(tmp_path / "scans", tmp_path / "study")
    sorted(files)[0].unlink()
    with Workspace.open(tmp_path / "study") as study:
        report = again(study)
    assert (report.new, len(report.changed), len(report.cohort.scans)) == (0, 1, 1)


def test_an_archive_that_changed_is_the_same_source_with_the_same_patients(tmp_path: Path) -> None:
    write_source(tmp_path / "packed" / "study", 3)
    archive = Path(shutil.make_archive(str(tmp_path / "scans"), "zip", tmp_path / "packed"))
    import_as_workspace(archive, tmp_path / "w")
    write_scans(tmp_path / "packed" / "study" / "0004", "healthy", 2, np.random.default_rng(8))
    shutil.make_archive(str(tmp_path / "scans"), "zip", tmp_path / "packed")
    with Workspace.open(tmp_path / "w") as workspace:
        report = again(workspace)
        assert (report.new, report.unchanged, report.vanished) == (2, 6, ())
    with Workspace.open(tmp_path / "w") as workspace:
        assert all(open_scan(scan.source).load().frames for scan in workspace.cohort().scans)
        assert len(list(workspace.unpacked_dir.iterdir())) == 1


EDITS: list[Callable[[Workspace], object]] = [
    lambda study: study.store.edit(SetLabel((study.cohort().patients[0].key,), "class", "odd")),
    lambda study: study.store.edit(ExcludeScans((study.cohort().scans[1].id,), "blurred")),
    lambda study: study.store.edit(SetRole((study.cohort().scans[2].id,), "side")),
    lambda study: study.store.edit(GroupScans((tuple(scan.id for scan in study.cohort().scans[2:4]),))),
    lambda study: study.store.edit(RenameClasses("class", ("fractured",), "broken")),
    lambda study: study.store.undo(),
]


@settings(max_examples=12)
@given(chosen=st.lists(st.sampled_from(EDITS), max_size=5))
def test_importing_again_never_changes_what_people_did(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[Callable[[Workspace], object]]
) -> None:
    folder = tmp_path_factory.mktemp("again")
    import_as_workspace(write_classes(folder / "films", 2), folder / "study", CLASSES)
    with Workspace.open(folder / "study") as study:
        for edit in chosen:
            edit(study)
        before = study.cohort()
        assert again(study).cohort == before
        assert import_folder(folder / "films", study, CLASSES).cohort == before
