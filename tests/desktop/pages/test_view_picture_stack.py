"""Pictures that are the slices of one scan, on the view page."""

from pathlib import Path

import numpy as np
from PIL import Image

from desktop.pages.view import ViewPage
from desktop.session import Session
from engine.cohort.cohort import Cohort, Patient, Scan
from engine.imaging import discover
from engine.imaging.readers.picture_stack import stacked
from tests.desktop.viewer.screen import seen, turn


def test_pictures_of_one_scan_open_as_a_volume(qtbot, session: Session, tmp_path: Path) -> None:
    for number in range(1, 12):
        Image.fromarray(np.full((24, 32), 20 * number, np.uint8)).save(tmp_path / f"{number}.png")
    header = stacked(discover([tmp_path]).scans)
    scan = Scan(1, "P-001", "SPECT", header.source, header.format, header.shape, 1, "digest", header.doubts)
    session.cohort = Cohort((Patient("P-001", "source", {}, {}, (scan,)),))
    page = ViewPage(session)
    qtbot.addWidget(page)
    page.resize(700, 700)
    with qtbot.waitExposed(page):
        page.show()
    session.cohort_changed.emit()
    session.selection.set(patient="P-001")
    qtbot.waitUntil(lambda: page.panes.front.viewing is not None and not any(p.filling for p in page.panes.panes))
    shown = seen(page.panes.front)
    assert shown.volume.array.shape == (1, 11, 24, 32)
    assert shown.volume.array[0, :, 0, 0].tolist() == [20 * number for number in range(1, 12)]
    assert shown.index == 5
    turn(page.panes.front.view, 2)
    assert abs(seen(page.panes.front).index - 5) == 2
