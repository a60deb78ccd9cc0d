"""Who lays what over one scan: each has a slot of its own, and none takes away what another has laid."""

from dataclasses import replace
from typing import Literal

from engine.pictures.layer import Layer
from engine.pictures.viewing import Viewing

Slot = Literal["compare", "layers"]
FROM_BELOW: tuple[Slot, ...] = ("compare", "layers")


class LayerStack:
    """The layers in each slot. A scan laid over the one in front lies below its maps and masks; one that hides what
    is beneath, on its own side, hides those too."""

    def __init__(self) -> None:
        self._slots: dict[Slot, tuple[Layer, ...]] = {}

    @property
    def all(self) -> tuple[Layer, ...]:
        """The layers of every slot, the last on top; of all those that hide what is beneath."""
        every = [layer for slot in FROM_BELOW for layer in self.of(slot)]
        return tuple(sorted(every, key=lambda layer: layer.hides))

    def of(self, slot: Slot) -> tuple[Layer, ...]:
        """What one has laid."""
        return self._slots.get(slot, ())

    def put(self, slot: Slot, layers: tuple[Layer, ...]) -> None:
        """Have these in a slot in place of what was there."""
        self._slots[slot] = layers

    def laid_over(self, viewing: Viewing) -> Viewing:
        """The viewing with all of them, even one that somebody kept from before; itself while nobody laid any."""
        every = self.all
        return viewing if not self._slots or viewing.layers == every else replace(viewing, layers=every)

    def clear(self) -> None:
        """Keep nothing."""
        self._slots.clear()
