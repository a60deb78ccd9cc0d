"""A table that says of files anywhere below a folder whose they are."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from engine.cohort.intake.importing import import_folder
from engine.cohort.intake.layout import Arrangement, FoundPatient, NoOptions, Recognition, layouts
from engine.cohort.intake.plan import ColumnUse, ImportPlan
from engine.cohort.intake.siting import site_of
from engine.cohort.label_table.labels import find_table
from engine.cohort.workspace import Workspace
from engine.imaging import discover
from tests.helpers.cohorts import write_table

HEAD = ["file", "patient", "diagnosis"]
TABLE = layouts.get("table")


def source(folder: Path, files: Sequence[str], *rows: Sequence[str]) -> Path:
    """Small pictures, and `labels.csv` beside them."""
    for number, name in enumerate(files):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((4, 5), number, np.uint8)).save(folder / name)
    write_table(folder / "labels.csv", rows)
    return folder


def found(folder: Path, uses: Mapping[str, ColumnUse] | None = None) -> Arrangement:
    site = site_of(folder, discover([folder]))
    return TABLE.find(site, find_table(site.home, None, uses), NoOptions())


def recognised(folder: Path) -> Recognition:
    return TABLE.recognise(site_of(folder, discover([folder])))


def patient(arrangement: Arrangement, name: str) -> FoundPatient:
    return next(one for one in arrangement.patients if one.source_id == name)


def reasons(arrangement: Arrangement) -> list[str]:
    return [reason for _, reason in arrangement.left_out]


def test_files_are_given_to_the_patients_of_the_table(tmp_path: Path) -> None:
    rows = [HEAD, ["train/a.png", "P1", "sick"], ["test/a.png", "P2", "well"], ["b", "P1", "sick"]]
    arrangement = found(source(tmp_path, ["train/a.png", "test/a.png", "deep/down/b.png"], *rows))
    assert arrangement.level == "patient"
    assert {one.source_id: len(one.scans) for one in arrangement.patients} == {"P1": 2, "P2": 1}
    assert patient(arrangement, "P1").told.labels == {"diagnosis": "sick"}
    assert arrangement.left_out == []


def test_what_table_and_folder_do_not_share_is_told(tmp_path: Path) -> None:
    rows = [HEAD, ["a.png", "P1", "sick"], ["gone.png", "P2", "well"], ["b.png", "", "well"]]
    arrangement = found(source(tmp_path, ["x/a.png", "x/b.png", "x/c.png"], *rows))
    told = {path.name: reason for path, reason in arrangement.left_out}
    assert told["c.png"] == "no row of the label table names it"
    assert told["b.png"] == "its row names no patient"
    assert told["labels.csv"] == "no file here is 'gone.png', or not only one"
    assert [one.source_id for one in arrangement.patients] == ["P1"]


def test_a_bare_name_that_two_folders_have_is_nobodys(tmp_path: Path) -> None:
    arrangement = found(source(tmp_path, ["x/a.png", "y/a.png"], HEAD, ["a.png", "P1", "sick"]))
    assert arrangement.patients == []
    assert len(arrangement.left_out) == 3


def test_images_of_a_patient_that_differ_keep_their_own_labels(tmp_path: Path) -> None:
    rows = [[*HEAD, "sex"], ["a.png", "P1", "sick", "F"], ["b.png", "P1", "well", "F"], ["c.png", "P1", "", "F"]]
    one = patient(found(source(tmp_path, ["x/a.png", "x/b.png", "x/c.png"], *rows)), "P1")
    assert (one.told.labels, one.told.clashes) == ({}, ())
    assert [scan.labels for scan in one.scans] == [{"diagnosis": "sick"}, {"diagnosis": "well"}, {}]
    assert one.told.covariates == {"sex": "F"}


def test_one_file_with_two_labels_has_none_and_that_is_a_clash(tmp_path: Path) -> None:
    rows = [HEAD, ["a.png", "P1", "sick"], ["a.png", "P1", "well"]]
    one = patient(found(source(tmp_path, ["x/a.png"], *rows)), "P1")
    assert (one.told.labels, one.scans[0].labels, one.told.clashes) == ({}, {}, ("diagnosis",))


def test_a_file_with_two_patients_is_nobodys(tmp_path: Path) -> None:
    rows = [HEAD, ["a.png", "P1", "sick"], ["a.png", "P2", "sick"], ["b.png", "P2", "sick"]]
    arrangement = found(source(tmp_path, ["x/a.png", "x/b.png"], *rows))
    assert [one.source_id for one in arrangement.patients] == ["P2"]
    assert "its rows in the label table name several patients" in reasons(arrangement)


def test_roles_and_visits_come_from_the_table(tmp_path: Path) -> None:
    rows = [
        [*HEAD, "role", "visit", "age"],
        ["a.png", "P1", "well", "T1", "first", "60"],
        ["b.png", "P1", "sick", "T1", "second", "62"],
    ]
    arrangement = found(source(tmp_path, ["x/a.png", "x/b.png"], *rows))
    one = patient(arrangement, "P1")
    assert [(scan.role, scan.visit, scan.labels) for scan in one.scans] == [
        ("T1", "first", {"diagnosis": "well"}),
        ("T1", "second", {"diagnosis": "sick"}),
    ]
    assert one.told.covariates["age"] == "60"
    assert "1 patients have several values of 'age'; the first is taken" in reasons(arrangement)


def test_without_patients_each_file_is_its_own_and_the_level_image(tmp_path: Path) -> None:
    rows = [["file", "diagnosis"], ["x/a.png", "sick"], ["y/a.png", "well"]]
    arrangement = found(source(tmp_path, ["x/a.png", "y/a.png"], *rows))
    assert arrangement.level == "image"
    assert patient(arrangement, "x/a.png").told.labels == {"diagnosis": "sick"}


def test_a_table_of_patients_finds_them_in_folders_and_names(tmp_path: Path) -> None:
    rows = [["patient", "visit", "diagnosis"], ["P1", "v1", "well"], ["P1", "v2", "sick"], ["P2", "v1", "well"]]
    files = ["P1/v1/a.png", "P1/v2/a.png", "all/P2_x.png", "all/other.png"]
    arrangement = found(source(tmp_path, files, *rows))
    scans = patient(arrangement, "P1").scans
    assert [(scan.visit, scan.labels) for scan in scans] == [
        ("v1", {"diagnosis": "well"}),
        ("v2", {"diagnosis": "sick"}),
    ]
    assert patient(arrangement, "P2").told.labels == {"diagnosis": "well"}
    assert [path.name for path, _ in arrangement.left_out] == ["other.png"]


def test_numbers_that_name_a_patient_stay_the_numbers_they_are(tmp_path: Path) -> None:
    rows = [["id", "diagnosis"], ["7", "sick"], ["70", "well"]]
    arrangement = found(source(tmp_path, ["7/a.png", "70/a.png"], *rows), {"id": "patient"})
    assert patient(arrangement, "7").told.labels == {"diagnosis": "sick"}
    assert patient(arrangement, "70").told.labels == {"diagnosis": "well"}


def test_a_known_scale_is_in_order(tmp_path: Path) -> None:
    names = ["Osteoporosis", "Normal", "Osteopenia"]
    rows = [HEAD, *([f"{n}.png", f"P{n}", name] for n, name in enumerate(names))]
    (column,) = found(source(tmp_path, [f"x/{n}.png" for n in range(3)], *rows)).columns
    assert (column.type, column.classes) == ("ordinal", ("Normal", "Osteopenia", "Osteoporosis"))


def test_it_is_sure_where_a_table_names_all_files_and_patients(tmp_path: Path) -> None:
    files = [f"x/{n}.png" for n in range(10)]
    rows = [HEAD, *([name, f"P{number // 2}", "ab"[number % 2]] for number, name in enumerate(files))]
    assert recognised(source(tmp_path / "all", files, *rows)).sure > 0.95
    assert recognised(source(tmp_path / "half", files, *rows[:6])).sure < 0.5
    assert recognised(source(tmp_path / "none", files, ["setting", "value"], ["kV", "120"])).sure == 0


def test_columns_are_what_the_user_says(tmp_path: Path) -> None:
    rows = [["what", "who", "age", "site"], ["a.png", "P1", "old", "x"], ["b.png", "P2", "young", "y"]]
    folder = source(tmp_path, ["x/a.png", "x/b.png"], *rows)
    uses: dict[str, ColumnUse] = {"what": "file", "who": "patient", "age": "label", "site": "ignore"}
    told = patient(found(folder, uses), "P1").told
    assert (told.labels, told.covariates) == ({"age": "old"}, {})


def test_all_of_it_is_imported(tmp_path: Path) -> None:
    files = [f"x/{n}.png" for n in range(6)]
    rows = [[name, f"P{number // 2}", "ab"[number % 2]] for number, name in enumerate(files)]
    folder = source(tmp_path / "source", files, HEAD, *rows, ["z.png", "P9", "a"])
    with Workspace.create(tmp_path / "workspace") as workspace:
        report = import_folder(folder, workspace, ImportPlan(layout="table"))
        cohort = workspace.cohort()
    assert (cohort.level, len(cohort.patients)) == ("patient", 3)
    assert cohort.counts()["diagnosis"] == {"a": {"patients": 3, "scans": 3}, "b": {"patients": 3, "scans": 3}}
    assert [item.reason for item in report.skipped] == ["no file here is 'z.png', or not only one"]
