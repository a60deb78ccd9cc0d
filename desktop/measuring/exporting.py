"""Saving measurements as a table, the same one that the command line makes."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.bridge import Report
from desktop.measuring.board import Board
from desktop.session import Session
from engine.cohort.cohort import Scan
from engine.cohort.workspace import Workspace
from engine.control import Control

Documents = QStandardPaths.StandardLocation.DocumentsLocation


def ask_and_export(session: Session, board: Board, scan: Scan | None, parent: QWidget | None) -> None:
    """Ask where to, and save the measurements of a scan or of the whole workspace."""
    name = "measurements" if scan is None else f"measurements-{scan.patient}-{scan.role}"
    plain = "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in name)
    first = Path(QStandardPaths.writableLocation(Documents)) / f"{plain}.csv"
    chosen, _ = QFileDialog.getSaveFileName(parent, "Save the measurements", str(first), "CSV tables (*.csv)")
    if chosen:
        export(session, board, Path(chosen), None if scan is None else scan.id)


def export(session: Session, board: Board, path: Path, scan: int | None) -> None:
    """Save the measurements of a scan, or of all, off the GUI thread; what is drawn by now is among them."""
    if session.workspace is None:
        return
    path = path if path.suffix else path.with_suffix(".csv")
    work = partial(_export, session.workspace, board, path, scan)
    session.bridge.submit_job(f"Saving {path.name}", work, session.announced.emit, owner=board)


def _export(workspace: Workspace, board: Board, path: Path, scan: int | None, report: Report, control: Control) -> str:
    from engine.cohort.measuring.measured import measured
    from engine.cohort.measuring.measurement_table import write_table

    board.drain()
    scans = None if scan is None else (scan,)
    rows = list(measured(workspace, scans=scans, progress=report, control=control))
    write_table(path, rows)
    count = "1 measurement is" if len(rows) == 1 else f"{len(rows)} measurements are"
    return f"{count} saved in {path}."
