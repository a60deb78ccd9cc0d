"""Importing: everything that can be read comes in, everything else is named, and a source is never changed."""

import hashlib
import os
import shutil
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.cohort import Cohort, ImportPlan, ImportReport, Workspace, import_folder, import_found, look_into
from engine.control import Control
from engine.errors import Cancelled, CohortError, RegistryError
from tests.helpers.cohorts import make_workspace, write_scans, write_source, write_table
from tests.helpers.unprivileged import public_folder, without_rights

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file names and permissions")


def dry(source: Path, labels: Path | None = None) -> ImportReport:
    return import_folder(source, None, ImportPlan(table=labels))


def cohort_of(workspace: Path) -> Cohort:
    return Workspace.peek(workspace).cohort()


def content(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def flat(folder: Path, *names: str) -> Path:
    """Scans side by side under the given names."""
    for name in names:
        write_scans(folder / "one", "healthy", 1, np.random.default_rng(0))
        (folder / "one" / "T1.nii.gz").replace(folder / name)
        shutil.rmtree(folder / "one")
    return folder


def test_every_folder_is_a_patient_with_its_scans_by_role(workspace: Path) -> None:
    cohort = cohort_of(workspace)
    assert [patient.key for patient in cohort.patients] == [f"P-{number:03d}" for number in range(1, 9)]
    assert {(scan.role, scan.frames) for scan in cohort.scans} == {("T1", 10), ("T2", 9)}
    assert cohort.level == "patient"


def test_the_table_gives_labels_and_covariates(tmp_path: Path) -> None:
    source = write_source(tmp_path, 2, columns={"age": ["61", "70"]})
    patient = dry(source).cohort.patients[1]
    assert (patient.labels, patient.covariates) == ({"diagnosis": "osteoporotic"}, {"age": "70"})


def test_a_patient_without_a_label_comes_in_without(tmp_path: Path) -> None:
    source = write_source(tmp_path, ["a", "b"], labels={"a": "healthy"})
    assert [patient.labels for patient in dry(source).cohort.patients] == [{"diagnosis": "healthy"}, {}]


def test_contradictory_labels_are_reported_and_the_patient_has_none(tmp_path: Path) -> None:
    source = write_source(tmp_path, ["a", "b"])
    table = write_table(tmp_path / "two.csv", [["patient", "diagnosis"], ["a", "x"], ["a", "y"], ["b", "x"]])
    report = dry(source, table)
    assert [patient.labels for patient in report.cohort.patients] == [{}, {"diagnosis": "x"}]
    assert [item.reason for item in report.skipped] == [
        "the label table gives its patient several values of 'diagnosis', so it has none"
    ]


@pytest.mark.parametrize("patient", ["1", "2", "Müller, Jürgen (★)", "患者 01", "sub_01", "#50% of them?"])
def test_roles_and_labels_are_found_whatever_the_patient_is_called(tmp_path: Path, patient: str) -> None:
    source = write_source(tmp_path / "with space", [patient, "other"])
    workspace = make_workspace(tmp_path / "my study #1 50%?", source)
    found = next(one for one in cohort_of(workspace).patients if one.source_id == patient)
    assert [scan.role for scan in found.scans] == ["T1", "T2"]
    assert found.labels == {"diagnosis": "healthy"}


@pytest.mark.parametrize(
    ("name", "role"),
    [("01_T1", "T1"), ("T1_01", "T1"), ("01-T1", "T1"), ("01_ses-2_T1w", "T1w"), ("01", "image"), ("T01", "T01")],
)
def test_the_role_is_the_last_word_that_does_not_name_the_patient(tmp_path: Path, name: str, role: str) -> None:
    write_source(tmp_path, ["01"])
    (tmp_path / "01" / "T2.nii.gz").unlink()
    (tmp_path / "01" / "T1.nii.gz").rename(tmp_path / "01" / f"{name}.nii.gz")
    assert [scan.role for scan in dry(tmp_path).cohort.scans] == [role]


def test_files_side_by_side_are_image_level(tmp_path: Path) -> None:
    source = flat(tmp_path, "a.nii.gz", "b.nii.gz")
    write_table(source / "labels.csv", [["file", "finding"], ["a.nii.gz", "yes"], ["b.nii.gz", "no"]])
    cohort = dry(source).cohort
    assert (cohort.level, [patient.labels["finding"] for patient in cohort.patients]) == ("image", ["yes", "no"])


def test_a_patient_column_gathers_files_to_patients(tmp_path: Path) -> None:
    source = flat(tmp_path, "a.nii.gz", "b.nii.gz", "c.nii.gz")
    rows = [["a.nii.gz", "X", "yes"], ["b.nii.gz", "X", "yes"], ["c.nii.gz", "Y", "no"]]
    write_table(source / "labels.csv", [["file", "patient", "finding"], *rows])
    cohort = dry(source).cohort
    assert (cohort.level, [len(patient.scans) for patient in cohort.patients]) == ("patient", [2, 1])


def test_one_file_of_an_unknown_patient_makes_the_cohort_image_level(tmp_path: Path) -> None:
    source = flat(tmp_path, "a.nii.gz", "b.nii.gz")
    write_table(source / "labels.csv", [["file", "patient", "x"], ["a.nii.gz", "X", "yes"], ["b.nii.gz", "", "no"]])
    assert dry(source).cohort.level == "image"


def test_an_id_that_only_names_the_file_is_no_patient(tmp_path: Path) -> None:
    source = flat(tmp_path, "a.nii.gz", "b.nii.gz")
    write_table(source / "labels.csv", [["id", "finding"], ["a", "yes"], ["b", "no"]])
    assert dry(source).cohort.level == "image"


def test_labels_on_which_the_files_of_a_patient_differ_are_left_out(tmp_path: Path) -> None:
    source = flat(tmp_path, "a.nii.gz", "b.nii.gz")
    write_table(source / "labels.csv", [["file", "patient", "x"], ["a.nii.gz", "X", "yes"], ["b.nii.gz", "X", "no"]])
    report = dry(source)
    assert (report.cohort.patients[0].labels, len(report.skipped)) == ({}, 1)


def test_a_broken_file_is_skipped_with_its_reason_and_the_rest_comes_in(tmp_path: Path) -> None:
    source = write_source(tmp_path, ["a", "b", "c"])
    (source / "a" / "T1.nii.gz").write_bytes(b"")
    (source / "b" / "T1.nii.gz").write_bytes(b"no scan")
    report = dry(source)
    assert [item.path.parent.name for item in report.skipped] == ["a", "b"]
    assert all(item.reason for item in report.skipped)
    assert [len(patient.scans) for patient in report.cohort.patients] == [1, 1, 2]


def test_pickled_objects_are_skipped(tmp_path: Path) -> None:
    source = write_source(tmp_path, ["a"])
    np.save(source / "a" / "PD.npy", np.array([{"run": "me"}], dtype=object), allow_pickle=True)
    assert [item.path.name for item in dry(source).skipped] == ["PD.npy"]


def test_a_folder_without_readable_scans_says_why(tmp_path: Path) -> None:
    source = write_source(tmp_path, ["a"])
    for scan in (source / "a").glob("*.nii.gz"):
        scan.write_bytes(b"")
    with pytest.raises(CohortError, match=r"no readable scans were found \(T1\.nii\.gz: "):
        dry(source)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CohortError, match="there is no such folder"):
        dry(tmp_path / "absent")


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").touch()
    with pytest.raises(CohortError, match="no readable scans were found"):
        dry(tmp_path)


