"""Folders that are classes: told from folders of patients, divided in parts, of pictures, volumes or series."""

import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cohort import ImportReport, Workspace, import_folder
from engine.cohort.dividing.part_names import part_named
from engine.cohort.names.counting import counted_anew
from tests.helpers.cohorts import write_table
from tests.helpers.dicom_files import write_series
from tests.helpers.layouts import (
    STAGES,
    labels_in,
    patients_of,
    previewed,
    write_divided_classes,
    write_pictures,
    write_scan,
    write_several_sources,
)


def pictures(folder: Path, count: int, *classes: str) -> Path:
    for name in classes:
        (folder / name).mkdir(parents=True)
        for number in range(count):
            Image.fromarray(np.full((4, 4), number, np.uint8)).save(folder / name / f"{number:03d}.png")
    return folder


def found(source: Path) -> ImportReport:
    return import_folder(source, None)


def test_folders_of_many_pictures_are_classes_and_the_level_is_image(tmp_path: Path) -> None:
    report = found(pictures(tmp_path, 40, "fractured", "normal"))
    assert (report.layout, report.cohort.level, len(report.cohort.patients)) == ("class-folders", "image", 80)
    assert report.cohort.counts() == {
        "class": {"fractured": {"patients": 40, "scans": 40}, "normal": {"patients": 40, "scans": 40}}
    }


def test_the_deepest_folder_names_the_class(tmp_path: Path) -> None:
    pictures(tmp_path / "train", 40, "fractured", "normal")
    pictures(tmp_path / "test", 40, "fractured", "normal")
    assert set(found(tmp_path).cohort.counts()["class"]) == {"fractured", "normal"}


@pytest.mark.parametrize(("count", "layout", "scans"), [(1, "patient-folders", 1), (30, "picture-stacks", 1)])
def test_numbered_folders_of_a_few_pictures_are_patients(tmp_path: Path, count: int, layout: str, scans: int) -> None:
    report = found(pictures(tmp_path, count, "0001", "0002", "0003"))
    assert (report.layout, [len(patient.scans) for patient in report.cohort.patients]) == (layout, [scans] * 3)


