from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog
from typer.testing import CliRunner

from desktop.measuring.exporting import export
from desktop.pages.view.measuring import Measuring
from desktop.session import Session
from engine.cli.main import app
from engine.cohort import Workspace
from engine.cohort.measuring.measurements import Measurement
from engine.errors import StorageError
from engine.measure import Unknown
from tests.desktop.measuring.conftest import Opened, ball, keep, look_at
from tests.desktop.measuring.hand import drag, shapes, take, the_only, view_of


def draw(measuring: Measuring, kind: str = "distance", row: int = 300) -> None:
    take(measuring, kind)
    drag(view_of(measuring), QPoint(200, row), QPoint(300, row + 30), QPoint(400, row + 60))
    measuring.tool_actions.put_away()
    measuring.board.select(None)


def kept(folder: Path) -> tuple[Measurement, ...]:
    return Workspace.peek(folder).store.measurements()


def saved(measuring: Measuring, qtbot) -> None:
    measuring.page.session.bridge.settle(5)
    qtbot.wait(1)


def test_what_is_drawn_is_in_the_workspace_at_once(show: Opened, tmp_path: Path, qtbot) -> None:
    measuring = show(ball())
    draw(measuring)
    saved(measuring, qtbot)
    (measurement,) = kept(tmp_path / "study")
    assert measurement.shape == the_only(measuring).shape
    assert measurement.name == "Distance 1"


def test_every_act_reaches_the_workspace_in_order(show: Opened, tmp_path: Path, qtbot) -> None:
    measuring = show(ball())
    draw(measuring)
    draw(measuring, "ellipse", 200)
    first, second = shapes(measuring)
    measuring.deeds.rename(first.key, "Disc")
    measuring.board.delete((second,))
    saved(measuring, qtbot)
    assert [each.name for each in kept(tmp_path / "study")] == ["Disc"]
    for _ in range(2):
        measuring.page.session.edits.undo()
    saved(measuring, qtbot)
    assert [each.name for each in kept(tmp_path / "study")] == ["Distance 1", "Ellipse 1"]


def test_shapes_come_back_when_the_workspace_is_opened_again(show: Opened, tmp_path: Path, qtbot) -> None:
    measuring = show(ball())
    draw(measuring)
    draw(measuring, "rectangle", 200)
    before = [(drawn.name, drawn.shape) for drawn in shapes(measuring)]
    session = measuring.page.session
    session.close_workspace()
    assert measuring.board.chosen is None
    again = show(folder=tmp_path / "study")
    assert [(drawn.name, drawn.shape) for drawn in shapes(again)] == before


def test_closing_right_after_drawing_loses_nothing(show: Opened, session: Session, tmp_path: Path) -> None:
    measuring = show(ball())
    for row in range(150, 450, 30):
        draw(measuring, row=row)
    session.close()
    assert len(kept(tmp_path / "study")) == 10


def test_opening_another_workspace_right_after_drawing_loses_nothing(show: Opened, tmp_path: Path, qtbot) -> None:
    (tmp_path / "other").mkdir()
    other = keep(tmp_path / "other", {"other": ball("RAS")})
    measuring = show(ball())
    draw(measuring)
    session = measuring.page.session
    with qtbot.waitSignal(session.workspace_changed):
        session.open_workspace(other)
    assert len(kept(tmp_path / "study")) == 1
    look_at(qtbot, measuring, "P-001")
    assert shapes(measuring) == ()


def test_what_cannot_be_saved_stays_and_says_so_until_it_can(show: Opened, tmp_path: Path, qtbot) -> None:
    measuring = show(ball())
    session = measuring.page.session
    database = tmp_path / "study" / "workspace.db"
    aside = database.rename(database.with_suffix(".aside"))
    with qtbot.waitSignal(session.failed) as failed:
        draw(measuring)
    assert isinstance(failed.args[0], StorageError)
    drawn = the_only(measuring)
    assert measuring.board.unsaved == {drawn.key}
    measuring.overview.refresh()
    assert not measuring.overview.panel.again.isHidden()
    aside.rename(database)
    measuring.overview.panel.again.click()
    qtbot.waitUntil(lambda: not measuring.board.unsaved)
    assert len(kept(tmp_path / "study")) == 1


def test_shapes_of_another_version_are_listed_and_kept(show: Opened, tmp_path: Path, qtbot) -> None:
    folder = keep(tmp_path, {"one": ball()})
    strange = '{"version": 99, "kind": "spline"}'
    with Workspace.open(folder) as workspace:
        scan = workspace.cohort().patients[0].scans[0].id
        workspace.store.put_measurement(Measurement(scan, Unknown("spline", strange), "Odd"))
    measuring = show(folder=folder)
    assert the_only(measuring).name == "Odd"
    draw(measuring)
    saved(measuring, qtbot)
    assert len(kept(folder)) == 2


@pytest.mark.parametrize("frames", [1, 4])
def test_the_table_is_the_one_of_the_command_line(show: Opened, tmp_path: Path, qtbot, frames: int) -> None:
    measuring = show(ball(frames=frames))
    draw(measuring)
    draw(measuring, "ellipse", 200)
    from_window, from_shell = tmp_path / "window.csv", tmp_path / "shell.csv"
    with qtbot.waitSignal(measuring.page.session.bridge.job_ended):
        export(measuring.page.session, measuring.board, from_window, None)
    told = CliRunner().invoke(app, ["measurements", str(tmp_path / "study"), "--csv", str(from_shell)])
    assert told.exit_code == 0
    assert from_window.read_bytes() == from_shell.read_bytes()
    assert len(from_window.read_text().splitlines()) == 2 + frames


def test_a_table_of_one_scan_holds_only_that(show: Opened, tmp_path: Path, qtbot) -> None:
    measuring = show(ball(), ball("RAS"))
    draw(measuring)
    look_at(qtbot, measuring, "P-002")
    draw(measuring, "angle")
    draw(measuring, "rectangle", 200)
    scan = measuring.page.panes.front.scan
    assert scan is not None
    path = tmp_path / "one.csv"
    with qtbot.waitSignal(measuring.page.session.bridge.job_ended):
        export(measuring.page.session, measuring.board, path, scan.id)
    lines = path.read_text().splitlines()[1:]
    assert [line.split(",")[0] for line in lines] == ["P-002"]


def test_the_file_dialog_leads_to_a_table(show: Opened, tmp_path: Path, qtbot, monkeypatch) -> None:
    measuring = show(ball())
    draw(measuring)
    path = tmp_path / "chosen"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(measuring.page.session.announced) as told:
        measuring.deeds.export_scan.trigger()
    assert told.args == [f"1 measurement is saved in {path}.csv."]
    assert path.with_suffix(".csv").is_file()
