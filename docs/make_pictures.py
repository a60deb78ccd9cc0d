"""Take the pictures of the guide: `python docs/make_pictures.py [FOLDER]`, where FOLDER holds a demo with a run.

Needs a display (`xvfb-run -a -s "-screen 0 2560x1440x24"` gives one). Without FOLDER the demo study is made and run
first, which takes two minutes.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

PICTURES = Path(__file__).resolve().parent / "pictures"
SIZE = (1280, 800)
PATIENT, VOXEL = "P-003", (24, 24, 0)
SCANS = Path("phantom", "data")
PATIENCE_S = 60.0


def main() -> int:
    """Open the window on the demo and take a picture of each page."""
    scratch = tempfile.mkdtemp(prefix="isocenter-pictures-")
    os.environ["ISOCENTER_CONFIG_DIR"] = os.environ["ISOCENTER_DATA_DIR"] = scratch
    workspace = Path(sys.argv[1]) / "workspace" if len(sys.argv) > 1 else _demo(Path(scratch) / "demo-osteoporosis-mri")
    PICTURES.mkdir(exist_ok=True)
    _take_all(workspace)
    return 0


def _demo(folder: Path) -> Path:
    from engine.cli import main as isocenter

    if isocenter(["demo", "osteoporosis-mri", "--to", str(folder)]) != 0:
        raise SystemExit("the demo failed")
    return folder / "workspace"


def _take_all(workspace: Path) -> None:
    from desktop import theme
    from desktop.app import application
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.window import Window

    app = application()
    session = Session(Settings.load())
    theme.apply(app, "dark")
    window = Window(session)
    window.resize(*SIZE)
    window.show()
    _rest(1.5)
    _take(window, "start")
    session.open_places([workspace.parent / SCANS])
    _until(lambda: window.pages.key == "found")
    _rest(3.0)
    _take(window, "found")
    session.intake.discard()
    session.open_workspace(workspace)
    _until(lambda: session.cohort is not None)
    session.selection.set(patient=PATIENT)
    for page in ("cohort", "view", "train", "results"):
        window.show_page(page)
        _rest(3.0)
        if page == "view":
            session.selection.set(voxel=VOXEL)
            _rest(1.0)
        _take(window, page)
    theme.apply(app, "light")
    window.show_page("view")
    _rest(1.5)
    _take(window, "view-light")
    window.close()
    session.close()


def _take(window: "object", name: str) -> None:
    from desktop.window import Window

    assert isinstance(window, Window)
    window.grab().save(str(PICTURES / f"{name}.png"))


def _rest(seconds: float) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def _until(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > limit:
            raise SystemExit("the window did not get ready in time")
        QApplication.processEvents()


if __name__ == "__main__":
    sys.exit(main())
