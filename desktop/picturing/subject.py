"""What there is to save of the scan in front: how large it is, what it is called, what is written on it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from desktop.picturing.frozen import Sight, sight_of_all, sight_of_view, volume_view_in
from desktop.picturing.wish import What, Wish
from desktop.volume.volume_view import VolumeView
from engine.pictures.camera import Camera
from engine.pictures.drawing import Size, size_of
from engine.pictures.lettering import Lettering, named_as
from engine.pictures.picture_file import safe_name
from engine.pictures.series import Along, count_along
from engine.pictures.viewing import Viewing

if TYPE_CHECKING:
    from desktop.pages.view.panes import Panes
    from desktop.viewer.scan_pane import ScanPane

ALONG: dict[What, Along] = {"slices": "slices", "movie-slices": "slices", "movie-frames": "frames"}
WORDS: dict[What, str] = {"layout": "layout", "movie-frames": "frames", "movie-turn": "volume"}
UNNAMED = "picture"


class Subject:
    """Asked anew each time; it keeps nothing of a scan. `named` is how the window shows the patient of a pseudonym."""

    def __init__(self, panes: "Panes", named: Callable[[str], str]) -> None:
        self._panes, self._named = panes, named

    @property
    def front(self) -> "ScanPane":
        """The pane of the scan in front."""
        return self._panes.front

    @property
    def volume_view(self) -> VolumeView | None:
        """Its volume, where that is in sight."""
        return volume_view_in(self.front.planes.volume)

    def possible(self, what: What) -> bool:
        """Whether there is such a thing."""
        viewing, volume = self.front.viewing, self.volume_view
        if what == "movie-turn":
            return volume is not None and volume.scene is not None
        return viewing is not None and (what not in ALONG or count_along(viewing, ALONG[what]) > 1)

    def sight(self, what: What) -> Sight:
        """The picture in front, or all of the layout."""
        if what == "layout":
            return sight_of_all(self._panes.panes, self._panes, self._named)
        return sight_of_view(self.front, self._named)

    def area(self, what: What) -> QSize:
        """How large it is on the screen; a whole slice without the black beside it."""
        viewing, volume = self.front.viewing, self.volume_view
        if what in ("front", "layout") or viewing is None:
            return self.sight(what).size
        if what == "movie-turn" and volume is not None:
            return volume.size()
        if viewing.camera != Camera():
            return self.front.view.size()
        scale = self.front.view.placement.px_per_mm(viewing.plane.pixel_mm)
        return QSize(*(max(1, round(scale * mm)) for mm in viewing.size_mm))

    def dense_area(self, what: What) -> QSize:
        """The same in the device's pixels."""
        return self.area(what) * self._panes.devicePixelRatioF()

    def ratio(self, wish: Wish) -> float:
        """The file's pixels for each of the screen's."""
        return wish.ratio(self.area(wish.what), self._panes.devicePixelRatioF())

    def pixels(self, wish: Wish, viewing: Viewing) -> Size:
        """Width and height of each slice in the file."""
        area, ratio = self.area(wish.what), self.ratio(wish)
        width, height = round(area.width() * ratio), round(area.height() * ratio)
        return size_of(viewing, max(width, height)) if viewing.camera == Camera() else (width, height)

    def lettering(self, wish: Wish) -> Lettering:
        """What the engine writes on slices and frames: the pseudonym at most, whatever the window shows."""
        scan = self.front.scan
        names = () if scan is None else named_as(scan.patient if wish.named else "", scan.role, scan.excluded)
        return Lettering(letters=True, bar=True, caption=wish.texts, names=names)

    def name(self, what: What) -> str:
        """A name for the file: whose, which scan, which plane and slice."""
        scan, viewing = self.front.scan, self.front.viewing
        if scan is None or viewing is None:
            return UNNAMED
        plane = viewing.plane.name
        which = f"{plane}-{viewing.index + 1:03}" if what == "front" else WORDS.get(what, plane)
        return safe_name(scan.patient, scan.role, which)
