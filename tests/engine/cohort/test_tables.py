"""Tables as people and their programs save them, and what their columns are for."""

import csv
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.cohort.label_table.file_matching import files_meant
from engine.cohort.label_table.labels import LabelRow, divided, find_table
from engine.cohort.label_table.patient_matching import patients_meant
from engine.cohort.label_table.tables import guess_uses, read_rows, read_table
from engine.errors import CohortError
from tests.helpers.cohorts import write_table


def text(folder: Path, content: str, encoding: str = "utf-8", name: str = "a.csv") -> Path:
    (folder / name).write_bytes(content.encode(encoding))
    return folder / name


def book(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def uses(folder: Path, *rows: Sequence[str], **known: Any) -> dict[str, str]:
    return dict(guess_uses(read_rows(write_table(folder / "a.csv", rows)), **known))


def test_a_spreadsheet_reads_as_its_owner_reads_it(tmp_path: Path) -> None:
    cells = ["0007", 12, 0.5, date(2020, 3, 1), datetime(2020, 3, 1, 8, 30), None, True, 0.1 + 0.2]  # noqa: DTZ001
    path = book(tmp_path / "a.xlsx", one=[["id", "n", "f", "d", "t", "none", "yes", "sum"], cells])
    (row,) = read_rows(path).rows
    assert list(row.values()) == ["0007", "12", "0.5", "2020-03-01", "2020-03-01 08:30:00", "", "TRUE", "0.3"]


def test_the_first_sheet_with_a_table_is_read_unless_another_is_named(tmp_path: Path) -> None:
    rows = {"notes": [["made by hand"]], "one": [["id", "x"], ["1", "a"]], "Two": [["id", "x"], ["1", "b"]]}
    path = book(tmp_path / "a.xlsx", **rows)
    assert read_rows(path).values("x") == ["a"]
    assert read_rows(Path(f"{path}#two")).values("x") == ["b"]
    with pytest.raises(CohortError, match="it has no sheet called 'tow'") as caught:
        read_rows(Path(f"{path}#tow"))
    assert "Two" in caught.value.hint


def test_a_file_whose_name_has_a_hash_is_read(tmp_path: Path) -> None:
    assert read_rows(text(tmp_path, "id,x\n1,a\n", name="a#b.csv")).values("x") == ["a"]


def test_what_a_file_is_called_does_not_matter(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", one=[["id", "x"], ["1", "a"]]).rename(tmp_path / "a.csv")
    assert read_rows(path).values("x") == ["a"]
    assert read_rows(text(tmp_path, "id\tx\n1\ta\n", name="b.xls")).values("x") == ["a"]


@pytest.mark.parametrize("content", [b"PK\x03\x04 nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_a_damaged_spreadsheet_is_refused_with_a_hint(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(CohortError, match="cannot be read") as caught:
        read_rows(tmp_path / "a.xlsx")
    assert caught.value.hint


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(1, 255)), min_size=1, max_size=8))
def test_a_spreadsheet_damaged_anywhere_is_read_or_refused(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    content = bytearray(book(tmp_path / "a.xlsx", one=[["id", "x"], ["1", "a"], ["2", "b"]]).read_bytes())
    for at, change in changes:
        content[4 + at % (len(content) - 4)] ^= change
    (tmp_path / "a.xlsx").write_bytes(content)
    with suppress(CohortError):
        assert read_rows(tmp_path / "a.xlsx").rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_that_programs_write_are_read(tmp_path: Path, encoding: str) -> None:
    assert read_rows(text(tmp_path, "id;x\r\n1;Arthröse\r\n", encoding)).values("x") == ["Arthröse"]


def test_titles_above_the_columns_are_passed_over(tmp_path: Path) -> None:
    content = "Study of knees, 2020\n\npatient;diagnosis;age\n1;sick;60\n2;well;61\n"
    assert read_rows(text(tmp_path, content)).columns == ("patient", "diagnosis", "age")


def test_columns_of_one_name_are_both_kept_and_those_without_a_name_left_out(tmp_path: Path) -> None:
    rows = read_rows(text(tmp_path, ",patient,age,age\n0,1,60,61\n"))
    assert rows.rows == [{"patient": "1", "age": "60", "age (2)": "61"}]


CELL = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8).map(str.strip)
WORD = st.text(st.characters(whitelist_categories=["L", "Nd"]), min_size=1, max_size=8)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(",\t;"),
    st.lists(WORD, min_size=2, max_size=5, unique=True),
    st.lists(st.lists(CELL, min_size=5, max_size=5), min_size=1, max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_a_program_writes_is_read_again(
    tmp_path: Path, delimiter: str, names: list[str], cells: list[list[str]], encoding: str
) -> None:
    """Quotes, separators and letters of any alphabet; every cell quoted, as spreadsheets do at will."""
    rows = [row[: len(names)] for row in cells if any(row[: len(names)])]
    with (tmp_path / "a.csv").open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([names, ["x"] * len(names), *rows])
    read = read_rows(tmp_path / "a.csv")
    assert read.columns == tuple(names)
    assert [list(row.values()) for row in read.rows] == [["x"] * len(names), *rows]


def test_columns_are_known_by_their_names(tmp_path: Path) -> None:
    head = ["Patient ID", "image_path", "Session", "role", "Age", "diagnosis", "scan date"]
    rows = [[f"P{n // 2}", f"{n}.png", "v1", "T1", str(50 + n), "ab"[n % 2], f"2020-01-{n + 10}"] for n in range(9)]
    assert list(uses(tmp_path, head, *rows).values()) == [
        "patient", "file", "visit", "role", "covariate", "label", "covariate"
    ]  # fmt: skip


def test_a_column_of_file_names_is_known_by_them(tmp_path: Path) -> None:
    assert uses(tmp_path, ["where", "group"], ["a/1.png", "x"], ["a/2.png", "y"]) == {"where": "file", "group": "label"}


def test_what_the_scans_are_called_says_more_than_titles(tmp_path: Path) -> None:
    rows = [["image", "name", "kind"], ["17", "1", "x"], ["18", "2", "y"]]
    known = uses(tmp_path, *rows, paths=[Path("a/1.png"), Path("a/2.png")])
    assert known == {"image": "label", "name": "file", "kind": "label"}
    assert uses(tmp_path, *rows, patients=["17", "18"])["image"] == "patient"


def test_numbers_and_remarks_of_each_row_are_no_labels(tmp_path: Path) -> None:
    rows = [[str(n), str(20 + n), f"remark {n}", str(n % 3)] for n in range(12)]
    assert uses(tmp_path, ["patient", "MMSE", "notes", "stage"], *rows) == {
        "patient": "patient", "MMSE": "covariate", "notes": "covariate", "stage": "label"
    }  # fmt: skip


def test_zeros_that_a_spreadsheet_dropped_do_not_matter_unless_they_tell_names_apart(tmp_path: Path) -> None:
    rows = [["patient", "group"], ["7", "a"], ["08", "b"], ["8", "c"]]
    table = read_table(write_table(tmp_path / "a.csv", rows))
    assert table.row("0007").labels == {"group": "a"}
    assert table.row("08").labels == {"group": "b"}
    assert table.row("008").labels == {}


def test_what_a_user_says_goes_before_what_is_guessed(tmp_path: Path) -> None:
    path = write_table(tmp_path / "a.csv", [["id", "file", "what", "age"], ["1", "a.png", "P1", "60"]])
    table = read_table(path, {"what": "patient", "age": "label", "file": "ignore"})
    assert table.uses == {"id": "ignore", "file": "ignore", "what": "patient", "age": "label"}
    assert table.row("P1") == LabelRow({"age": "60"}, {}, "P1")


def test_a_user_who_says_what_cannot_be_is_told(tmp_path: Path) -> None:
    path = write_table(tmp_path / "a.csv", [["a", "b"], ["1", "2"]])
    with pytest.raises(CohortError, match="two columns of the label table are said to be the patient"):
        read_table(path, {"a": "patient", "b": "patient"})
    with pytest.raises(CohortError, match="the label table has no column 'c'"):
        read_table(path, {"c": "patient"})


@pytest.mark.parametrize("name", ["labels.xlsx", "participants.xlsx", "clinical.xlsx", "metadata.xlsx"])
def test_a_spreadsheet_of_a_usual_name_is_found_beside_the_scans(tmp_path: Path, name: str) -> None:
    book(tmp_path / name, one=[["patient", "group"], ["1", "sick"]])
    assert find_table(tmp_path, None).row("1").labels == {"group": "sick"}


def test_a_table_that_only_may_be_about_patients_does_not_stand_in_the_way(tmp_path: Path) -> None:
    write_table(tmp_path / "metadata.csv", [["setting", "value"], ["kV", "120"]])
    assert find_table(tmp_path, None).path is None


def test_names_mean_files_by_their_longest_agreeing_tail() -> None:
    places = [Path("train/a.png"), Path("test/a.png"), Path("test/b.png"), Path("c.png")]
    names = ["train/a.png", "D:\\data\\test\\a.png", "b", "elsewhere/c.png"]
    assert files_meant(names, places) == dict(zip(names, range(4), strict=True))


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (["a.png"], ["train/a.png", "test/a.png"]),
        (["train/a.png"], ["test/a.png"]),
        (["train/a.png", "test/a.png"], ["a.png"]),
        (["a"], ["a.png", "a.jpg"]),
        (["b.png", "", "/"], ["a.png"]),
    ],
    ids=["two folders", "another folder", "two rows", "two formats", "another name"],
)
def test_a_name_that_may_mean_several_files_means_none(names: list[str], places: list[str]) -> None:
    assert files_meant(names, [Path(place) for place in places]) == {}


