"""Measurements in the workspace: kept, undone, and exported under pseudonyms."""

import csv
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from engine.cohort import Workspace, import_folder
from engine.cohort.measuring.measured import measured
from engine.cohort.measuring.measurement_table import COLUMNS, write_table
from engine.cohort.measuring.measurements import Measurement
from engine.cohort.untold import untold
from engine.control import Control
from engine.errors import Cancelled, CohortError
from engine.imaging import open_scan
from engine.measure import Distance, Rectangle, SlicePlane, Unknown
from tests.helpers.cohorts import make_workspace, write_source

PLANE = SlicePlane((0, 0, 30), (1, 0, 0), (0, 1, 0))
LINE = Distance(PLANE, ((0, 0, 30), (3, 4, 30)))
BOX = Rectangle(PLANE, ((-8, 8, 30), (0, 20, 30)))
Rows = list[dict[str, str]]


def scan_of(workspace: Path, patient: str = "P-001", role: str = "T2") -> int:
    scan = Workspace.peek(workspace).cohort().by_key[patient].scan(role)
    assert scan is not None
    return scan.id


def put(workspace: Path, *measurements: Measurement) -> list[Measurement]:
    store = Workspace.peek(workspace).store
    return [store.put_measurement(measurement) for measurement in measurements]


def kept(workspace: Path) -> tuple[Measurement, ...]:
    return Workspace.peek(workspace).store.measurements()


def table(workspace: Path, path: Path) -> Rows:
    write_table(path, list(measured(Workspace.peek(workspace))))
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_what_is_kept_comes_back_with_an_id(workspace: Path) -> None:
    made = datetime(2030, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))
    scan = scan_of(workspace)
    (stored,) = put(workspace, Measurement(scan, LINE, "L4", created=made))
    assert stored == Measurement(scan, LINE, "L4", stored.id, made)
    assert Workspace.peek(workspace).store.measurements(scan) == (stored,)
    assert stored.id > 0


def test_each_scan_has_its_own(workspace: Path) -> None:
    first, second = scan_of(workspace, "P-001"), scan_of(workspace, "P-002")
    put(workspace, Measurement(first, LINE), Measurement(second, BOX))
    store = Workspace.peek(workspace).store
    assert [[one.shape for one in store.measurements(scan)] for scan in (first, second)] == [[LINE], [BOX]]


def test_a_changed_one_keeps_its_id_and_its_time(workspace: Path) -> None:
    (stored,) = put(workspace, Measurement(scan_of(workspace), LINE))
    longer = LINE.with_point(1, (6, 8, 30))
    put(workspace, replace(stored, shape=longer, name="longer"))
    assert kept(workspace) == (replace(stored, shape=longer, name="longer"),)


def test_undo_puts_back_what_was_dropped(workspace: Path) -> None:
    (stored,) = put(workspace, Measurement(scan_of(workspace), LINE, "L4"))
    store = Workspace.peek(workspace).store
    dropped = store.drop_measurement(stored.id)
    assert kept(workspace) == ()
    store.put_measurement(dropped)
    assert kept(workspace) == (stored,)


def test_an_id_is_never_used_twice_so_that_undo_does_not_overwrite(workspace: Path) -> None:
    (stored,) = put(workspace, Measurement(scan_of(workspace), LINE))
    store = Workspace.peek(workspace).store
    store.drop_measurement(stored.id)
    (later,) = put(workspace, Measurement(stored.scan, BOX))
    store.put_measurement(stored)
    assert kept(workspace) == (stored, later)


def test_what_is_gone_cannot_be_dropped(workspace: Path) -> None:
    with pytest.raises(CohortError, match="no longer in the workspace"):
        Workspace.peek(workspace).store.drop_measurement(7)


def test_a_measurement_needs_its_scan(workspace: Path) -> None:
    with pytest.raises(CohortError, match="the scan of this measurement is no longer in the workspace"):
        put(workspace, Measurement(999, LINE))