@pytest.mark.parametrize(
    "names",
    [
        ("fractured", "normal"),
        ("AD", "CN", "MCI"),
        ("VeryMildDemented", "NonDemented"),
        ("stage_1", "stage_2"),
        ("kl0", "kl4"),
    ],
)
def test_folders_with_names_of_classes_are_classes_however_few_they_hold(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    assert found(pictures(tmp_path, 2, *names)).layout == "class-folders"


@pytest.mark.parametrize("names", [("anna", "bernd"), ("P01", "P02"), ("control_01", "control_02"), ("x", "y")])
def test_folders_with_other_names_are_patients_where_they_hold_few(tmp_path: Path, names: tuple[str, ...]) -> None:
    assert found(pictures(tmp_path, 2, *names)).layout == "patient-folders"


def test_parts_become_a_covariate_and_the_order_of_stages_is_known(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "study") as workspace:
        cohort = import_folder(write_divided_classes(tmp_path / "pictures"), workspace).cohort
    assert (cohort.level, len(cohort.patients), cohort.roles) == ("image", 32, ["image"])
    assert (cohort.column("class").type, cohort.classes("class")) == ("ordinal", list(STAGES))
    assert Counter(one.covariates["part"] for one in cohort.patients) == {"train": 16, "validation": 8, "test": 8}


@pytest.mark.parametrize("parts", [("train", "test"), ("Training", "TESTING"), ("train", "valid"), ("dev", "Test")])
@pytest.mark.parametrize("inside", [True, False])
def test_parts_may_lie_above_or_below_the_classes(tmp_path: Path, parts: tuple[str, ...], inside: bool) -> None:
    for part in parts:
        for name in ("b", "a"):
            place = Path(name, part) if inside else Path(part, name)
            write_pictures(tmp_path / place, [f"{part}{name}{number}" for number in range(2)])
    made = previewed(tmp_path)
    assert made.layout.info.key == "class-folders"
    assert labels_in(made, "class") == {"a": 4, "b": 4}
    assert {one.told.covariates["part"] for one in made.arrangement.patients} == {part_named(part) for part in parts}


def test_what_label_and_part_are_called_can_be_chosen(tmp_path: Path) -> None:
    made = previewed(write_divided_classes(tmp_path), label="dementia", part="split")
    assert set(made.classes) == {"dementia"}
    assert {column for one in made.arrangement.patients for column in one.told.covariates} == {"split"}


def test_one_part_alone_divides_nothing(tmp_path: Path) -> None:
    write_divided_classes(tmp_path)
    for part in ("val", "test"):
        shutil.rmtree(tmp_path / part)
    made = previewed(tmp_path)
    assert labels_in(made, "class") == dict.fromkeys(STAGES, 4)
    assert all(not one.told.covariates for one in made.arrangement.patients)


def test_volumes_may_lie_in_folders_of_classes(tmp_path: Path) -> None:
    for number in range(6):
        write_scan(tmp_path / ("AD", "CN")[number % 2] / f"scan{number}.nii.gz", number)
    made = previewed(tmp_path)
    assert (made.layout.info.key, made.arrangement.level) == ("class-folders", "image")
    assert labels_in(made, "class") == {"AD": 3, "CN": 3}


def test_series_that_say_whose_they_are_make_patients_in_folders_of_classes(tmp_path: Path) -> None:
    grid = np.zeros((2, 4, 4), np.int16)
    for number, name in enumerate(("healthy", "healthy", "osteoporotic", "osteoporotic")):
        write_series(
            tmp_path / name / f"s{number}", grid, np.eye(4), PatientID=f"id{number % 3}", PatientName=f"n{number % 3}"
        )
    made = previewed(tmp_path)
    assert (made.layout.info.key, made.arrangement.level, len(patients_of(made))) == ("class-folders", "patient", 3)
    both = patients_of(made)["id0"]
    assert (both.told.labels, [dict(scan.labels) for scan in both.scans]) == (
        {},
        [{"class": "healthy"}, {"class": "osteoporotic"}],
    )


def test_patients_are_known_where_each_class_has_a_folder_for_each(tmp_path: Path) -> None:
    for number in range(6):
        write_scan(tmp_path / f"stage_{number % 2 + 1}" / f"patient_{number:02d}" / "spect.nii.gz", number)
    made = previewed(tmp_path)
    assert (made.layout.info.key, made.arrangement.level) == ("class-folders", "patient")
    assert list(patients_of(made)) == [f"patient_{number:02d}" for number in (0, 2, 4, 1, 3, 5)]
    assert labels_in(made, "class") == {"stage_1": 3, "stage_2": 3}


def test_a_patient_in_train_and_test_is_one_patient(tmp_path: Path) -> None:
    for part in ("train", "test"):
        for number in range(4):
            folder = tmp_path / part / ("healthy", "sick")[number % 2] / f"patient_{number}"
            write_scan(folder / f"{part}.nii.gz", number)
    made = previewed(tmp_path)
    assert len(patients_of(made)) == 4
    assert [dict(scan.labels) for scan in made.arrangement.patients[0].scans] == [{"part": "test"}, {"part": "train"}]


def test_patients_counted_anew_in_each_class_are_different_people(tmp_path: Path) -> None:
    for number in range(6):
        write_scan(tmp_path / ("healthy", "sick")[number % 2] / f"p{number // 2 + 1}" / "T1.nii.gz", number)
    assert len(patients_of(previewed(tmp_path))) == 6
    assert len(patients_of(previewed(tmp_path, counting="one name, one patient"))) == 3


@pytest.mark.parametrize(
    ("pairs", "anew"),
    [
        ([("a", "1"), ("a", "2"), ("b", "1"), ("b", "2")], True),
        ([("a", "p1"), ("a", "p2"), ("b", "p3"), ("b", "p4")], False),
        ([("a", "7"), ("a", "8"), ("a", "9"), ("b", "9"), ("b", "12")], False),
        ([("a", "anna"), ("b", "anna")], False),
        ([("a", "1"), ("a", "2")], False),
    ],
)
def test_names_are_counted_anew_where_classes_begin_alike_and_share_most(
    pairs: list[tuple[str, str]], anew: bool
) -> None:
    assert counted_anew(pairs) is anew


def test_several_sources_bring_their_own_words_for_the_same_classes(tmp_path: Path) -> None:
    made = [previewed(source) for source in write_several_sources(tmp_path)]
    assert [one.layout.info.key for one in made] == ["class-folders", "class-folders", "single-files"]
    assert [labels_in(one, "class") for one in made] == [
        {"fractured": 4, "normal": 4},
        {"Fracture": 3, "No_Fracture": 3},
        {"broken": 4, "intact": 4},
    ]


def test_a_single_table_names_labels_of_pictures_in_folders_of_classes(tmp_path: Path) -> None:
    pictures(tmp_path, 2, "normal", "sick")
    write_table(tmp_path / "labels.csv", [["file", "side"], ["000.png", "left"], ["001.png", "right"]])
    assert labels_in(previewed(tmp_path, "class-folders"), "side") == {"left": 2, "right": 2}
