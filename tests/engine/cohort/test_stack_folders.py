"""Folders of slices: one scan per folder, whose patient and class the folders tell."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cohort import Workspace, import_folder
from tests.helpers.cohorts import write_table
from tests.helpers.layouts import labels_in, patients_of, previewed, write_picture_stacks, write_pictures

SLICES = [f"slice_{number}" for number in range(8, 13)]


def test_the_pictures_of_a_folder_are_one_scan(tmp_path: Path) -> None:
    made = previewed(write_picture_stacks(tmp_path))
    assert made.layout.info.key == "picture-stacks"
    patients = patients_of(made)
    assert list(patients)[:3] == ["stage_1/patient_1", "stage_1/patient_2", "stage_2/patient_1"]
    assert {len(one.scans) for one in patients.values()} == {1}
    header = patients["stage_1/patient_1"].scans[0].header
    assert header.shape == (12, 10, 5)
    assert [path.stem for path in header.source.files] == SLICES


def test_the_folder_above_is_the_class_and_stages_are_in_order(tmp_path: Path) -> None:
    source = write_picture_stacks(tmp_path / "pictures")
    with Workspace.create(tmp_path / "study") as workspace:
        cohort = import_folder(source, workspace).cohort
    assert (cohort.level, len(cohort.patients), cohort.roles) == ("patient", 8, ["image"])
    assert cohort.column("class").type == "ordinal"
    assert {name: told["patients"] for name, told in cohort.counts()["class"].items()} == {
        f"stage_{number}": 2 for number in range(1, 5)
    }


def test_patients_may_lie_in_folders_of_parts_too(tmp_path: Path) -> None:
    for number in range(4):
        folder = tmp_path / ("train", "test")[number // 2] / ("healthy", "sick")[number % 2] / f"p{number}"
        write_pictures(folder, SLICES)
    patients = patients_of(previewed(tmp_path))
    assert [(name, one.told.covariates["part"]) for name, one in sorted(patients.items())] == [
        ("p0", "train"),
        ("p1", "train"),
        ("p2", "test"),
        ("p3", "test"),
    ]


def test_labels_may_come_of_a_table(tmp_path: Path) -> None:
    for name in ("0001", "0002"):
        write_pictures(tmp_path / name, SLICES)
    write_table(tmp_path / "labels.csv", [["patient", "stage"], ["0001", "1"], ["0002", "4"]])
    made = previewed(tmp_path)
    assert made.layout.info.key == "picture-stacks"
    assert labels_in(made, "stage") == {"1": 1, "4": 1}


def test_a_patient_may_have_a_folder_per_scan(tmp_path: Path) -> None:
    for number in range(4):
        write_pictures(tmp_path / f"P{number // 2}" / ("T1", "T2")[number % 2], SLICES)
    patients = patients_of(previewed(tmp_path))
    assert [[scan.role for scan in one.scans] for one in patients.values()] == [["T1", "T2"], ["T1", "T2"]]


def test_what_the_folders_mean_can_be_chosen(tmp_path: Path) -> None:
    write_picture_stacks(tmp_path)
    made = previewed(tmp_path, folders="patient/scan")
    assert (len(patients_of(made)), made.classes) == (4, {})


def test_a_picture_of_another_size_is_left_out_and_named(tmp_path: Path) -> None:
    write_picture_stacks(tmp_path)
    odd = tmp_path / "stage_1" / "patient_1" / "slice_13.png"
    Image.fromarray(np.zeros((4, 4), np.uint8)).save(odd)
    made = previewed(tmp_path, "picture-stacks", folders="class/patient")
    assert [(path.name, reason) for path, reason in made.arrangement.left_out] == [
        (odd.name, "it is of another size or depth than most pictures of its folder")
    ]
    assert patients_of(made)["stage_1/patient_1"].scans[0].header.shape == (12, 10, 5)


@pytest.mark.parametrize("names", [["front", "left", "right"], ["slice_1", "slice_2"]])
def test_few_pictures_or_pictures_of_other_names_are_no_stack(tmp_path: Path, names: list[str]) -> None:
    for number in range(3):
        write_pictures(tmp_path / f"P{number}", names)
    assert previewed(tmp_path).layout.info.key == "patient-folders"


def test_folders_called_as_classes_are_no_stacks(tmp_path: Path) -> None:
    for name in ("fractured", "normal"):
        write_pictures(tmp_path / name, [f"{number:04d}" for number in range(60)])
    assert previewed(tmp_path).layout.info.key == "class-folders"


def test_the_workspace_opens_what_was_stacked(tmp_path: Path) -> None:
    source = write_picture_stacks(tmp_path / "pictures")
    shutil.rmtree(source / "stage_4")
    with Workspace.create(tmp_path / "study") as workspace:
        cohort = import_folder(source, workspace).cohort
    assert {(scan.shape, scan.source.reader) for scan in cohort.scans} == {((12, 10, 5), "picture-stack")}
