"""Label tables, as people and their programs write them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.cohort.label_table.labels import LabelRow, find_table, merged
from engine.cohort.label_table.tables import read_table
from engine.errors import CohortError
from tests.helpers.cohorts import write_table

HEAD = ["patient", "diagnosis"]


def labels(path: Path, patient: str) -> dict[str, str]:
    return read_table(path).row(patient).labels


def table_of(folder: Path, *rows: Sequence[str]) -> Path:
    return write_table(folder / "labels.csv", rows)


def test_a_row_gives_a_patient_its_labels(tmp_path: Path) -> None:
    path = table_of(tmp_path, HEAD, ["1", "sick"], ["2", "well"])
    assert labels(path, "2") == {"diagnosis": "well"}


@pytest.mark.parametrize("name", ["labels.csv", "labels.tsv", "participants.tsv", "participants.csv"])
def test_a_table_of_a_usual_name_is_found_beside_the_scans(tmp_path: Path, name: str) -> None:
    write_table(tmp_path / name, [["participant_id", "group"], ["sub-01", "sick"]])
    assert find_table(tmp_path, None).row("sub-01").labels == {"group": "sick"}


def test_a_table_may_be_separated_by_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("patient;diagnosis\n1;sick, very\n", encoding="utf-8")
    assert labels(path, "1") == {"diagnosis": "sick, very"}


def test_the_mark_that_spreadsheets_put_first_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("patient,diagnosis\r\n1,sick\r\n", encoding="utf-8-sig")
    assert labels(path, "1") == {"diagnosis": "sick"}


def test_spaces_around_names_and_values_do_not_count(tmp_path: Path) -> None:
    path = table_of(tmp_path, [" Patient ", " diagnosis "], [" 1 ", " sick "])
    assert labels(path, "1") == {"diagnosis": "sick"}


@pytest.mark.parametrize("text", ["", " ", "NA", "n/a", "NaN", "null"])
def test_an_absent_value_is_no_label(tmp_path: Path, text: str) -> None:
    assert labels(table_of(tmp_path, HEAD, ["1", text], ["2", "sick"]), "1") == {}


def test_none_is_a_finding_not_an_absent_label(tmp_path: Path) -> None:
    path = table_of(tmp_path, ["patient", "fracture"], ["1", "none"], ["2", "wedge"])
    assert labels(path, "1") == {"fracture": "none"}


def test_classes_keep_commas_quotes_and_letters_of_any_alphabet(tmp_path: Path) -> None:
    odd = 'p(α), "mild"\nor worse)'
    assert labels(table_of(tmp_path, HEAD, ["1", odd]), "1") == {"diagnosis": odd}


def test_age_and_sex_are_covariates(tmp_path: Path) -> None:
    path = table_of(tmp_path, ["patient", "Age", "sex", "diagnosis"], ["1", "61", "F", "sick"])
    row = read_table(path).row("1")
    assert (row.labels, row.covariates) == ({"diagnosis": "sick"}, {"Age": "61", "sex": "F"})


def test_a_column_of_many_values_is_a_covariate(tmp_path: Path) -> None:
    path = table_of(tmp_path, ["patient", "score"], *([str(n), str(n)] for n in range(21)))
    assert read_table(path).row("3").covariates == {"score": "3"}


def test_columns_that_differ_only_in_case_are_both_kept(tmp_path: Path) -> None:
    path = table_of(tmp_path, ["patient", "stage", "Stage"], ["1", "a", "b"])
    assert labels(path, "1") == {"stage": "a", "Stage": "b"}


def test_equal_rows_of_a_patient_are_one(tmp_path: Path) -> None:
    path = table_of(tmp_path, HEAD, ["1", "sick"], ["1", "sick"])
    assert read_table(path).row("1") == LabelRow({"diagnosis": "sick"}, {}, "1")


def test_rows_that_contradict_each_other_give_no_label(tmp_path: Path) -> None:
    row = read_table(table_of(tmp_path, HEAD, ["1", "sick"], ["1", "well"])).row("1")
    assert (row.labels, row.clashes) == ({}, ("diagnosis",))


def test_merging_fills_what_the_first_row_leaves_open() -> None:
    both = merged([LabelRow({"a": "1"}, {"age": "60"}), LabelRow({"b": "2"}, {"age": "61", "site": "x"})])
    assert (both.labels, both.covariates) == ({"a": "1", "b": "2"}, {"age": "60", "site": "x"})


def test_accents_stored_apart_from_their_letters_name_the_same_patient(tmp_path: Path) -> None:
    path = table_of(tmp_path, HEAD, ["Jürgen", "sick"])
    assert labels(path, "Ju\u0308rgen") == {"diagnosis": "sick"}


def test_a_file_may_be_named_by_its_path(tmp_path: Path) -> None:
    path = table_of(tmp_path, ["path", "label"], ["C:\\images\\a.nii", "sick"], ["images/b.nii", "well"])
    table = read_table(path)
    assert [table.row(name).labels["label"] for name in ("a.nii", "b.nii")] == ["sick", "well"]


def test_short_and_long_rows_are_taken_as_they_are(tmp_path: Path) -> None:
    path = table_of(tmp_path, HEAD, ["1"], ["2", "sick", "left", "over"], [])
    assert (labels(path, "1"), labels(path, "2")) == ({}, {"diagnosis": "sick"})


def test_a_table_of_many_thousand_patients_is_read(tmp_path: Path) -> None:
    path = table_of(tmp_path, HEAD, *([str(n), "ab"[n % 2]] for n in range(30_000)))
    assert labels(path, "29999") == {"diagnosis": "b"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the label table is empty"),
        (b"patient,diagnosis\n", "the label table is empty"),
        (b"name,diagnosis\nx,sick\n", "does not say which patient"),
        ("patient,diagnosis\n1,sick\n".encode("utf-16-le"), "cannot be read"),
        (b"patient,diagnosis\n1,Arthr\x81se\n", "cannot be read"),
        (b"patient,diagnosis\n1," + b"x" * 200_000, "cannot be read"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "cannot be read"),
    ],
    ids=[
        "nothing",
        "head only",
        "no patient",
        "UTF-16 that does not say so",
        "no known letters",
        "endless field",
        "a picture",
    ],
)
def test_what_is_no_table_is_refused_with_a_hint(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "labels.csv"
    path.write_bytes(content)
    with pytest.raises(CohortError, match=told) as caught:
        read_table(path)
    assert caught.value.hint


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CohortError, match=r"absent\.csv: the label table is not there"):
        find_table(tmp_path, tmp_path / "absent.csv")
