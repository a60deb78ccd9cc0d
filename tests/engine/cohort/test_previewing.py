"""A preview tells what an import would come to, and that is what comes."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from engine.cohort import Cohort, ImportPlan, Preview, Workspace, import_folder, look_into, preview
from engine.cohort.edits import SetLabel
from tests.helpers.cohorts import write_source, write_table
from tests.helpers.plain_pictures import write_classes

CLASSES = ImportPlan("class-folders")


def previewed(source: Path, plan: ImportPlan = CLASSES, cohort: Cohort | None = None) -> Preview:
    with look_into(source) as found:
        return preview(found, source, plan, cohort)


def content(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_what_is_previewed_is_what_comes(tmp_path: Path) -> None:
    source = write_source(tmp_path / "scans", ["b", "a", "c"])
    with look_into(source) as found:
        told = preview(found, source, ImportPlan())
        names = {scan.source.files[0].resolve(): told.names[id(scan)] for scan in found.scans}
    with Workspace.create(tmp_path / "study") as workspace:
        cohort = import_folder(source, workspace).cohort
    came = {scan.path: (scan.patient, cohort.by_key[scan.patient].source_id) for scan in cohort.scans}
    assert names == came


def test_a_preview_into_a_cohort_gives_those_it_knows_their_pseudonyms(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "study") as workspace:
        cohort = import_folder(write_source(tmp_path / "one", ["a", "b"]), workspace).cohort
    told = previewed(write_source(tmp_path / "two", ["b", "c"]), ImportPlan(), cohort)
    assert {(owner.key, owner.found.source_id) for owner in told.owners} == {("P-002", "b"), ("P-003", "c")}


def test_a_pseudonym_that_was_given_once_is_never_previewed_for_another(tmp_path: Path) -> None:
    cohort = Cohort(ever=41)
    told = previewed(write_source(tmp_path, ["a"]), ImportPlan(), cohort)
    assert told.owners[0].key == "P-042"


def test_a_preview_writes_nothing(tmp_path: Path) -> None:
    source = write_classes(tmp_path / "scans")
    before = content(tmp_path)
    previewed(source)
    assert content(tmp_path) == before


def test_classes_are_counted_as_the_source_calls_them_and_arranged_as_the_cohort_does(tmp_path: Path) -> None:
    plan = ImportPlan("class-folders", classes={"class": {"fractured": "broken"}})
    told = previewed(write_classes(tmp_path), plan)
    assert told.classes == {"class": Counter(fractured=3, healthy=3)}
    assert {owner.found.told.labels["class"] for owner in told.owners} == {"broken", "healthy"}


def test_every_layout_says_how_sure_it_is(tmp_path: Path) -> None:
    told = previewed(write_classes(tmp_path), ImportPlan())
    surest = max(told.ways, key=lambda way: way[1].sure)[0]
    assert told.layout is surest
    assert len({way[0].info.key for way in told.ways}) >= 4


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (ImportPlan("class-folder"), "There is no layout called 'class-folder'"),
        (ImportPlan("class-folders", options={"colour": "red"}), "'colour' of the layout 'class-folders'"),
        (ImportPlan(table=Path("absent.csv")), "absent.csv|not there"),
    ],
)
def test_what_a_user_mistyped_is_trouble_and_no_failure(tmp_path: Path, plan: ImportPlan, words: str) -> None:
    told = previewed(write_classes(tmp_path), plan)
    assert any(word in told.trouble for word in words.split("|"))


def test_no_scans_are_trouble(tmp_path: Path) -> None:
    with look_into(write_classes(tmp_path)) as found:
        assert preview(found.only([]), tmp_path, ImportPlan()).trouble


def test_scans_that_would_find_no_patient_are_counted(tmp_path: Path) -> None:
    source = write_classes(tmp_path)
    (source / "healthy" / "0001.png").rename(source / "loose.png")
    assert previewed(source, ImportPlan("patient-folders")).lost == 1


def test_a_name_that_another_place_has_is_trouble(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "study") as workspace:
        one = write_classes(tmp_path / "one")
        cohort = import_folder(one, workspace, ImportPlan("class-folders", name="x-rays")).cohort
    two = write_classes(tmp_path / "two", first=50)
    assert "another place is called 'x-rays'" in previewed(two, ImportPlan(name="x-rays"), cohort).trouble.lower()
    assert "in the cohort already, as 'x-rays'" in previewed(one, ImportPlan(name="films"), cohort).trouble


def test_a_source_that_came_before_is_previewed_by_the_plan_it_came_by(tmp_path: Path) -> None:
    source = write_classes(tmp_path / "scans")
    plan = ImportPlan("class-folders", classes={"class": {"fractured": "broken"}})
    with Workspace.create(tmp_path / "study") as workspace:
        cohort = import_folder(source, workspace, plan).cohort
    told = previewed(source, ImportPlan(), cohort)
    assert (told.layout.info.key, told.plan.classes) == ("class-folders", {"class": {"fractured": "broken"}})


def test_names_of_a_table_that_match_nothing_are_told(tmp_path: Path) -> None:
    source = write_source(tmp_path, ["a", "b"])
    (source / "b").rename(source / "c")
    assert [item.path.name for item in previewed(source, ImportPlan()).skipped] == ["labels.csv"]


def test_an_edit_does_not_change_what_a_preview_says_of_the_source(tmp_path: Path) -> None:
    source = write_table(tmp_path / "scans" / "labels.csv", [["patient", "x"], ["a", "yes"]]).parent
    write_source(tmp_path / "made", ["a"])
    (tmp_path / "made" / "a").rename(source / "a")
    with Workspace.create(tmp_path / "study") as workspace:
        import_folder(source, workspace)
        workspace.store.edit(SetLabel(("P-001",), "x", "no"))
        told = previewed(source, ImportPlan(), workspace.cohort())
    assert told.owners[0].found.told.labels == {"x": "yes"}