def test_an_unknown_layout_names_the_nearest(source: Path) -> None:
    with pytest.raises(RegistryError) as caught:
        import_folder(source, None, ImportPlan("patient-folder"))
    assert caught.value.hint == "Did you mean 'patient-folders'?"


def test_a_dry_run_finds_the_same_and_writes_nothing(tmp_path: Path, source: Path) -> None:
    before = content(tmp_path)
    counts = dry(source).as_json()
    assert content(tmp_path) == before
    with Workspace.create(tmp_path / "study") as workspace:
        assert import_folder(source, workspace).as_json() == counts


def test_importing_again_adds_nothing_twice(source: Path, workspace: Path) -> None:
    before = cohort_of(workspace)
    with Workspace.open(workspace) as opened:
        assert import_folder(source, opened).cohort == before


def test_a_new_patient_gets_the_next_pseudonym(source: Path, workspace: Path) -> None:
    write_scans(source / "0000 first of all", "healthy", 2, np.random.default_rng(9))
    with Workspace.open(workspace) as opened:
        cohort = import_folder(source, opened).cohort
    assert (cohort.patients[-1].key, cohort.patients[-1].source_id) == ("P-009", "0000 first of all")


def test_an_excluded_scan_stays_excluded_when_imported_again(source: Path, workspace: Path) -> None:
    with Workspace.open(workspace) as opened:
        opened.store.exclude(1, "motion")
        import_folder(source, opened)
        assert opened.cohort().patients[0].scan("T1") is None


def test_a_cancelled_import_leaves_the_workspace_as_it_was(source: Path, workspace: Path) -> None:
    write_scans(source / "new", "healthy", 2, np.random.default_rng(9))
    before = content(workspace)
    control = Control()
    with Workspace.open(workspace) as opened, pytest.raises(Cancelled):
        import_folder(source, opened, progress=lambda done, total: control.cancel(), control=control)
    assert content(workspace)["workspace.db"] == before["workspace.db"]


