"""Start-up: settings, theme, window, first paint; then the rest."""

import os
import sys
import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.garbage import collect_here
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import Window

BENCHMARK = "ISOCENTER_FIRST_PAINT"
MANY = 5000


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for."""

    workspace: str | None = None
    demo: bool = False


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and return the exit status when it is closed."""
    _freeze_support()
    wishes = _wishes(sys.argv[1:] if arguments is None else arguments)
    app = application()
    session = Session(Settings.load())
    garbage = collect_here(app)
    session.workspace_changed.connect(garbage.pass_over)
    session.editing.ended.connect(lambda edited: garbage.pass_over() if len(edited.patients) > MANY else None)
    theme.apply(app, session.settings.theme)
    window = Window(session)
    report_unexpected(session)
    window.first_painted.connect(lambda: _after_first_paint(window, wishes))
    window.first_painted.connect(garbage.keep_soon)
    window.show()
    status = app.exec()
    if not session.close() or _compiling():
        sys.stdout.flush()
        os._exit(status)
    return status


def _compiling() -> bool:
    """Whether a thread makes machine code, which cannot be called off and need not be waited for."""
    sampling = sys.modules.get("engine.pictures.sampling")
    return sampling is not None and bool(sampling.under_way())


def application() -> QApplication:
    """The one QApplication, made if need be; garbage is collected on its thread from then on."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("isocenter")
    app.setApplicationDisplayName("Isocenter")
    collect_here(app)
    return app


def report_unexpected(session: Session) -> None:
    """Show what nobody caught in the window, and write it to stderr; the window stays alive."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        traceback.print_exception(kind, error, trace)
        if isinstance(error, Exception):
            session.bridge.fail(error)

    sys.excepthook = report
    threading.excepthook = lambda args: report(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)


def _after_first_paint(window: Window, wishes: Wishes) -> None:
    if os.environ.get(BENCHMARK) == "1":
        print("first-paint", flush=True)
        window.close()
    elif wishes.workspace:
        window.session.open_folder(Path(wishes.workspace).absolute())
    elif wishes.demo:
        window.session.open_demo()


def _freeze_support() -> None:
    """In a frozen bundle a worker process begins here, and goes no further than this."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()


def _wishes(arguments: Sequence[str]) -> Wishes:
    if not arguments:
        return Wishes()
    import argparse

    parser = argparse.ArgumentParser(prog="isocenter", description="Open the Isocenter window.")
    parser.add_argument("workspace", nargs="?", help="a workspace to open, or a folder of scans to import")
    parser.add_argument("--demo", action="store_true", help="make the demo study and open it")
    asked = parser.parse_args(arguments)
    return Wishes(asked.workspace, asked.demo)
