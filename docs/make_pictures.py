"""Take the pictures of the guide: `python docs/make_pictures.py [FOLDER] [--to PICTURES]`.

FOLDER holds a demo with a run; without it the demo study is made and run first, which takes two minutes. Needs a
display (`xvfb-run -a -s "-screen 0 2560x1440x24 +extension GLX"` gives one).
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cohort_pictures import take_cohort_pages
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from desktop.viewer.volume_cell import VolumeCell
    from desktop.window import Window

PICTURES = Path(__file__).resolve().parent / "pictures"
SIZE, SIZES = (1280, 800), ((1280, 800), (2560, 1440))
PATIENT, ROLE, VOXEL = "P-003", "T2", (24, 24, 4)
SCANS = Path("phantom", "data")
PATIENCE_S = 60.0
LARGEST_KB = 250
QUALITIES = (100, 95, 90, 80, 70)


def main() -> int:
    """Open the window on the demo and take a picture of each page and each layout; then of a cohort that is made."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path)
    asked.add_argument("--to", type=Path, default=PICTURES)
    told = asked.parse_args()
    scratch = tempfile.mkdtemp(prefix="isocenter-pictures-")
    os.environ["ISOCENTER_CONFIG_DIR"] = os.environ["ISOCENTER_DATA_DIR"] = scratch
    workspace = (told.folder or _demo(Path(scratch) / "demo-osteoporosis-mri")) / "workspace"
    (told.to / "layouts").mkdir(parents=True, exist_ok=True)
    _take_all(workspace, Path(scratch), told.to)
    return 0


def _demo(folder: Path) -> Path:
    from engine.cli import main as isocenter

    if isocenter(["demo", "osteoporosis-mri", "--to", str(folder)]) != 0:
        raise SystemExit("the demo failed")
    return folder


def _take_all(workspace: Path, scratch: Path, to: Path) -> None:
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
    _take(window, to / "start.png")
    session.open_places([workspace.parent / SCANS])
    _until(lambda: window.pages.key == "found")
    _rest(3.0)
    _take(window, to / "found.png")
    session.intake.discard()
    session.open_workspace(workspace)
    _until(lambda: session.cohort is not None)
    _look_at_scan(window)
    for page in ("cohort", "view", "train", "results"):
        window.show_page(page)
        _rest(3.0)
        _take(window, to / f"{page}.png")
    theme.apply(app, "light")
    window.show_page("view")
    _rest(1.5)
    _take(window, to / "view-light.png")
    for name in theme.THEMES:
        theme.apply(app, name)
        for size in SIZES:
            window.resize(*size)
            _take_layouts(window, to / "layouts", f"{name}-{size[0]}")
    theme.apply(app, "dark")
    window.resize(*SIZE)
    take_cohort_pages(window, workspace, scratch, to, _rest, _until)
    window.close()
    session.close()


def _look_at_scan(window: "Window") -> None:
    session = window.session
    assert session.cohort is not None
    scan = next(scan for scan in session.cohort.by_key[PATIENT].scans if scan.role == ROLE)
    session.selection.set(patient=PATIENT, scan=scan.id, voxel=VOXEL)


def _take_layouts(window: "Window", folder: Path, ending: str) -> None:
    """The view page in each of its layouts, once what is drawn off the GUI thread stands."""
    from desktop.pages.view import ViewPage
    from desktop.viewer.layouts import LAYOUTS

    page = window.pages.page
    assert isinstance(page, ViewPage)
    for action, layout in zip(page.commands.layouts, LAYOUTS, strict=True):
        action.trigger()
        _rest(1.5)
        if any(slot.content == "volume" for slot in layout.slots):
            _turn_volume(page.panes.front.planes.volume)
            _rest(4.0)
        _save_small(window.grab().toImage(), folder / f"{layout.key}-{ending}.webp")


def _turn_volume(cell: "VolumeCell") -> None:
    """The spine from its side, where it can be told from a box."""
    from desktop.picturing.frozen import volume_view_in
    from desktop.volume.camera import Camera

    _until(lambda: getattr(volume_view_in(cell), "scene", None) is not None)
    view = volume_view_in(cell)
    assert view is not None
    view.set_camera(Camera.standing("left").turned(70, 25))


def _take(window: "Window", path: Path) -> None:
    window.grab().save(str(path))


def _save_small(image: "QImage", path: Path) -> None:
    """As WebP, as good as fits into LARGEST_KB; 100 is without loss."""
    for quality in QUALITIES:
        image.save(str(path), quality=quality)
        if path.stat().st_size <= LARGEST_KB * 1000:
            return
    raise SystemExit(f"{path} stays larger than {LARGEST_KB} KB")


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
