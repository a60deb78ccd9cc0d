"""BIDS: subjects, sessions, roles by suffix, the order of levels, and what is left out."""

import json
from pathlib import Path

import pytest

from engine.cohort import Workspace, import_folder
from engine.cohort.names.bids import bids_name, roles_of
from tests.helpers.cohorts import write_table
from tests.helpers.layouts import SEVERITY, labels_in, patients_of, previewed, write_bids, write_scan


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_bids(tmp_path / "bids")


def roles(*names: str) -> list[str]:
    found = [bids_name(Path(name)) for name in names]
    return roles_of(name for name in found if name is not None)


def test_it_is_recognised_by_its_names(source: Path) -> None:
    made = previewed(source)
    assert made.layout.info.key == "bids"
    (told,) = [way.reason for layout, way in made.ways if layout is made.layout]
    assert told == "14 scans of 6 subjects are named as BIDS asks"


def test_a_patient_per_subject_and_a_visit_per_session(source: Path) -> None:
    patients = patients_of(previewed(source))
    assert list(patients) == ["01", "02", "03", "04", "05", "06"]
    assert [(scan.role, scan.visit) for scan in patients["01"].scans] == [("T1w", "1"), ("T2w", "1"), ("T1w", "2")]


def test_classes_are_in_the_order_of_the_levels(source: Path, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "study") as workspace:
        cohort = import_folder(source, workspace).cohort
    assert (cohort.column("diagnosis").type, cohort.classes("diagnosis")) == ("ordinal", list(SEVERITY))
    assert cohort.column("age").type == "number"


def test_the_order_of_levels_may_mean_nothing(source: Path) -> None:
    (column,) = previewed(source, levels_in_order=False).arrangement.columns
    assert (column.type, column.classes) == ("category", SEVERITY)


def test_a_visit_at_which_a_label_has_changed_has_a_label_of_its_own(source: Path) -> None:
    made = previewed(source)
    first = patients_of(made)["01"]
    assert first.told.labels == {"diagnosis": "none"}
    assert [dict(scan.labels) for scan in first.scans] == [{}, {}, {"diagnosis": "mild"}]
    assert labels_in(made, "diagnosis") == {"none": 4, "mild": 6, "severe": 4}


def test_values_of_visits_alone_become_labels_and_covariates(source: Path) -> None:
    rows = [["ses-1", "steady", "61.5", "2020-01-01"], ["ses-2", "steady", "63.5", "2022-01-01"]]
    path = source / "sub-03" / "sub-03_sessions.tsv"
    write_table(path, [["session_id", "course", "age_at_visit", "acq_time"], *rows])
    told = patients_of(previewed(source))["03"].told
    assert told.labels["course"] == "steady"
    assert "acq_time" not in told.labels | told.covariates


def test_derivatives_are_left_out_unless_asked_for(source: Path) -> None:
    assert [reason for _, reason in previewed(source).arrangement.left_out] == [
        "it lies in derivatives: computed by others (option 'derivatives')"
    ]
    first = patients_of(previewed(source, derivatives=True))["01"]
    assert sorted(scan.role for scan in first.scans) == ["T1w", "T1w", "T2w", "smooth T1w"]


def test_subjects_may_be_listed_without_their_prefix(source: Path) -> None:
    write_table(source / "participants.tsv", [["participant_id", "diagnosis"], ["01", "none"], ["02", "severe"]])
    told = [patient.told.labels for patient in patients_of(previewed(source)).values()]
    assert told[:3] == [{"diagnosis": "none"}, {"diagnosis": "severe"}, {}]


@pytest.mark.parametrize("broken", ["no json", "[]", json.dumps({"diagnosis": {"Levels": ["a"]}})])
def test_levels_that_cannot_be_read_tell_nothing(source: Path, broken: str) -> None:
    (source / "participants.json").write_text(broken, encoding="utf-8")
    assert previewed(source).arrangement.columns == []


def test_a_table_of_visits_that_cannot_be_read_is_named(source: Path) -> None:
    (source / "sub-02" / "sub-02_sessions.tsv").write_text("session_id\n", encoding="utf-8")
    made = previewed(source)
    assert len(patients_of(made)) == 6
    assert "sub-02_sessions.tsv" in [path.name for path, _ in made.arrangement.left_out]


def test_two_data_sets_in_one_folder_keep_their_subjects_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_bids(tmp_path / "all" / name)
    patients = patients_of(previewed(tmp_path / "all"))
    assert len(patients) == 12
    assert patients["two/03"].told.labels == {"diagnosis": "mild"}


def test_other_kinds_of_images_are_taken_too(tmp_path: Path) -> None:
    for number in (1, 2):
        write_scan(tmp_path / f"sub-{number}" / "spect" / f"sub-{number}_trc-DaT_spect.nii.gz", number)
    patients = patients_of(previewed(tmp_path))
    assert [scan.role for patient in patients.values() for scan in patient.scans] == ["spect", "spect"]


def test_entities_that_tell_scans_of_a_visit_apart_are_in_all_roles() -> None:
    assert roles(
        "sub-1/anat/sub-1_acq-fast_T1w.nii", "sub-1/anat/sub-1_acq-fine_T1w.nii", "sub-2/anat/sub-2_acq-fast_T1w.nii"
    ) == ["acq-fast_T1w", "acq-fine_T1w", "acq-fast_T1w"]


def test_entities_that_tell_nothing_apart_are_in_no_role() -> None:
    assert roles("sub-1/anat/sub-1_acq-a_T1w.nii", "sub-2/anat/sub-2_acq-b_T1w.nii") == ["T1w", "T1w"]


def test_runs_are_repeats_of_one_role_and_echoes_are_not() -> None:
    names = [f"sub-1/func/sub-1_run-{run}_echo-{echo}_bold.nii" for run in (1, 2) for echo in (1, 2)]
    assert roles(*names) == ["echo-1_bold", "echo-2_bold", "echo-1_bold", "echo-2_bold"]


def test_folders_of_subjects_with_other_file_names_are_patient_folders(tmp_path: Path) -> None:
    for number in (1, 2):
        write_scan(tmp_path / f"sub-{number}" / "T1.nii.gz", number)
    assert previewed(tmp_path).layout.info.key == "patient-folders"
