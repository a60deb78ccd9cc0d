from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.session import Session
from desktop.viewer.pictures_ahead import PicturesAhead
from engine.imaging.source import ScanSource


@pytest.fixture
def sources(tmp_path: Path) -> tuple[ScanSource, ...]:
    """Six pictures of 100 bytes, each with 800 of samples."""
    files = [tmp_path / f"{i}.png" for i in range(6)]
    for i, file in enumerate(files):
        Image.fromarray(np.full((10, 10), i, np.uint8)).save(file)
    return tuple(ScanSource("pictures", (file,)) for file in files)


@pytest.fixture
def ahead(qtbot, session: Session) -> PicturesAhead:
    return PicturesAhead(session.bridge)


def test_what_is_expected_is_read_and_what_is_not_any_more_is_let_go(ahead, sources, qtbot) -> None:
    ahead.expect(sources[:3])
    qtbot.waitUntil(lambda: ahead.ready == sources[:3])
    assert ahead.of(sources[1]).volume.array.max() == 1
    ahead.expect(sources[2:5])
    qtbot.waitUntil(lambda: ahead.ready == sources[2:5])
    assert ahead.of(sources[0]) is None


def test_the_nearest_take_the_room_of_the_farthest(ahead, sources, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("desktop.viewer.pictures_ahead.MOST_BYTES", 2 * 900)
    ahead.expect(sources)
    qtbot.waitUntil(lambda: ahead.ready == sources[:2])
    ahead.expect(sources[::-1])
    qtbot.waitUntil(lambda: set(ahead.ready) == set(sources[4:]))


def test_what_cannot_be_read_is_passed_over(ahead, sources, qtbot) -> None:
    sources[0].path.write_bytes(b"broken")
    ahead.expect(sources[:3])
    qtbot.waitUntil(lambda: ahead.ready == sources[1:3])


def test_forgetting_keeps_nothing(ahead, sources, qtbot) -> None:
    ahead.expect(sources)
    ahead.forget()
    assert ahead.ready == ()
