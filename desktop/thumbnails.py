"""The small pictures of scans: asked for by what is painted, made elsewhere, kept while there is room."""

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Union

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop.bridge import Bridge
from desktop.cohort_rows import Motif

if TYPE_CHECKING:
    from engine.errors import IsocenterError
    from engine.imaging.source import ScanSource

Place = Union["ScanSource", Path]

KEPT = 1500
WAITING = 150
AT_ONCE = 2


@dataclass(slots=True)
class Thumbnail:
    """A picture, or the reason why there is none; sized anew for every size it is painted in."""

    image: QImage | None = None
    trouble: str = ""
    sized: dict[int, QPixmap] = field(default_factory=dict)

    def pixmap(self, side: int) -> QPixmap | None:
        """The picture fitted into a square of `side` device pixels."""
        if self.image is None:
            return None
        if side not in self.sized:
            fitted = self.image.scaled(
                side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self.sized[side] = QPixmap.fromImage(fitted)
        return self.sized[side]


def key_of(source: "ScanSource") -> str:
    """A name for a scan that is in no cohort, of which no digest is known yet."""
    return f"{source.reader}:{source.files[0]}:{source.part}"


class Thumbnails(QObject):
    """Asking costs nothing and never waits; `arrived` tells that another picture, or its lack, is known.

    What was asked for last is made first: it is what is on the screen. A model asks in `data`, for the rows that are
    painted, by `request(source)`; or by `request(source, digest)` where a digest names the content, so that the
    picture outlives a change of place. It shows what comes back, and has its view repainted at `arrived`:

        picture = session.thumbnails.request(header.source)
        session.thumbnails.arrived.connect(table.viewport().update)

    Of a series no more than its middle slice is read; `drop_requests` forgets rows that are out of sight.
    """

    arrived = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._known: OrderedDict[str, Thumbnail] = OrderedDict()
        self._asked: dict[str, Place] = {}
        self._waiting: dict[str, Place] = {}
        self._making: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._take_up)

    def request(self, source: Place, key: str = "") -> Thumbnail | None:
        """The picture of a scan called `key`, or None until it is known; then `arrived` is emitted."""
        key = key or _key(source)
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
        elif key not in self._making:
            self._asked[key] = source
            self._soon.start(0)
        return known

    def of(self, motif: Motif | None) -> Thumbnail | None:
        """`request` for the scan of a cohort."""
        return None if motif is None else self.request(motif.source, motif.digest)

    def trouble(self, motif: Motif | None) -> str:
        """Why there is no picture of it, as far as that is known."""
        return "" if motif is None else self.trouble_with(motif.source, motif.digest)

    def trouble_with(self, source: Place, key: str = "") -> str:
        """Why there is no picture of what was asked for by `request`, as far as that is known."""
        known = self._known.get(key or _key(source))
        return "" if known is None else known.trouble

    def try_again(self) -> None:
        """Forget what went wrong: a file may be back."""
        for key in [key for key, known in self._known.items() if known.trouble]:
            del self._known[key]

    def drop_requests(self) -> None:
        """Nobody looks at what was asked for any more."""
        self._asked, self._waiting = {}, {}

    def _take_up(self) -> None:
        waiting = self._asked | {key: place for key, place in self._waiting.items() if key not in self._asked}
        self._waiting = dict(list(waiting.items())[:WAITING])
        self._asked = {}
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and len(self._making) < AT_ONCE:
            key = next(iter(self._waiting))
            place = self._waiting.pop(key)
            if key not in self._known and key not in self._making:
                self._making.add(key)
                work = partial(_made, place)
                self._bridge.submit(work, partial(self._arrive, key), partial(self._miss, key), owner=self)

    def _arrive(self, key: str, image: QImage) -> None:
        self._learn(key, Thumbnail(image))

    def _miss(self, key: str, error: "IsocenterError") -> None:
        self._learn(key, Thumbnail(trouble=str(error)))

    def _learn(self, key: str, thumbnail: Thumbnail) -> None:
        self._making.discard(key)
        self._known[key] = thumbnail
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self._go_on()
        self.arrived.emit()


def _key(place: Place) -> str:
    return str(place) if isinstance(place, Path) else key_of(place)


def _made(place: Place) -> QImage:
    from desktop.thumbnail import thumbnail

    return thumbnail(place)
