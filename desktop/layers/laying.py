"""The layers over one pane's scan: made from wishes once all of the scan is there, let go with it."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.bridge import Bridge
from desktop.layers.entry import Entry
from desktop.layers.looks import Looks
from desktop.layers.making import Mapped
from desktop.layers.ordering import Around, Ground, frame_of, name_of, order
from desktop.layers.wish import MapWish, Wish
from desktop.layers.wishes import Wishes
from desktop.layers.workshop import MAPS, Workshop
from desktop.viewer.scan_pane import ScanPane
from engine.cohort.cohort import Scan
from engine.errors import IsocenterError
from engine.imaging.volume import Volume
from engine.pictures.doubt import sentence
from engine.pictures.layer import Layer
from engine.pictures.layer_place import note_on


class Laying(QObject):
    """`entries` stand in the order of the layers, the last on top. `changed` tells that they did.

    `failed` tells why something that was just asked for cannot be had; what only followed from another patient says
    so in its entry.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, pane: ScanPane, bridge: Bridge, wishes: Wishes, looks: Looks, around: Around) -> None:
        super().__init__(pane)
        self.entries: tuple[Entry, ...] = ()
        self.scan: Scan | None = None
        self.volume: Volume | None = None
        self.mapped: Mapped | None = None
        self.shown = True
        self.workshop = Workshop(bridge, self)
        self._pane, self._wishes, self._looks, self._around = pane, wishes, looks, around
        self._asked: set[str] = set()
        self.workshop.made.connect(self._made)
        self.workshop.failed.connect(self._failed)
        self.workshop.mapped.connect(self._have_maps)

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
        self.entries, self.scan, self.volume, self.mapped = (), None, None, None
        self.changed.emit()

    def add(self, wish: Wish) -> None:
        """Have one more; it comes to the top where it is there already."""
        if self.scan is not None:
            self._wishes.add(self.scan, wish)
            self._asked.add(wish.key)
            self.shown = True
            self.entries = tuple(entry for entry in self.entries if entry.wish != wish or entry.state != "absent")
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

    def show(self, shown: bool) -> None:
        """Show the layers, or none of them for now."""
        if shown != self.shown:
            self.shown = shown
            self._lay()

    def entry(self, key: str) -> Entry | None:
        """The one of this key."""
        return next((entry for entry in self.entries if entry.wish.key == key), None)

    def _take_up(self) -> None:
        """An entry for each wish, in their order; what has no layer yet is begun."""
        assert self.scan is not None
        assert self.volume is not None
        volume, there = self.volume, {entry.wish: entry for entry in self.entries}
        self.entries = tuple(
            there.get(wish) or Entry(wish, name_of(wish, volume)) for wish in self._wishes.of(self.scan)
        )
        if not any(entry.state == "coming" and isinstance(entry.wish, MapWish) for entry in self.entries):
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
        if why := order(wish, ground, self._around, self.workshop):
            self._lack(wish, why)

    def _ground(self) -> Ground:
        assert self.scan is not None
        assert self.volume is not None
        return Ground(self.scan, self.volume, next(iter(self._pane.view.names), self.scan.patient))

    def _made(self, key: str, layer: Layer) -> None:
        entry = self.entry(key)
        if entry is not None and self.scan is not None and self.volume is not None:
            told = note_on(layer.overlay.volume, self.volume)
            worn = self._looks.worn(self.scan.role, layer)
            name = f"{name_of(entry.wish, self.volume)}{frame_of(layer.overlay, self.volume)}"
            self._put(replace(entry, name=name, state="laid", layer=worn, told=told))

    def _have_maps(self, mapped: Mapped | None) -> None:
        """Where the user ended their computing, nobody wishes for them any more."""
        self.mapped = mapped
        for entry in self.entries:
            if mapped is None and self.scan is not None and isinstance(entry.wish, MapWish) and entry.state == "coming":
                self._wishes.remove(self.scan, entry.wish)
        self._take_up()

    def _failed(self, key: str, error: IsocenterError) -> None:
        for entry in self.entries:
            if entry.wish.key == key or (key == MAPS and isinstance(entry.wish, MapWish) and entry.state == "coming"):
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
        self.entries = tuple(changed if entry.wish == changed.wish else entry for entry in self.entries)
        self._lay()

    def _lay(self) -> None:
        """Show what there is."""
        layers = (entry.layer for entry in self.entries if entry.layer is not None)
        self._pane.planes.lay_over(tuple(layer if self.shown else replace(layer, shown=False) for layer in layers))
        self.changed.emit()
