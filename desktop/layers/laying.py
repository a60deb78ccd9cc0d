"""The layers over one pane's scan: made from wishes once all of the scan is there, let go with it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.bridge import Bridge
from desktop.layers.entries import Entries
from desktop.layers.entry import Entry
from desktop.layers.looks import Looks
from desktop.layers.making import Mapped, recast_layer
from desktop.layers.maps_once import MapsOnce
from desktop.layers.ordering import Around, Ground, order
from desktop.layers.wish import MapWish, Wish
from desktop.layers.wishes import Wishes
from desktop.layers.workshop import MAPS, Workshop
from desktop.viewer.scan_pane import ScanPane
from engine.cohort.cohort import Scan
from engine.errors import IsocenterError
from engine.imaging.volume import Volume
from engine.pictures.doubt import sentence
from engine.pictures.layer import Layer, LayerKind


class Laying(QObject):
    """`entries` stand in the order of the layers, the last on top. `changed` tells that they did.

    `failed` tells why something that was just asked for cannot be had; what only followed from another patient says
    so in its entry.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, pane: ScanPane, bridge: Bridge, wishes: Wishes, looks: Looks, around: Around, once: MapsOnce
    ) -> None:
        super().__init__(pane)
        self._entries = Entries()
        self.scan: Scan | None = None
        self.volume: Volume | None = None
        self.mapped: Mapped | None = None
        self.shown = True
        self.workshop = Workshop(bridge, once, self)
        self._pane, self._wishes, self._looks, self._around = pane, wishes, looks, around
        self._asked: set[str] = set()
        self.workshop.made.connect(self._made)
        self.workshop.failed.connect(self._failed)
        self.workshop.mapped.connect(self._have_maps)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was wished for, and what became of it."""
        return self._entries.all

    def entry(self, key: str) -> Entry | None:
        """The one of this key."""
        return self._entries.of(key)

    def follow(self) -> None:
        """Take up what is wished for over the scan in the pane once all of it is there; let the one before go."""
        loaded = None if self._pane.filling else self._pane.loaded
        volume = None if loaded is None else loaded.volume
        if volume is self.volume and (volume is None or self._pane.scan == self.scan):
            return
        self.let_go()
        if volume is not None:
            self.scan, self.volume = self._pane.scan, volume
            self._take_up()

    def let_go(self) -> None:
        """Keep nothing of the scan, and end all work for it."""
        self.workshop.end_all()
        self._asked.clear()
        self._entries, self.scan, self.volume, self.mapped = Entries(), None, None, None
        self.changed.emit()

    def add(self, wish: Wish) -> None:
        """Have one more; it comes to the top where it is there already."""
        if self.scan is not None:
            self._wishes.add(self.scan, wish)
            self._asked.add(wish.key)
            self.shown = True
            self._entries = self._entries.asking_again(wish)
            self._take_up()

    def remove(self, wish: Wish) -> None:
        """Have one less; what is on its way is ended."""
        if self.scan is not None:
            self._wishes.remove(self.scan, wish)
            self._looks.drop(self.scan.role, wish.key)
            self.workshop.end(wish.key)
            self._take_up()

    def clear(self) -> None:
        """Have none."""
        for entry in self.entries:
            self.remove(entry.wish)

    def move(self, wish: Wish, by: int) -> None:
        """One place towards the top, or down."""
        if self.scan is not None:
            self._wishes.move(self.scan, wish, by)
            self._take_up()

    def alter(self, layer: Layer) -> None:
        """Show the layer of this key so, and its like of the next patient."""
        entry = self.entry(layer.key)
        if entry is not None and entry.layer is not None and self.scan is not None:
            self._looks.remember(self.scan.role, entry.layer, layer)
            self.shown = self.shown or (layer.shown and not entry.layer.shown)
            self._put(replace(entry, layer=layer))

    def recast(self, key: str, kind: LayerKind) -> None:
        """Take the layer of this key for one of another kind, and its like of the next patient."""
        entry = self.entry(key)
        if entry is not None and entry.layer is not None and entry.layer.kind != kind and self.scan is not None:
            self._looks.recast(self.scan.role, key, kind)
            self.workshop.end(key)
            self.workshop.order(key, partial(recast_layer, entry.layer, kind))

    def look_at(self, frame: int) -> None:
        """Say which frames lie over this one of the scan."""
        seen = self._entries if self.volume is None else self._entries.over(self.volume, frame)
        if seen is not self._entries:
            self._entries = seen
            self.changed.emit()

    def show(self, shown: bool) -> None:
        """Show the layers, or none of them for now."""
        if shown != self.shown:
            self.shown = shown
            self._lay()

    def _take_up(self) -> None:
        """An entry for each wish, in their order; what has no layer yet is begun."""
        assert self.scan is not None
        assert self.volume is not None
        self._entries = self._entries.following(self._wishes.of(self.scan), self.volume)
        if not self._entries.await_maps:
            self.workshop.end(MAPS)
        for entry in self.entries:
            if entry.state == "coming" and not self.workshop.has(entry.wish.key):
                self._begin(entry.wish)
        self._lay()

    def _begin(self, wish: Wish) -> None:
        ground = self._ground()
        if isinstance(wish, MapWish):
            self.mapped = self.mapped or self._around.maps(ground.volume)
            if self.mapped is not None:
                self._made(wish.key, replace(self.mapped.layers[wish.quantity], key=wish.key))
                return
        kind = self._looks.kind(ground.scan.role, wish.key)
        if why := order(wish, kind, ground, self._around, self.workshop):
            self._lack(wish, why)

    def _ground(self) -> Ground:
        assert self.scan is not None
        assert self.volume is not None
        return Ground(self.scan, self.volume, next(iter(self._pane.view.names), self.scan.patient))

    def _made(self, key: str, layer: Layer) -> None:
        entry = self.entry(key)
        if entry is not None and self.scan is not None and self.volume is not None:
            worn = self._looks.worn(self.scan.role, layer)
            self._put(entry.laid(worn, self.volume))

    def _have_maps(self, mapped: Mapped | None) -> None:
        """Where the user ended their computing, nobody wishes for them any more."""
        self.mapped = mapped
        for entry in self._entries.await_maps:
            if mapped is None and self.scan is not None:
                self._wishes.remove(self.scan, entry.wish)
        self._take_up()

    def _failed(self, key: str, error: IsocenterError) -> None:
        for entry in self.entries:
            if entry.wish.key == key or (key == MAPS and entry.awaits_maps):
                self._lack(entry.wish, " ".join((sentence(error.what), error.hint)).strip(), error)

    def _lack(self, wish: Wish, why: str, error: IsocenterError | None = None) -> None:
        """Say why there is no layer; what was just asked for, and cannot be, is not wished for any more."""
        if wish.key in self._asked and error is not None:
            self.failed.emit(error)
            self.remove(wish)
            return
        entry = self.entry(wish.key)
        if entry is not None:
            self._put(replace(entry, state="absent", told=why))

    def _put(self, changed: Entry) -> None:
        viewing = self._pane.viewing
        if viewing is not None and self.volume is not None:
            changed = changed.over(self.volume, viewing.frame)
        self._entries = self._entries.putting(changed)
        self._lay()

    def _lay(self) -> None:
        """Show what there is."""
        self._pane.planes.lay_over(self._entries.layers(shown=self.shown))
        self.changed.emit()
