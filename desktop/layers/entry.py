"""One row of the panel: a wish and what has become of it so far."""

from dataclasses import dataclass, replace
from typing import Literal

from desktop.layers.wish import MapWish, Wish
from engine.imaging.volume import Volume
from engine.pictures.layer import Layer
from engine.pictures.layer_frames import can_follow
from engine.pictures.layer_place import note_on
from engine.pictures.wording import frame_words

State = Literal["coming", "laid", "absent"]


@dataclass(frozen=True, eq=False)
class Entry:
    """`told` says why there is no layer, or what has to be known of the one there is; `frame` is the one shown."""

    wish: Wish
    name: str
    state: State = "coming"
    layer: Layer | None = None
    told: str = ""
    frame: int | None = None
    can_follow: bool = False

    @property
    def title(self) -> str:
        """Its name with the frame that is shown, where there are several, and the unit of its values."""
        if self.layer is None:
            return self.name
        unit, axis = self.layer.unit, self.layer.overlay.volume.frame_axis
        name = self.name if self.frame is None else f"{self.name} · {frame_words(axis, self.frame)}"
        return f"{name} ({unit})" if unit and unit != "arbitrary" else name

    @property
    def awaits_maps(self) -> bool:
        """Whether it is on its way and a map of the scan itself."""
        return self.state == "coming" and isinstance(self.wish, MapWish)

    @property
    def kind_is_open(self) -> bool:
        """Whether it may be of another kind than it was taken for."""
        return not isinstance(self.wish, MapWish)

    def over(self, volume: Volume, frame: int) -> "Entry":
        """As it lies over a frame of a scan."""
        if self.layer is None or self.layer.overlay.volume.frames == 1:
            return self
        shown = self.layer.frame_over(volume, frame)
        return self if shown == self.frame else replace(self, frame=shown)

    def laid(self, layer: Layer, volume: Volume) -> "Entry":
        """With its layer over a scan."""
        told, follow = note_on(layer.overlay.volume, volume), can_follow(layer.overlay.volume, volume)
        return replace(self, state="laid", layer=layer, told=told, can_follow=follow)