def test_progress_counts_every_file(source: Path) -> None:
    told: list[tuple[int, int]] = []
    import_folder(source, None, progress=lambda done, total: told.append((done, total)))
    assert told == [(number, 16) for number in range(1, 17)]


def test_source_files_are_never_changed(tmp_path: Path, source: Path) -> None:
    before = content(source)
    make_workspace(tmp_path / "study", source)
    assert content(source) == before


def test_a_project_folder_that_moved_still_finds_its_scans(tmp_path: Path, workspace: Path) -> None:
    workspace.parent.rename(tmp_path / "elsewhere")
    assert all(scan.path.is_file() for scan in cohort_of(tmp_path / "elsewhere" / "study").scans)


def test_a_file_that_vanishes_meanwhile_is_skipped(source: Path) -> None:
    with look_into(source) as found:
        shutil.rmtree(source / "0008")
        report = import_found(found, source, None)
    assert [item.path.parent.name for item in report.skipped] == ["0008", "0008"]
    assert len(report.cohort.patients) == 7


def test_hidden_files_and_folders_are_passed_over(source: Path) -> None:
    shutil.copy(source / "0001" / "T1.nii.gz", source / "0001" / "._T1.nii.gz")
    shutil.copytree(source / "0001", source / ".trash")
    assert len(dry(source).cohort.scans) == 16


def test_a_workspace_inside_the_source_is_no_patient(source: Path) -> None:
    workspace = make_workspace(source / "study", source)
    np.save(workspace / "prepared.npy", np.ones((3, 3)))
    assert len(dry(source).cohort.patients) == 8


def test_a_workspace_is_no_source(workspace: Path) -> None:
    with pytest.raises(CohortError, match="this folder is a workspace"):
        dry(workspace)


@posix
def test_links_that_run_in_circles_are_passed_over(source: Path) -> None:
    (source / "0001" / "up").symlink_to(source, target_is_directory=True)
    (source / "0001" / "self.nii.gz").symlink_to(source / "0001" / "self.nii.gz")
    (source / "loop").symlink_to(source / "loop")
    assert len(dry(source).cohort.scans) == 16


@posix
def test_patients_whose_scans_are_links_to_one_file_each_keep_theirs(tmp_path: Path) -> None:
    source = write_source(tmp_path / "source", ["a", "b"])
    pool = tmp_path / "pool.nii.gz"
    (source / "a" / "T1.nii.gz").rename(pool)
    (source / "b" / "T1.nii.gz").unlink()
    for patient in ("a", "b"):
        (source / patient / "T1.nii.gz").symlink_to(pool)
    workspace = make_workspace(tmp_path / "study", source)
    assert [len(patient.scans) for patient in cohort_of(workspace).patients] == [2, 2]


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no such names")
def test_a_name_that_is_no_text_is_skipped_and_the_rest_comes_in(tmp_path: Path, source: Path) -> None:
    os.rename(os.fsencode(source / "0001"), os.fsencode(source) + b"/\xff\xfe")  # noqa: PTH104 - bytes
    with Workspace.create(tmp_path / "study") as workspace:
        report = import_folder(source, workspace)
    assert [item.reason for item in report.skipped].count("its name is not readable text") == 2
    assert len(report.cohort.patients) == 7


@posix
def test_a_folder_whose_files_may_not_be_reached_is_a_cohort_error() -> None:
    with public_folder() as folder:
        write_source(folder / "scans", ["b"])
        (folder / "scans" / "b").chmod(0o444)
        told = without_rights(folder, "import_folder(folder / 'scans', None)")
        (folder / "scans" / "b").chmod(0o755)
    assert told == "CohortError: no readable scans were found (T1.nii.gz: cannot be read: Permission denied)"


def test_two_threads_may_import_into_workspaces_of_their_own(tmp_path: Path, source: Path) -> None:
    made: list[Path] = []
    threads = [
        threading.Thread(target=lambda n=number: made.append(make_workspace(tmp_path / f"study {n}", source)))
        for number in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [cohort_of(path) for path in made] == [cohort_of(made[0])] * 2


def test_names_of_the_table_that_match_no_patient_are_told(tmp_path: Path) -> None:
    source = write_source(tmp_path / "scans", ["1", "2"])
    (source / "2").rename(source / "two")
    report = dry(source)
    assert [(item.path.name, item.reason) for item in report.skipped] == [
        ("labels.csv", "1 of its 2 names match no folder or file of the source")
    ]
