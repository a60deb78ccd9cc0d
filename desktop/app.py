"""Start-up: settings, theme, window, first paint; then the rest."""

import argparse
import multiprocessing
import os
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.bridge import readable
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import Window

BENCHMARK = "ISOCENTER_FIRST_PAINT"


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and return the exit status when it is closed."""
    multiprocessing.freeze_support()
    wishes = _wishes(arguments)
    app = application()
    session = Session(Settings.load())
    theme.apply(app, session.settings.theme)
    window = Window(session)
    report_unexpected(session)
    window.first_painted.connect(lambda: _after_first_paint(app, session, wishes))
    window.show()
    status = app.exec()
    if not session.close():
        sys.stdout.flush()
        os._exit(status)
    return status


def application() -> QApplication:
    """The one QApplication, made if need be."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("isocenter")
    app.setApplicationDisplayName("Isocenter")
    return app


def report_unexpected(session: Session) -> None:
    """Show what nobody caught in the window, and write it to stderr; the window stays alive."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        traceback.print_exception(kind, error, trace)
        if isinstance(error, Exception):
            QTimer.singleShot(0, session, lambda: session.failed.emit(readable(error)))

    sys.excepthook = report
    threading.excepthook = lambda args: report(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


def _after_first_paint(app: QApplication, session: Session, wishes: argparse.Namespace) -> None:
    if os.environ.get(BENCHMARK) == "1":
        print("first-paint", flush=True)
        return app.quit()
    if wishes.workspace:
        session.open_folder(Path(wishes.workspace).absolute())
    elif wishes.demo:
        session.open_demo()


def _wishes(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="isocenter", description="Open the Isocenter window.")
    parser.add_argument("workspace", nargs="?", help="a workspace to open, or a folder of scans to import")
    parser.add_argument("--demo", action="store_true", help="make the demo study and open it")
    return parser.parse_args(arguments)
