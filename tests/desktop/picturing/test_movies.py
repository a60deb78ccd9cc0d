"""Movies: as many pictures as there are slices, frames or steps of a turn; nothing of one that was cancelled."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSize

from desktop.jobs import Job
from desktop.pages.view import ViewPage
from desktop.picturing.panel import SavePanel
from desktop.picturing.turning import STEPS, Look, Turning
from desktop.picturing.wish import Wish
from desktop.viewer.gestures import actual_size
from desktop.volume.choosing import card
from desktop.volume.volume_view import VolumeView
from engine.control import Control
from engine.errors import PictureError
from engine.pictures.movie import video_available
from tests.desktop.picturing.conftest import volume_in_sight
from tests.desktop.picturing.test_pictures import carried_out, opened, picturing
from tests.helpers.volumes import body

SLICES, ECHOES = 6, 4


def frames_of(path: Path) -> list[np.ndarray]:
    with Image.open(path) as movie:
        found = []
        for place in range(getattr(movie, "n_frames", 1)):
            movie.seek(place)
            found.append(np.asarray(movie.convert("L")).astype(int))
        return found


@pytest.mark.parametrize("ending", ["gif", "apng", "webp"])
def test_a_movie_has_a_picture_for_each_slice(page: ViewPage, qtbot, tmp_path: Path, ending: str) -> None:
    path = carried_out(qtbot, page, Wish("movie-slices", tmp_path / f"m.{ending}", fps=5))
    assert len(frames_of(path)) == SLICES
    with Image.open(path) as movie:
        movie.seek(1)
        movie.load()
        assert movie.info["duration"] == 200


def test_a_movie_has_a_picture_for_each_frame_and_they_fade(page: ViewPage, qtbot, tmp_path: Path) -> None:
    path = carried_out(qtbot, page, Wish("movie-frames", tmp_path / "m.gif", texts=False))
    brightness = [frame.mean() for frame in frames_of(path)]
    assert len(brightness) == ECHOES
    assert brightness == sorted(brightness, reverse=True)


def test_the_volume_turns_once_and_stays_where_it_was(page: ViewPage, qtbot, tmp_path: Path) -> None:
    view = volume_in_sight(qtbot, page)
    before = view.scene
    frames = frames_of(carried_out(qtbot, page, Wish("movie-turn", tmp_path / "m.apng", 200, by_width=True)))
    assert len(frames) == STEPS
    assert frames[0].shape[1] == 200
    assert view.scene is before
    assert np.abs(frames[0] - frames[STEPS // 8]).mean() > 1
    assert np.abs(frames[0] - frames[-1]).mean() < np.abs(frames[0] - frames[STEPS // 8]).mean()


def test_a_volume_that_goes_away_stays_in_the_movie_that_was_begun(page: ViewPage, qtbot, tmp_path: Path) -> None:
    view = volume_in_sight(qtbot, page)
    saved = qtbot.waitSignal(page.session.announced, check_params_cb=lambda words: words.startswith("Saved"))
    with saved:
        picturing(page).carry_out(Wish("movie-turn", tmp_path / "m.apng", 200, by_width=True))
        view.clear()
    assert len(frames_of(tmp_path / "m.apng")) == STEPS


def test_the_card_turns_it_step_by_step_and_alike(page: ViewPage, qtbot) -> None:
    view = drawn_by_card(qtbot, page)
    turning = Turning(view, Look(QSize(160, 120), 1.0), steps=8)
    made = list(taken(page, qtbot, turning))
    assert len(made) == 8
    assert np.abs(made[0].astype(int) - made[1]).mean() > 1


def test_a_volume_that_leaves_the_card_while_it_turns_is_said(page: ViewPage, qtbot) -> None:
    view = drawn_by_card(qtbot, page)
    turning = Turning(view, Look(QSize(160, 120), 1.0), steps=8)
    view.clear()
    with pytest.raises(PictureError, match="turned"):
        taken(page, qtbot, turning)


@pytest.mark.parametrize("what", ["movie-slices", "movie-turn"])
def test_a_cancelled_movie_leaves_no_file(page: ViewPage, qtbot, tmp_path: Path, what: str) -> None:
    volume_in_sight(qtbot, page)
    jobs: list[Job] = []
    page.session.bridge.job_started.connect(jobs.append)
    with qtbot.waitSignal(page.session.bridge.job_ended):
        picturing(page).carry_out(Wish(what, tmp_path / "m.webp", 2000, by_width=True))  # type: ignore[arg-type]
        jobs[0].cancel()
    assert list(tmp_path.glob("*m.webp*")) == []
    qtbot.waitUntil(lambda: page.findChildren(Turning) == [])


def test_the_panel_offers_what_there_is_to_run_through(page: ViewPage, qtbot) -> None:
    assert offered(page) == ["movie-slices", "movie-frames"]
    volume_in_sight(qtbot, page)
    assert offered(page) == ["movie-slices", "movie-turn"]


def test_mp4_is_offered_where_it_can_be_written(page: ViewPage) -> None:
    panel = asked(page)
    there = panel.format.findData(".mp4") >= 0
    assert there == video_available()
    assert there or "pip install" in panel.note.text()


def test_a_movie_shows_the_zoom_of_the_screen(page: ViewPage, qtbot, tmp_path: Path) -> None:
    view = page.panes.front.view
    whole = opened(carried_out(qtbot, page, Wish("movie-slices", tmp_path / "whole.gif")))
    assert view.viewing is not None
    page.become(actual_size(view.viewing, view.placement, 1.0))
    zoomed = opened(carried_out(qtbot, page, Wish("movie-slices", tmp_path / "zoomed.gif")))
    assert whole.shape[0] == whole.shape[1]
    assert zoomed.shape[:2] == (view.height(), view.width())


def asked(page: ViewPage) -> SavePanel:
    picturing(page).film.trigger()
    panel = picturing(page).movie_panel
    assert panel is not None
    return panel


def offered(page: ViewPage) -> list[str]:
    panel = asked(page)
    return [panel.what.itemData(place) for place in range(panel.what.count())]


def drawn_by_card(qtbot, page: ViewPage) -> VolumeView:
    """A volume on a card, or what stands in for one here."""
    if not card():
        pytest.skip("nothing here draws by OpenGL")
    view = VolumeView(page.session.bridge, "card")
    qtbot.addWidget(view)
    view.resize(160, 120)
    view.show()
    view.show_volume(body())
    qtbot.waitUntil(lambda: view.scene is not None)
    return view


def taken(page: ViewPage, qtbot, turning: Turning) -> list[np.ndarray]:
    """The pictures, as another thread takes them."""
    answers: list[object] = []
    work = lambda: list(turning.pictures(Control()))  # noqa: E731
    page.session.bridge.submit(work, answers.append, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=20000)
    turning.stop()
    if isinstance(answers[0], Exception):
        raise answers[0]
    assert isinstance(answers[0], list)
    return answers[0]
