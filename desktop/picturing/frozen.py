"""What is in sight at one moment, ready to be painted at any size by any thread."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from desktop.picturing import inked
from desktop.picturing.annotated import Annotations
from desktop.viewer.inscription import Inscription
from desktop.viewer.scan_pane import ScanPane
from desktop.viewer.slice_view import SliceView
from desktop.viewer.volume_cell import VolumeCell
from desktop.volume.marks import draw_marks
from desktop.volume.scene import Scene
from desktop.volume.volume_view import VolumeView
from engine.pictures.camera import Placement
from engine.pictures.viewing import Viewing

LARGEST_BY_CARD, LARGEST_BY_PROCESSOR = 4096, 2048
ON_PAPER = 3.0


@dataclass(frozen=True)
class Writing:
    """How a picture is written on: with corner texts or without, with the patient's pseudonym or without.

    On `paper` the letters stay letters.
    """

    texts: bool = True
    named: bool = True
    paper: bool = False


@dataclass(frozen=True, eq=False)
class FrozenSlice:
    """A slice that `placement` lays on an `area` of the whole picture."""

    viewing: Viewing
    placement: Placement
    area: QRect
    smooth: bool


@dataclass(frozen=True, eq=False)
class FrozenVolume:
    """A volume on an `area`: what it looked like, or the scene where it can be drawn later."""

    area: QRect
    image: QImage | None = None
    scene: Scene | None = None

    def size(self, ratio: float) -> QSize:
        """How many pixels are drawn of it; a very large picture is made from fewer."""
        most = LARGEST_BY_CARD if self.scene is None else LARGEST_BY_PROCESSOR
        scale = min(ratio, most / max(1, self.area.width(), self.area.height()))
        return QSize(max(1, round(self.area.width() * scale)), max(1, round(self.area.height() * scale)))


@dataclass(frozen=True, eq=False)
class Frozen:
    """`size` in the screen's pixels, of which each becomes `ratio` in the file; `annotations` lie over all."""

    size: QSize
    ratio: float
    slices: tuple[FrozenSlice, ...]
    volumes: tuple[FrozenVolume, ...]
    annotations: Annotations

    @property
    def pixels(self) -> QSize:
        """Its size in the file."""
        return QSize(max(1, round(self.size.width() * self.ratio)), max(1, round(self.size.height() * self.ratio)))


@dataclass(frozen=True, eq=False)
class SeenSlice:
    """A picture on an `area` of the whole. Its texts are `inscription`; `who` is in it, as (shown name, pseudonym)."""

    view: SliceView
    area: QRect
    inscription: Inscription
    who: tuple[str, str]


@dataclass(frozen=True, eq=False)
class Sight:
    """Pictures and volumes with where they stand in the whole."""

    size: QSize
    views: tuple[SeenSlice, ...]
    volumes: tuple[tuple[VolumeCell, QRect], ...] = ()


def sight_of_view(pane: ScanPane, named: Callable[[str], str]) -> Sight:
    """The picture in front, which says of itself all that is written on any picture of the scan."""
    view = pane.view
    inscription = replace(view.inscription, names=pane.planes.shown[0].view.names, spoken=True)
    return Sight(view.size(), (SeenSlice(view, view.rect(), inscription, _who(pane, named)),))


def sight_of_all(panes: Iterable[ScanPane], within: QWidget, named: Callable[[str], str]) -> Sight:
    """Every picture and volume of the layout, where it stands in `within`."""
    views: list[SeenSlice] = []
    volumes: list[tuple[VolumeCell, QRect]] = []
    for pane in panes:
        if pane.isHidden() or pane.viewing is None:
            continue
        who = _who(pane, named)
        shown = (cell.view for cell in pane.planes.shown)
        views += [SeenSlice(view, _place(view, within), view.inscription, who) for view in shown]
        if not pane.planes.volume.isHidden():
            volumes.append((pane.planes.volume, _place(pane.planes.volume, within)))
    whole = QRect()
    for area in (*(seen.area for seen in views), *(area for _, area in volumes)):
        whole = whole.united(area)
    by = -whole.topLeft()
    moved = tuple(replace(seen, area=seen.area.translated(by)) for seen in views)
    return Sight(whole.size(), moved, tuple((cell, area.translated(by)) for cell, area in volumes))


def freeze(sight: Sight, ratio: float, writing: Writing) -> Frozen:
    """Take up what is in sight now; the slices themselves are painted later, by `painted`."""
    views = [seen for seen in sight.views if seen.view.viewing is not None]
    annotations = Annotations(QRect(QPoint(), sight.size), ON_PAPER if writing.paper else ratio)
    painter = QPainter(annotations)
    for seen in views:
        _annotate(painter, seen, writing)
    volumes = [_frozen_volume(cell, area, ratio, painter) for cell, area in sight.volumes]
    painter.end()
    slices = tuple(_frozen_slice(seen.view, seen.area) for seen in views)
    return Frozen(sight.size, ratio, slices, tuple(volumes), annotations)


def _annotate(painter: QPainter, seen: SeenSlice, writing: Writing) -> None:
    view, viewing = seen.view, seen.view.viewing
    assert viewing is not None
    painter.save()
    painter.setFont(view.font())
    painter.translate(seen.area.topLeft())
    painter.setClipRect(view.rect())
    view.draw_over(painter)
    inscription = written(seen.inscription, writing, seen.who)
    if writing.paper:
        inked.write(painter, view.rect(), inscription, viewing, view.placement)
    else:
        inscription.draw(painter, view.rect(), viewing, view.placement)
    painter.restore()


def written(inscription: Inscription, writing: Writing, who: tuple[str, str]) -> Inscription:
    """What goes to a file: a pseudonym even where the window shows a name, and none at all if so wanted."""
    shown, pseudonym = who
    names = tuple(pseudonym if name == shown else name for name in inscription.names)
    kept = names if writing.named else tuple(name for name in names if name != pseudonym)
    return replace(inscription, names=kept, texts=writing.texts)


def _frozen_slice(view: SliceView, area: QRect) -> FrozenSlice:
    assert view.viewing is not None
    return FrozenSlice(view.viewing, view.placement, area, view.smooth)


def _frozen_volume(cell: VolumeCell, area: QRect, ratio: float, painter: QPainter) -> FrozenVolume:
    view = volume_view_in(cell)
    if view is None or view.scene is None:
        return FrozenVolume(area, cell.grab().toImage())
    painter.save()
    painter.setFont(view.font())
    painter.translate(area.topLeft())
    draw_marks(painter, QRect(QPoint(), area.size()), view.scene, boxed=view.boxed)
    painter.restore()
    if view.drawn_by == "processor":
        return FrozenVolume(area, scene=view.scene)
    return FrozenVolume(area, view.grab_image(FrozenVolume(area).size(ratio), marked=False))


def volume_view_in(cell: VolumeCell) -> VolumeView | None:
    """The view of the volume, where one is in sight."""
    view = None if cell.content is None else cell.content.findChild(VolumeView)
    return view if isinstance(view, VolumeView) and view.isVisible() else None


def _place(part: QWidget, within: QWidget) -> QRect:
    return QRect(part.mapTo(within, QPoint()), part.size())


def _who(pane: ScanPane, named: Callable[[str], str]) -> tuple[str, str]:
    patient = "" if pane.scan is None else pane.scan.patient
    return (named(patient), patient)
