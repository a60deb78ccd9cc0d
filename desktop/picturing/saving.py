"""Has pictures and movies written by jobs of the tray, and says where they are."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from desktop.bridge import Report
from desktop.jobs import Job
from desktop.picturing.frozen import Frozen
from desktop.picturing.painted import as_pixels, page_of, painted
from desktop.picturing.turning import Turning
from desktop.session import Session
from engine.control import Control
from engine.errors import IsocenterError
from engine.pictures.drawing import Size, draw
from engine.pictures.lettering import Lettering
from engine.pictures.movie import Motion, write_movie
from engine.pictures.picture import Picture
from engine.pictures.picture_file import guard, write_new, write_picture
from engine.pictures.series import Along, count_along, viewings_along
from engine.pictures.viewing import Viewing

PAPER = ".pdf"
COUNTED = "Pictures"


class Saving(QObject):
    """Every method returns at once. What went wrong is told by the session, as is where the file lies."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._turnings: dict[int, Turning] = {}
        session.bridge.job_ended.connect(self._job_ended)

    def picture(self, frozen: Frozen, path: Path, *, overwrite: bool) -> Job:
        """What was in sight, as one file."""
        return self._begin(path, lambda report, control: _write_frozen(frozen, path, overwrite, control))

    def slices(self, viewing: Viewing, size: Size, lettering: Lettering, path: Path, *, smooth: bool) -> Job:
        """Every slice as a numbered file beside `path`."""
        work = partial(_write_slices, viewing, size, lettering, path, smooth)
        return self._begin(path, work)

    def movie(
        self,
        viewing: Viewing,
        along: Along,
        size: Size,
        lettering: Lettering,
        path: Path,
        motion: Motion,
        *,
        overwrite: bool,
        smooth: bool = True,
    ) -> Job:
        """Through all slices, or all frames."""
        pictures = (draw(each, size, lettering, smooth=smooth) for each in viewings_along(viewing, along))
        write = partial(_write_movie, pictures, count_along(viewing, along), path, motion, overwrite)
        return self._begin(path, write)

    def turn(self, turning: Turning, path: Path, motion: Motion, *, overwrite: bool) -> Job:
        """A volume once round."""

        def work(report: Report, control: Control) -> Path:
            return _write_movie(turning.pictures(control), turning.steps, path, motion, overwrite, report, control)

        job = self._begin(path, work)
        self._turnings[job.number] = turning
        return job

    def _begin(self, path: Path, work: Callable[[Report, Control], Path]) -> Job:
        return self._session.bridge.submit_job(f"Saving {path.name}", work, self._saved, self._failed, owner=self)

    def _saved(self, path: Path) -> None:
        self._session.announced.emit(f"Saved {path}")

    def _failed(self, error: IsocenterError) -> None:
        self._session.failed.emit(error)

    def _job_ended(self, job: Job) -> None:
        turning = self._turnings.pop(job.number, None)
        if turning is not None:
            turning.stop()
            turning.deleteLater()


def _write_frozen(frozen: Frozen, path: Path, overwrite: bool, control: Control) -> Path:
    if path.suffix.lower() != PAPER:
        pixels = as_pixels(painted(frozen, control))
        control.check()
        write_picture(path, pixels, overwrite=overwrite)
        return path
    guard(path, overwrite=overwrite)
    page = page_of(frozen, control)
    control.check()
    write_new(path, lambda stream: stream.write(page), overwrite=overwrite)
    return path


def _write_slices(
    viewing: Viewing, size: Size, lettering: Lettering, path: Path, smooth: bool, report: Report, control: Control
) -> Path:
    """All of the files, or none; an earlier set of them is never written over."""
    count = count_along(viewing, "slices")
    paths = [path.with_name(f"{path.stem}_{n:0{len(str(count))}}{path.suffix}") for n in range(1, count + 1)]
    for each in paths:
        guard(each, overwrite=False)
    written: list[Path] = []
    try:
        for each, one in zip(paths, viewings_along(viewing, "slices"), strict=True):
            control.check()
            write_picture(each, draw(one, size, lettering, smooth=smooth))
            written.append(each)
            report(len(written), count, COUNTED)
    except BaseException:
        for each in written:
            each.unlink(missing_ok=True)
        raise
    return paths[0]


def _write_movie(
    pictures: Iterable[Picture],
    count: int,
    path: Path,
    motion: Motion,
    overwrite: bool,
    report: Report,
    control: Control,
) -> Path:
    def told(done: int, total: int) -> Any:
        report(done, total, COUNTED)

    write_movie(path, pictures, motion, count, overwrite=overwrite, progress=told, control=control)
    return path
