"""A wish about the same scans is answered from what is known, and never from what is no longer so."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.cohort import ImportPlan, look_into
from engine.cohort.intake.previewing import Preview, preview
from engine.cohort.intake.readings import Readings
from engine.cohort.layouts import class_folders
from engine.imaging import Discovery
from tests.helpers.cohorts import write_source, write_table
from tests.helpers.plain_pictures import write_classes, write_picture


def asked(found: Discovery, source: Path, readings: Readings, **plan: object) -> Preview:
    return preview(found, source, replace(ImportPlan(), **plan), readings=readings)  # type: ignore[arg-type]


def test_calling_a_class_otherwise_reads_nothing_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readings = Readings()
    with look_into(write_classes(tmp_path / "films")) as found:
        before = asked(found, tmp_path / "films", readings)
        monkeypatch.setattr(class_folders, "divided", None)  # it could not be read again
        now = asked(found, tmp_path / "films", readings, classes={"class": {"fractured": "broken"}})
    assert now.trouble == before.trouble == ""
    assert now.ways is before.ways
    assert {owner.found.told.labels["class"] for owner in now.owners} == {"broken", "healthy"}


def test_a_table_saved_anew_is_read_again(tmp_path: Path) -> None:
    source, readings = write_source(tmp_path / "people", ["a", "b"]), Readings()
    write_table(source / "labels.csv", [["patient", "state"], ["a", "ill"], ["x", "well"]])
    with look_into(source) as found:
        assert asked(found, source, readings).table.unused == asked(found, source, readings).table.unused == 1
        write_table(source / "labels.csv", [["patient", "state"], ["a", "well"], ["b", "well"]])
        made = asked(found, source, readings)
    assert (made.classes["state"]["well"], made.table.unused) == (4, 0)


def test_other_scans_are_another_matter(tmp_path: Path) -> None:
    readings = Readings()
    with look_into(write_classes(tmp_path / "films")) as found:
        few = found.only(found.scans[:4])
        assert len(asked(found, tmp_path / "films", readings, layout="class-folders").owners) == 6
        assert len(asked(few, tmp_path / "films", readings, layout="class-folders").owners) == 4


def test_a_table_given_by_hand_is_recognised_as_one_that_lies_there(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        write_picture(tmp_path / "films" / "old" / name, 1)
    rows = [["file", "patient", "state"], ["a.png", "p1", "ill"], ["b.png", "p1", "ill"]]
    table = write_table(tmp_path / "elsewhere.csv", rows)
    with look_into(tmp_path / "films") as found:
        made = asked(found, tmp_path / "films", Readings(), table=table)
    assert (made.layout.info.key, len(made.arrangement.patients)) == ("table", 1)
