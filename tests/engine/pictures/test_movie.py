"""Movies and pictures as files: every picture there, as long as asked, and never a half of one."""

import errno
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.control import Control
from engine.errors import Cancelled, PictureError, StorageError
from engine.pictures.movie import Motion, write_movie
from engine.pictures.picture_file import write_picture
from tests.helpers.unprivileged import public_folder, without_rights

GREYS = [np.full((20, 30, 3), shade, np.uint8) for shade in (0, 60, 120, 180, 240)]
MOVING = ["gif", "png", "apng", "webp"]


def coloured() -> Iterator[np.ndarray]:
    for shade in (40, 90, 140):
        picture = np.zeros((24, 24, 3), np.uint8)
        picture[6:18, 6:18] = (230, shade, 20)
        yield picture


def frames_of(path: Path) -> list[np.ndarray]:
    with Image.open(path) as movie:
        found = []
        for place in range(getattr(movie, "n_frames", 1)):
            movie.seek(place)
            found.append(np.asarray(movie.convert("RGB")))
        return found


@pytest.mark.parametrize("ending", MOVING)
def test_a_movie_holds_every_picture_exactly(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"m.{ending}"
    assert write_movie(path, iter(GREYS), Motion(5)) == len(GREYS)
    assert all((kept == made).all() for kept, made in zip(frames_of(path), GREYS, strict=True))


@pytest.mark.parametrize("ending", MOVING)
def test_colours_stay_what_they_are(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"m.{ending}"
    write_movie(path, coloured(), Motion(5))
    assert all((kept == made).all() for kept, made in zip(frames_of(path), coloured(), strict=True))


@pytest.mark.parametrize(("fps", "step"), [(5, 200), (10, 100), (25, 40), (30, 30), (1000, 20), (0.5, 2000)])
def test_a_picture_stands_as_long_as_asked(tmp_path: Path, fps: float, step: int) -> None:
    write_movie(tmp_path / "m.gif", GREYS, Motion(fps))
    with Image.open(tmp_path / "m.gif") as movie:
        assert movie.info["duration"] == step


@pytest.mark.parametrize(("ending", "forever", "once"), [("gif", 0, None), ("png", 0, 1), ("webp", 0, 1)])
def test_a_movie_begins_again_or_does_not(tmp_path: Path, ending: str, forever: int, once: int | None) -> None:
    for loop, count in ((True, forever), (False, once)):
        write_movie(tmp_path / f"{loop}.{ending}", GREYS, Motion(loop=loop))
        with Image.open(tmp_path / f"{loop}.{ending}") as movie:
            assert movie.info.get("loop") == count


def test_progress_counts_pictures(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_movie(tmp_path / "m.gif", GREYS, Motion(), 5, progress=lambda done, total: told.append((done, total)))
    assert told == [(n, 5) for n in range(1, 6)]


@pytest.mark.parametrize("ending", MOVING)
def test_a_cancelled_movie_leaves_nothing(tmp_path: Path, ending: str) -> None:
    control = Control()

    def pictures() -> Iterator[np.ndarray]:
        yield GREYS[0]
        control.cancel()
        yield GREYS[1]

    with pytest.raises(Cancelled):
        write_movie(tmp_path / f"m.{ending}", pictures(), Motion(), control=control)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_while_drawing_leaves_nothing(tmp_path: Path) -> None:
    def pictures() -> Iterator[np.ndarray]:
        yield GREYS[0]
        raise PictureError("no")

    with pytest.raises(PictureError):
        write_movie(tmp_path / "m.gif", pictures(), Motion())
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over_unasked(tmp_path: Path) -> None:
    for write in (
        lambda path, over: write_picture(path, GREYS[0], overwrite=over),
        lambda path, over: write_movie(path, GREYS, Motion(), overwrite=over),
    ):
        path = tmp_path / "a.png"
        path.write_bytes(b"old")
        with pytest.raises(StorageError, match="already"):
            write(path, False)
        assert path.read_bytes() == b"old"
        write(path, True)
        assert path.read_bytes() != b"old"


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_comes_while_a_movie_is_drawn_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    path = tmp_path / "m.gif"

    def pictures() -> Iterator[np.ndarray]:
        yield GREYS[0]
        path.write_bytes(b"of somebody else")
        yield GREYS[1]

    if not links:
        monkeypatch.setattr("pathlib.Path.hardlink_to", refuse)
    with pytest.raises(StorageError, match="already") as failure:
        write_movie(path, pictures(), Motion())
    assert "another name" in failure.value.hint
    assert path.read_bytes() == b"of somebody else"
    assert list(tmp_path.iterdir()) == [path]


def test_a_drive_without_links_can_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathlib.Path.hardlink_to", refuse)
    write_movie(tmp_path / "m.gif", GREYS, Motion())
    assert len(frames_of(tmp_path / "m.gif")) == len(GREYS)
    assert [path.name for path in tmp_path.iterdir()] == ["m.gif"]


def refuse(link: Path, target: Path) -> None:
    """As a drive does that knows no links."""
    raise OSError(errno.EPERM, "Operation not permitted")


@pytest.mark.parametrize("letters", [245, 300])
def test_a_name_that_is_too_long_is_said(tmp_path: Path, letters: int) -> None:
    with pytest.raises(StorageError, match="too long"):
        write_movie(tmp_path / f"{'x' * letters}.gif", GREYS, Motion())


@pytest.mark.parametrize("fps", [float("nan"), float("inf"), 0.0, -1.0])
def test_a_speed_that_is_none_is_refused(fps: float) -> None:
    with pytest.raises(PictureError, match="speed"):
        Motion(fps)


def test_a_picture_stands_in_a_gif_as_long_as_can_be_said_there(tmp_path: Path) -> None:
    write_movie(tmp_path / "m.gif", [GREYS[0]] * 70 + [GREYS[1]], Motion(0.1))
    with Image.open(tmp_path / "m.gif") as movie:
        assert movie.info["duration"] == 655_350


def test_an_unknown_ending_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(PictureError) as failure:
        write_movie(tmp_path / "m.avi", GREYS, Motion())
    assert ".webp" in failure.value.hint


def test_no_pictures_are_no_movie(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="no pictures"):
        write_movie(tmp_path / "m.gif", [], Motion())


def test_mp4_without_its_library_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(PictureError) as failure:
        write_movie(tmp_path / "m.mp4", GREYS, Motion())
    assert "pip install opencv-python-headless" in failure.value.hint
    assert list(tmp_path.iterdir()) == []


def test_mp4_holds_every_picture_nearly(tmp_path: Path) -> None:
    video = pytest.importorskip("cv2")
    odd = [np.full((21, 33, 3), shade, np.uint8) for shade in (0, 120, 240)]
    write_movie(tmp_path / "m.mp4", odd, Motion(5))
    film = video.VideoCapture(str(tmp_path / "m.mp4"))
    kept = [film.read()[1] for _ in odd]
    assert film.read()[0] is False
    assert film.get(video.CAP_PROP_FPS) == pytest.approx(5)
    assert all(np.abs(one[:20, :32].astype(int) - made[0, 0]).max() < 12 for one, made in zip(kept, odd, strict=True))


@pytest.mark.parametrize("ending", ["png", "tif", "tiff"])
def test_a_picture_comes_back_as_it_was(tmp_path: Path, ending: str) -> None:
    picture = next(coloured())
    write_picture(tmp_path / f"a.{ending}", picture)
    with Image.open(tmp_path / f"a.{ending}") as kept:
        assert (np.asarray(kept) == picture).all()
        assert not {"Author", "Description", "Title", "Comment", "parameters"} & set(kept.info)


def test_a_grey_picture_is_saved_in_greys(tmp_path: Path) -> None:
    write_picture(tmp_path / "a.jpg", GREYS[2])
    with Image.open(tmp_path / "a.jpg") as kept:
        assert kept.mode == "L"


def test_a_folder_without_permission_says_so() -> None:
    work = """
import numpy as np
from engine.pictures.picture_file import write_picture
write_picture(folder / "a.png", np.zeros((4, 4, 3), np.uint8))
"""
    with public_folder() as folder:
        assert without_rights(folder, work) == "StorageError: the folder may not be written to"
        assert list(folder.iterdir()) == []