def test_case_and_accents_count_only_where_they_have_to() -> None:
    decomposed = Path(unicodedata.normalize("NFD", "Jürgen.png"))
    assert files_meant(["Jürgen.png", "A.PNG"], [decomposed, Path("a.png")]) == {"Jürgen.png": 0, "A.PNG": 1}
    assert files_meant(["A.png", "a.png"], [Path("a.png"), Path("A.png")]) == {"A.png": 1, "a.png": 0}


@given(st.lists(st.lists(st.sampled_from("abAB"), min_size=2, max_size=4).map("/".join), unique=True, max_size=8))
def test_a_path_as_it_lies_means_itself(names: list[str]) -> None:
    places = [Path(name) for name in names]
    assert files_meant(names, places) == {name: number for number, name in enumerate(names)}


def test_patients_are_found_in_folders_and_names() -> None:
    places = [Path("site1/P07/x.nii"), Path("sub-01_T1.nii"), Path("P071.nii"), Path("P07_P08.nii")]
    assert patients_meant(places, ["P07", "P08", "sub-01"]) == {0: "P07", 1: "sub-01"}


def row(visit: str = "", **labels: str) -> LabelRow:
    return LabelRow(labels, {}, "1", visit=visit)


@pytest.mark.parametrize(
    ("rows", "whole", "clashes", "apart"),
    [
        ([row("a", x="1"), row("b", x="1")], {"x": "1"}, (), {"a": {}, "b": {}}),
        ([row("a", x="1"), row("b", x="2")], {}, (), {"a": {"x": "1"}, "b": {"x": "2"}}),
        ([row("a", x="1"), row("b")], {}, (), {"a": {"x": "1"}, "b": {}}),
        ([row("a", x="1"), row("a", x="2"), row("b", x="1")], {}, ("x",), {"a": {}, "b": {}}),
        ([row(x="1"), row("b")], {"x": "1"}, (), {"b": {}}),
        ([row(x="1"), row("b", x="2")], {}, ("x",), {"b": {}}),
    ],
    ids=["alike", "differ", "one unknown", "contradiction", "general", "general contradicts"],
)
def test_rows_of_several_visits(
    rows: list[LabelRow], whole: dict[str, str], clashes: tuple[str, ...], apart: dict[str, dict[str, str]]
) -> None:
    told, by_visit = divided(rows, lambda one: one.visit)
    assert (told.labels, told.clashes) == (whole, clashes)
    assert {visit: one.labels for visit, one in by_visit.items()} == apart
