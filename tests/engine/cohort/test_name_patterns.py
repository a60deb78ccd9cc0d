"""Patterns for file names: what they match, what they refuse, and what comes of them."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cohort import Workspace, import_folder
from engine.cohort.names.likely_pattern import likely_pattern
from engine.cohort.names.name_patterns import compiled, matches
from engine.errors import CohortError
from tests.helpers.cohorts import write_table
from tests.helpers.layouts import (
    labels_in,
    patients_of,
    previewed,
    write_named_files,
    write_pictures,
    write_scan,
)

WORDS = st.text("abcXYZ0189", min_size=1, max_size=6)
NAMES = st.text("ab0_-. ", min_size=1, max_size=14).filter(lambda name: name.strip(". "))


def fields(pattern: str, name: str) -> dict[str, str] | None:
    ((_, found),) = matches(pattern, [Path(name)])
    return None if found is None else dict(found)


@pytest.mark.parametrize(
    ("pattern", "name", "found"),
    [
        ("stage_{label}_patient_{patient}", "stage_1_patient_12.nii.gz", {"label": "1", "patient": "12"}),
        ("stage_{label}_patient_{patient}", "deep/er/Stage_1_PATIENT_12.nii", {"label": "1", "patient": "12"}),
        ("{patient}_{role}_{visit}", "P7_T1_2.nii", {"patient": "P7", "role": "T1", "visit": "2"}),
        ("{patient}_MR{visit}", "OAS1_0001_MR2.img", {"patient": "OAS1_0001", "visit": "2"}),
        ("{class}/{patient}_{slice}", "AD/p3_017.png", {"label": "AD", "patient": "p3", "slice": "017"}),
        ("{class}/*_{patient}", "AD/anything_p3.png", {"label": "AD", "patient": "p3"}),
        ("{side}-{patient}", "left-Müller Jürgen.png", {"side": "left", "patient": "Müller Jürgen"}),
        ("stage_{label}_patient_{patient}", "stage_1_subject_12.nii", None),
        ("{class}/{patient}", "more/AD/p3.png", None),
        ("{patient}_{role}", "P7_.nii", None),
        ("{patient}", "", None),
    ],
)
def test_a_pattern_tells_the_fields_of_a_name(pattern: str, name: str, found: dict[str, str] | None) -> None:
    assert fields(pattern, name) == found


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("stage_{label_{patient}", "a brace of the pattern 'stage_{label_{patient}' has no partner"),
        ("label}_{patient}", "a brace of the pattern 'label}_{patient}' has no partner"),
        ("{patient}_{patient}", "the pattern '{patient}_{patient}' has {patient} twice"),
        ("{label}_{class}", "the pattern '{label}_{class}' has {label} (or {class}) twice"),
        ("{label}{patient}", "nothing stands between {label} and {patient} in the pattern '{label}{patient}'"),
        ("{label}*{patient}", "nothing stands between {label} and {patient} in the pattern '{label}*{patient}'"),
        ("{}_{patient}", "'{}' in the pattern '{}_{patient}' is no name of a field"),
        ("{1st}_x", "'{1st}' in the pattern '{1st}_x' is no name of a field"),
        ("patient", "the pattern has no field"),
        ("  ", "the pattern is empty"),
    ],
)
def test_a_bad_pattern_says_what_is_wrong_with_it(pattern: str, said: str) -> None:
    with pytest.raises(CohortError) as caught:
        compiled(pattern)
    assert caught.value.what == said
    assert caught.value.hint


@given(label=WORDS, patient=WORDS, slice_number=WORDS)
def test_words_without_separators_are_found_again(label: str, patient: str, slice_number: str) -> None:
    found = fields("{label}/case_{patient}-{slice}", f"{label}/case_{patient}-{slice_number}.png")
    assert found == {"label": label, "patient": patient, "slice": slice_number}


@given(name=NAMES)
def test_what_a_pattern_finds_makes_up_the_whole_name(name: str) -> None:
    found = fields("{patient}_{role}", f"{name}.png")
    if found is not None:
        assert f"{found['patient']}_{found['role']}" == name
        assert all(value[0] not in "_-. " and value[-1] not in "_-. " for value in found.values())


@given(pattern=st.text("{}ab_-*/", max_size=12), name=NAMES)
def test_no_pattern_fails_but_with_words_for_it(pattern: str, name: str) -> None:
    with suppress(CohortError):
        found = fields(pattern, f"{name}.png")
        assert found is None or all(found.values())


def test_names_that_almost_match_are_told_quickly() -> None:
    assert fields("{a}_{b}_{c}_{d}_{e}_{f}", "_".join("a" * 120) + "_.png") is None


@pytest.mark.parametrize(
    ("names", "pattern"),
    [
        (["stage_1_patient_1", "stage_2_patient_1"], "stage_{label}_patient_{patient}"),
        (["stage1-patient1", "stage1-patient2"], "stage{label}-patient{patient}"),
        (["sub-01_T1", "sub-01_T2", "sub-02_T1", "sub-02_T2"], "sub-{patient}_{role}"),
        (["AD_sub01", "CN_sub02", "CN_sub03"], "{label}_sub{patient}"),
        (["patient_1_slice_3", "patient_2_slice_7"], "patient_{patient}_slice_{slice}"),
        (["patient_1_visit_1_12", "patient_2_visit_2_13"], "patient_{patient}_visit_{visit}_{number}"),
        (["scan_1", "scan_2"], None),
        (["patient_1", "x"], None),
        (["a", "b"], None),
        ([], None),
    ],
)
def test_a_pattern_is_found_by_the_words_in_the_names(names: list[str], pattern: str | None) -> None:
    found = likely_pattern([Path(f"{name}.nii.gz") for name in names])
    assert (found and found.pattern) == pattern


def test_named_files_are_recognised_with_their_pattern(tmp_path: Path) -> None:
    made = previewed(write_named_files(tmp_path))
    assert made.layout.info.key == "name-pattern"
    assert made.options.model_dump()["pattern"] == "stage_{label}_patient_{patient}"
    assert (len(patients_of(made)), made.arrangement.level) == (12, "patient")
    assert labels_in(made, "class") == {"1": 3, "2": 3, "3": 3, "4": 3}


def test_stages_are_in_order_and_what_they_are_called_can_be_chosen(tmp_path: Path) -> None:
    (column,) = previewed(write_named_files(tmp_path), label="stage").arrangement.columns
    assert (column.name, column.type, column.classes) == ("stage", "ordinal", ("1", "2", "3", "4"))


def test_patients_may_be_counted_once_for_all_classes(tmp_path: Path) -> None:
    patients = patients_of(previewed(write_named_files(tmp_path), counting="one name, one patient"))
    assert {name: [dict(scan.labels) for scan in one.scans] for name, one in patients.items()} == {
        number: [{"class": stage} for stage in "1234"] for number in "123"
    }


def test_roles_visits_and_columns_of_ones_own_come_of_the_names(tmp_path: Path) -> None:
    for number, name in enumerate(("P1_T1_1_left", "P1_T1_2_left", "P2_T1_1_right")):
        write_scan(tmp_path / f"{name}.nii.gz", number)
    made = previewed(tmp_path, "name-pattern", pattern="{patient}_{role}_{visit}_{side}")
    assert [(scan.role, scan.visit) for scan in patients_of(made)["P1"].scans] == [("T1", "1"), ("T1", "2")]
    assert labels_in(made, "side") == {"left": 2, "right": 1}


def test_a_column_of_many_numbers_is_a_covariate(tmp_path: Path) -> None:
    for number in range(12):
        write_scan(tmp_path / f"P{number}_{50 + number}.nii.gz", number)
    made = previewed(tmp_path, "name-pattern", pattern="{patient}_{age}")
    assert patients_of(made)["P3"].told.covariates == {"age": "53"}


def test_files_that_do_not_match_are_left_out_and_named(tmp_path: Path) -> None:
    write_named_files(tmp_path)
    write_scan(tmp_path / "phantom.nii.gz", 99)
    made = previewed(tmp_path, "name-pattern", pattern="stage_{label}_patient_{patient}")
    assert [(path.name, reason) for path, reason in made.arrangement.left_out] == [
        ("phantom.nii.gz", "its name does not match the pattern stage_{label}_patient_{patient}")
    ]


def test_without_patients_in_the_pattern_the_level_is_image(tmp_path: Path) -> None:
    write_pictures(tmp_path, ["normal_1", "normal_2", "sick_1"])
    made = previewed(tmp_path, "name-pattern", pattern="{class}_{number}")
    assert (made.arrangement.level, len(patients_of(made))) == ("image", 3)
    assert labels_in(made, "class") == {"normal": 2, "sick": 1}


def test_folders_count_where_the_pattern_has_them(tmp_path: Path) -> None:
    for name in ("AD", "CN"):
        write_pictures(tmp_path / name, [f"{name}1_{z}" for z in range(2)])
    patients = patients_of(previewed(tmp_path, "name-pattern", pattern="{class}/{patient}_{slice}"))
    assert {name: (one.told.labels, len(one.scans)) for name, one in patients.items()} == {
        "AD1": ({"class": "AD"}, 2),
        "CN1": ({"class": "CN"}, 2),
    }


def test_a_table_adds_what_the_names_do_not_say(tmp_path: Path) -> None:
    write_scan(tmp_path / "stage_1_patient_1.nii.gz", 1)
    write_table(tmp_path / "labels.csv", [["patient", "sex"], ["1", "F"]])
    made = previewed(tmp_path, "name-pattern", pattern="stage_{label}_patient_{patient}")
    assert patients_of(made)["1"].told.covariates == {"sex": "F"}


def test_a_bad_pattern_is_told_before_anything_is_written(tmp_path: Path) -> None:
    made = previewed(write_named_files(tmp_path), "name-pattern", pattern="stage_{label")
    assert made.trouble.startswith("A brace of the pattern 'stage_{label' has no partner.")


def test_the_cohort_keeps_what_the_names_said(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "study") as workspace:
        cohort = import_folder(write_named_files(tmp_path / "files"), workspace).cohort
    assert (cohort.level, len(cohort.patients), cohort.classes("class")) == ("patient", 12, ["1", "2", "3", "4"])


def pats(folder: Path, count: int) -> Path:
    for number in range(count):
        write_scan(folder / f"pat{number}.nii", number)
    return folder


def test_a_table_that_says_of_each_file_whose_it_is_goes_before_the_names(tmp_path: Path) -> None:
    source = pats(tmp_path / "films", 6)
    write_table(source / "labels.csv", [["file", "patient"], *([f"pat{n}.nii", f"p{n // 2}"] for n in range(6))])
    made = previewed(source)
    assert (made.layout.info.key, sorted(patients_of(made))) == ("name-pattern", ["p0", "p1", "p2"])


def test_a_file_of_two_patients_in_the_table_is_left_out_and_told(tmp_path: Path) -> None:
    source = pats(tmp_path / "films", 4)
    rows = [[f"pat{n}.nii", f"p{n}"] for n in (0, 1, 2, 3)]
    write_table(source / "labels.csv", [["file", "patient"], *rows, ["pat1.nii", "p0"]])
    made = previewed(source)
    assert sorted(patients_of(made)) == ["p0", "p2", "p3"]
    assert [item.reason for item in made.skipped] == ["its rows in the label table name several patients"]
