"""Movies as files: pictures one after the other, as GIF, APNG, WebP, or MP4 where a library for that is installed."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from engine.control import Control
from engine.errors import PictureError, StorageError
from engine.pictures.apng import write_apng
from engine.pictures.picture import Picture
from engine.pictures.picture_file import ending_of, guard, image_of, write_new

Progress = Callable[[int, int], None]
SLOWEST, FASTEST = 0.1, 50.0
LONGEST_MS = 655_350
VIDEO_LIBRARY, VIDEO_PACKAGE = "cv2", "opencv-python-headless"
VIDEO_CODEC = "mp4v"
QUICK = 20  # how hard WebP tries without loss: four times as fast as usual, for files a little larger


@dataclass(frozen=True)
class Motion:
    """Pictures in a second, and whether the movie begins again at its end."""

    fps: float = 10.0
    loop: bool = True

    def __post_init__(self) -> None:
        if not (isfinite(self.fps) and self.fps > 0):
            hint = f"Say how many pictures there are in a second, from {SLOWEST:g} to {FASTEST:g}."
            raise PictureError("a movie's speed is a number above 0", hint=hint)

    @property
    def step_ms(self) -> int:
        """How long a picture stands: tens of milliseconds, for GIF counts in them."""
        return max(20, 10 * round(100 / min(max(self.fps, SLOWEST), FASTEST)))


Writer = Callable[[BinaryIO, Iterator[Picture], Motion], None]


def write_movie(
    path: Path,
    pictures: Iterable[Picture],
    motion: Motion,
    count: int = 0,
    *,
    overwrite: bool = False,
    progress: Progress | None = None,
    control: Control | None = None,
) -> int:
    """Save pictures of one size as a movie in the format of the path's ending; tells how many there were.

    `count` of them are to be expected. In GIF and WebP, equal ones that follow each other become one that stands
    longer, in GIF for LONGEST_MS at most. Raises PictureError for an unknown ending, for no pictures, or where a
    library is missing; StorageError where the file is there already, or by the time all is drawn, or the disk refuses;
    Cancelled. Nothing is left of what was not finished.
    """
    write = WRITERS[ending_of(path, WRITERS)]
    guard(path, overwrite=overwrite)
    if write is _write_video:
        video_library()
    taken = _Counted(pictures, count, progress, control or Control())
    write_new(path, lambda stream: write(stream, iter(taken), motion), overwrite=overwrite)
    return taken.done


def video_available() -> bool:
    """Whether MP4 can be written here."""
    return find_spec(VIDEO_LIBRARY) is not None


def video_library() -> Any:
    """The library that writes MP4; PictureError, with the command that installs it, where there is none."""
    try:
        return import_module(VIDEO_LIBRARY)
    except ImportError as failure:
        hint = f"Install it with: pip install {VIDEO_PACKAGE}. GIF, APNG and WebP need nothing more."
        raise PictureError("MP4 needs a library that is not installed", hint=hint) from failure


class _Standing(int):
    """How long a picture stands, to which Pillow adds the time of equal ones: never more than GIF can say."""

    def __add__(self, more: int) -> "_Standing":
        return _Standing(min(int(self) + int(more), LONGEST_MS))


class _Counted:
    """Pictures with a safe point before each, and the progress told."""

    def __init__(self, pictures: Iterable[Picture], count: int, progress: Progress | None, control: Control) -> None:
        self.done = 0
        self._pictures, self._count = pictures, count
        self._progress, self._control = progress, control

    def __iter__(self) -> Iterator[Picture]:
        for picture in self._pictures:
            self._control.check()
            yield picture
            self.done += 1
            if self._progress is not None:
                self._progress(self.done, max(self.done, self._count))
        self._control.check()


def _write_gif(stream: BinaryIO, pictures: Iterator[Picture], motion: Motion) -> None:
    _animate(stream, map(_in_256, map(image_of, pictures)), motion, "GIF", loops={"loop": 0} if motion.loop else {})


def _write_apng(stream: BinaryIO, pictures: Iterator[Picture], motion: Motion) -> None:
    write_apng(stream, chain([_first(pictures)], pictures), motion.step_ms, loop=motion.loop)


def _write_webp(stream: BinaryIO, pictures: Iterator[Picture], motion: Motion) -> None:
    loops = {"loop": 0 if motion.loop else 1, "lossless": True, "quality": QUICK}
    _animate(stream, map(Image.fromarray, pictures), motion, "WEBP", loops=loops)


def _animate(stream: BinaryIO, images: Iterator[Image.Image], motion: Motion, form: str, loops: dict[str, Any]) -> None:
    first = _first(images)
    first.save(stream, form, save_all=True, append_images=images, duration=_Standing(motion.step_ms), **loops)


def _first(items: Iterator[Any]) -> Any:
    for item in items:
        return item
    raise PictureError("there are no pictures to make a movie of", hint="Choose slices or frames of a scan.")


def _in_256(image: Image.Image) -> Image.Image:
    """With colours of its own choice where it has any; greys stay as they are."""
    if image.mode == "L":
        return image
    return image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _write_video(stream: BinaryIO, pictures: Iterator[Picture], motion: Motion) -> None:
    """By way of a file of the library's own, for it writes to nothing else."""
    with tempfile.TemporaryDirectory(prefix="isocenter-movie-") as folder:
        path = Path(folder) / "movie.mp4"
        _encode(path, pictures, motion)
        with path.open("rb") as made:
            shutil.copyfileobj(made, stream)


def _encode(path: Path, pictures: Iterator[Picture], motion: Motion) -> None:
    library = video_library()
    first = _even(_first(pictures))
    code = library.VideoWriter_fourcc(*VIDEO_CODEC)
    size = (first.shape[1], first.shape[0])
    writer = library.VideoWriter(str(path), library.CAP_FFMPEG, code, 1000 / motion.step_ms, size)
    if not writer.isOpened():
        raise StorageError("the video could not be begun", path=path, hint="Choose a smaller size, or another format.")
    try:
        for picture in chain([first], map(_even, pictures)):
            writer.write(np.ascontiguousarray(picture[..., ::-1]))
    finally:
        writer.release()


def _even(picture: Picture) -> Picture:
    """With even numbers of rows and columns, as video wants them."""
    return np.pad(picture, ((0, picture.shape[0] % 2), (0, picture.shape[1] % 2), (0, 0)))


WRITERS: dict[str, Writer] = {
    ".gif": _write_gif,
    ".png": _write_apng,
    ".apng": _write_apng,
    ".webp": _write_webp,
    ".mp4": _write_video,
}
