"""The small pictures of scans: asked for by what is painted, made elsewhere, kept while there is room."""

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop.bridge import Bridge
from desktop.cohort_rows import Motif

if TYPE_CHECKING:
    from engine.errors import IsocenterError

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


class Thumbnails(QObject):
    """Asking costs nothing and never waits; `arrived` tells that another picture, or its lack, is known.

    What was asked for last is made first: it is what is on the screen.
    """

    arrived = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._known: OrderedDict[str, Thumbnail] = OrderedDict()
        self._asked: dict[str, Motif] = {}
        self._waiting: dict[str, Motif] = {}
        self._making: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._take_up)

    def of(self, motif: Motif | None) -> Thumbnail | None:
        """The picture, or None until it is known; then `arrived` is emitted."""
        if motif is None:
            return None
        known = self._known.get(motif.digest)
        if known is not None:
            self._known.move_to_end(motif.digest)
        elif motif.digest not in self._making:
            self._asked[motif.digest] = motif
            self._soon.start(0)
        return known

    def trouble(self, motif: Motif | None) -> str:
        """Why there is no picture of it, as far as that is known."""
        known = self._known.get(motif.digest) if motif is not None else None
        return known.trouble if known is not None else ""

    def try_again(self) -> None:
        """Forget what went wrong: a file may be back."""
        for digest in [digest for digest, known in self._known.items() if known.trouble]:
            del self._known[digest]

    def drop_requests(self) -> None:
        """Nobody looks at what was asked for any more."""
        self._asked, self._waiting = {}, {}

    def _take_up(self) -> None:
        waiting = self._asked | {digest: m for digest, m in self._waiting.items() if digest not in self._asked}
        self._waiting = dict(list(waiting.items())[:WAITING])
        self._asked = {}
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and len(self._making) < AT_ONCE:
            digest = next(iter(self._waiting))
            motif = self._waiting.pop(digest)
            if digest not in self._known and digest not in self._making:
                self._making.add(digest)
                self._bridge.submit(
                    partial(_made, motif.path), partial(self._arrive, digest), partial(self._miss, digest), owner=self
                )

    def _arrive(self, digest: str, image: QImage) -> None:
        self._learn(digest, Thumbnail(image))

    def _miss(self, digest: str, error: "IsocenterError") -> None:
        self._learn(digest, Thumbnail(trouble=str(error)))

    def _learn(self, digest: str, thumbnail: Thumbnail) -> None:
        self._making.discard(digest)
        self._known[digest] = thumbnail
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self._go_on()
        self.arrived.emit()


def _made(path: Path) -> QImage:
    from desktop.thumbnail import thumbnail

    return thumbnail(path)
