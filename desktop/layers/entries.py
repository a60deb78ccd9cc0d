"""The rows of one scan as plain data: what was wished for over it, and what became of that."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.layers.entry import Entry
from desktop.layers.ordering import name_of
from desktop.layers.wish import Wish
from engine.imaging.volume import Volume
from engine.pictures.layer import Layer


@dataclass(frozen=True, eq=False)
class Entries:
    """In the order of the layers, the last on top."""

    all: tuple[Entry, ...] = ()

    def of(self, key: str) -> Entry | None:
        """The one whose layer has this key."""
        return next((entry for entry in self.all if entry.wish.key == key), None)

    def following(self, wishes: Iterable[Wish], volume: Volume) -> "Entries":
        """One for each of these wishes over a scan, in their order; what was there stays as it is."""
        there = {entry.wish: entry for entry in self.all}
        return Entries(tuple(there.get(wish) or Entry(wish, name_of(wish, volume)) for wish in wishes))

    def putting(self, changed: Entry) -> "Entries":
        """With another one for its wish."""
        return Entries(tuple(changed if entry.wish == changed.wish else entry for entry in self.all))

    def asking_again(self, wish: Wish) -> "Entries":
        """Without that of a wish that could not be had."""
        return Entries(tuple(entry for entry in self.all if entry.wish != wish or entry.state != "absent"))

    def over(self, volume: Volume, frame: int) -> "Entries":
        """As they lie over a frame of a scan; itself where nothing is different."""
        seen = tuple(entry.over(volume, frame) for entry in self.all)
        return self if all(new is old for new, old in zip(seen, self.all, strict=True)) else Entries(seen)

    def layers(self, *, shown: bool) -> tuple[Layer, ...]:
        """Those that are there, or all of them hidden."""
        there = (entry.layer for entry in self.all if entry.layer is not None)
        return tuple(layer if shown else replace(layer, shown=False) for layer in there)

    @property
    def await_maps(self) -> tuple[Entry, ...]:
        """Those that become maps of the scan itself once these are computed."""
        return tuple(entry for entry in self.all if entry.awaits_maps)
