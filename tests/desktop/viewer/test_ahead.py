from pathlib import Path

import numpy as np
import pytest

from desktop.bridge import Bridge
from desktop.viewer import ahead
from desktop.viewer.ahead import Ahead, opened_ahead
from desktop.viewer.memory import ViewMemory
from desktop.viewer.scan_pane import ScanPane
from engine.cohort.cohort import Scan
from engine.control import Control
from engine.imaging import open_scan
from engine.imaging.opened import OpenedScan
from engine.imaging.source import ScanSource
from engine.imaging.writer import write_nifti
from tests.desktop.viewer.screen import seen
from tests.helpers.volumes import echoes


@pytest.fixture
def bridge(qtbot):
    made = Bridge()
    yield made
    made.shutdown()


@pytest.fixture
def sources(tmp_path: Path) -> tuple[ScanSource, ...]:
    """Four scans."""
    made = tuple(ScanSource("nifti", (tmp_path / f"{name}.nii",)) for name in "abcd")
    for source in made:
        write_nifti(echoes(), source.path)
    return made


def test_what_is_expected_is_opened_after_a_while_and_no_more_than_two(bridge, sources, qtbot) -> None:
    waiting = Ahead(bridge)
    waiting.expect(sources)
    assert waiting.ready == ()
    qtbot.waitUntil(lambda: waiting.ready == sources[:2])


def test_what_is_not_expected_any_more_is_let_go(bridge, sources, qtbot) -> None:
    waiting = Ahead(bridge)
    waiting.expect(sources[:2])
    qtbot.waitUntil(lambda: len(waiting.ready) == 2)
    waiting.expect(sources[1:3])
    assert waiting.ready == sources[1:2]
    qtbot.waitUntil(lambda: waiting.ready == sources[1:3])


def test_moving_on_in_time_opens_nothing(bridge, sources, qtbot) -> None:
    waiting = Ahead(bridge)
    waiting.expect(sources)
    waiting.rest()
    with qtbot.assertNotEmitted(bridge._ended, wait=2 * ahead.REST_MS):
        pass
    assert waiting.ready == ()


def test_a_scan_that_is_taken_is_kept_no_longer(bridge, sources, qtbot) -> None:
    waiting = Ahead(bridge)
    waiting.expect(sources[:1])
    qtbot.waitUntil(lambda: len(waiting.ready) == 1)
    assert waiting.take(sources[0]) is not None
    assert waiting.take(sources[0]) is None


def test_a_scan_that_was_opened_is_not_opened_again(bridge, sources, qtbot, monkeypatch) -> None:
    waiting = Ahead(bridge)
    waiting.expect(sources[:1])
    qtbot.waitUntil(lambda: len(waiting.ready) == 1)
    opened = []

    def watched(source: ScanSource) -> OpenedScan:
        opened.append(source)
        return open_scan(source)

    monkeypatch.setattr("engine.imaging.open_scan", watched)
    pane = ScanPane(bridge, ViewMemory(), ahead=waiting)
    qtbot.addWidget(pane)
    with qtbot.waitSignal(pane.completed):
        pane.show_scan(Scan(1, "P-001", "T2", sources[0], "nifti", (32, 32, 6), 4, ""))
    assert opened == []
    assert np.array_equal(seen(pane).volume.array, echoes().array)


def test_what_is_too_large_or_broken_or_given_up_is_not_kept(sources, tmp_path: Path, monkeypatch) -> None:
    stopped = Control()
    stopped.cancel()
    assert opened_ahead(sources[0], stopped) == []
    (tmp_path / "broken.nii").write_bytes(b"broken")
    assert opened_ahead(ScanSource("nifti", (tmp_path / "broken.nii",)), Control()) == []
    monkeypatch.setattr(ahead, "MOST_BYTES", 1000)
    assert opened_ahead(sources[0], Control()) == []


def test_a_broken_scan_does_not_keep_the_next_from_being_opened(bridge, sources, tmp_path: Path, qtbot) -> None:
    (tmp_path / "broken.nii").write_bytes(b"broken")
    waiting = Ahead(bridge)
    waiting.expect((ScanSource("nifti", (tmp_path / "broken.nii",)), sources[0]))
    qtbot.waitUntil(lambda: waiting.ready == sources[:1])


def test_being_destroyed_while_it_reads_is_safe(bridge, sources, qtbot) -> None:
    waiting = Ahead(bridge)
    waiting.expect(sources)
    waiting._rest.timeout.emit()
    with qtbot.captureExceptions() as exceptions:
        waiting.deleteLater()
        assert bridge.settle(10)
        qtbot.waitUntil(lambda: not bridge._tasks)
    assert exceptions == []