def test_a_scan_takes_its_measurements_with_it(workspace: Path) -> None:
    put(workspace, Measurement(scan_of(workspace), LINE))
    with closing(sqlite3.connect(workspace / "workspace.db")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM scans")
        connection.commit()
    assert kept(workspace) == ()


def test_importing_again_keeps_them(workspace: Path, source: Path) -> None:
    stored = tuple(put(workspace, Measurement(scan_of(workspace), LINE), Measurement(scan_of(workspace), BOX)))
    with Workspace.open(workspace) as opened:
        import_folder(source, opened)
    assert kept(workspace) == stored


def test_a_shape_of_a_later_version_is_kept_as_it_is(workspace: Path) -> None:
    text = '{"version": 9, "kind": "cobb"}'
    (stored,) = put(workspace, Measurement(scan_of(workspace), Unknown("cobb", text)))
    assert kept(workspace) == (stored,)


def test_a_table_has_a_row_per_length_and_one_per_frame_of_an_area(workspace: Path, tmp_path: Path) -> None:
    scan = scan_of(workspace)
    put(workspace, Measurement(scan, LINE, "L4"), Measurement(scan, BOX, "body"))
    rows = table(workspace, tmp_path / "m.csv")
    assert [row["frame (from 1)"] for row in rows] == ["", *map(str, range(1, 10))]
    assert (rows[0]["patient"], rows[0]["role"], rows[0]["kind"], rows[0]["name"]) == ("P-001", "T2", "distance", "L4")
    assert (rows[0]["length (mm)"], rows[0]["mean (scan units)"], rows[1]["area (mm2)"]) == ("5.0", "", "96.0")


def test_the_table_has_the_values_of_the_scan(workspace: Path, tmp_path: Path) -> None:
    scan = scan_of(workspace)
    put(workspace, Measurement(scan, BOX))
    row = table(workspace, tmp_path / "m.csv")[1]
    source = Workspace.peek(workspace).cohort().by_key["P-001"].scan("T2")
    assert source is not None
    volume = open_scan(source.source).load()
    z, y, x = (part.ravel() for part in np.indices(volume.array.shape[1:]))
    places = volume.affine[:3, :3] @ np.stack([x, y, z]) + volume.affine[:3, 3:]
    inside = (z == 0) & (places[0] >= -8) & (places[0] <= 0) & (places[1] >= 8) & (places[1] <= 20)
    expected = volume.array[1].ravel()[inside].astype(float)
    assert (float(row["mean (scan units)"]), int(row["values (count)"])) == (expected.mean(), inside.sum())
    assert (row["frame axis"], row["frame value (ms; of b-values s/mm2)"], row["taken from"]) == (
        "echo time", "20.0", "voxels inside",
    )  # fmt: skip


def test_the_table_never_names_the_patient(tmp_path: Path) -> None:
    source = write_source(tmp_path / "scans", ["Smith_John", "Doe_Jane"])
    for path in source.rglob("T2*"):
        path.rename(path.with_name(f"{path.parent.name}-{path.name}"))
    workspace = make_workspace(tmp_path / "study", source)
    scans = Workspace.peek(workspace).cohort().scans
    put(workspace, *(Measurement(scan.id, LINE) for scan in scans), *(Measurement(scan.id, BOX) for scan in scans))
    assert {row["scan"] for row in table(workspace, tmp_path / "m.csv")} == {"T1", "T2"}
    text = (tmp_path / "m.csv").read_text(encoding="utf-8")
    assert [name for name in ("Smith", "John", "Doe", "Jane", str(tmp_path)) if name in text] == []


def test_a_scan_that_has_gone_is_told_and_its_areas_keep_their_size(
    workspace: Path, source: Path, tmp_path: Path
) -> None:
    put(workspace, Measurement(scan_of(workspace), BOX), Measurement(scan_of(workspace, "P-002"), BOX))
    shutil.rmtree(source / "0001")
    gone, *others = table(workspace, tmp_path / "m.csv")
    assert (gone["area (mm2)"], gone["values (count)"]) == ("96.0", "")
    assert "the scan cannot be read" in gone["notes"]
    assert {row["values (count)"] for row in others} == {"24"}


def test_lengths_need_no_scan(workspace: Path, source: Path, tmp_path: Path) -> None:
    put(workspace, Measurement(scan_of(workspace), LINE))
    shutil.rmtree(source)
    (row,) = table(workspace, tmp_path / "m.csv")
    assert (row["length (mm)"], row["notes"]) == ("5.0", "")


def test_doubts_about_distances_stand_beside_them(workspace: Path, tmp_path: Path) -> None:
    put(workspace, Measurement(scan_of(workspace), LINE))
    with closing(sqlite3.connect(workspace / "workspace.db")) as connection:
        doubts = '[{"kind": "size", "text": "its voxel size is not given", "severity": "warn"}]'
        connection.execute("UPDATE scans SET doubts = ?", (doubts,))
        connection.commit()
    (row,) = table(workspace, tmp_path / "m.csv")
    assert row["notes"].startswith("its voxel size is not given. Do not trust distances")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_name_is_no_formula_for_a_spreadsheet(workspace: Path, tmp_path: Path, name: str) -> None:
    put(workspace, Measurement(scan_of(workspace), LINE, name))
    (row,) = table(workspace, tmp_path / "m.csv")
    assert row["name"] == f"'{name}"


def test_an_empty_table_has_its_columns(workspace: Path, tmp_path: Path) -> None:
    write_table(tmp_path / "m.csv", list(measured(Workspace.peek(workspace))))
    (head,) = csv.reader((tmp_path / "m.csv").read_text(encoding="utf-8").splitlines())
    assert tuple(head) == COLUMNS


def test_progress_counts_measurements(workspace: Path) -> None:
    put(workspace, Measurement(scan_of(workspace), LINE), Measurement(scan_of(workspace, "P-003"), BOX))
    told: list[tuple[int, int]] = []
    list(measured(Workspace.peek(workspace), progress=lambda done, total: told.append((done, total))))
    assert told == [(1, 2), (2, 2)]


def test_measuring_stops_when_asked(workspace: Path) -> None:
    put(workspace, Measurement(scan_of(workspace), BOX))
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        list(measured(Workspace.peek(workspace), control=control))


def test_the_time_is_told_in_utc(workspace: Path, tmp_path: Path) -> None:
    made = datetime(2030, 1, 2, 1, 0, 0, tzinfo=timezone(timedelta(hours=2)))
    put(workspace, Measurement(scan_of(workspace), LINE, created=made))
    (row,) = table(workspace, tmp_path / "m.csv")
    assert row["created (UTC)"] == "2030-01-01 23:00:00"
    assert kept(workspace)[0].created.tzinfo == UTC


@pytest.mark.parametrize(
    ("title", "source_id", "told"),
    [
        ("sub-01_T1w", "sub-01", "T1w"), ("5: T2 map", "0005", "5: T2 map"), ("T1", "T1", ""), ("smithT1", "Smith", ""),
        ("T1 SMITH, JOHN", "Smith^John", "T1"), ("T2 map", "", "T2 map"), ("AB12-T2", "ab-12", ""),
        ("Müller T1", "Mu\u0308ller", "T1"), ("image 1", "1", "image"),
    ],
)  # fmt: skip
def test_a_title_is_told_without_the_words_of_the_source_id(title: str, source_id: str, told: str) -> None:
    assert untold(title, source_id) == told
