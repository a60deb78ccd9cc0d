"""How a look at a scan goes on: to where somebody pointed, and from its first slice to all of it."""

from dataclasses import replace

from desktop.viewer.incoming import Wish
from desktop.viewer.scan_values import Loaded
from engine.pictures.plane import Voxel
from engine.pictures.viewing import Viewing


def granted(viewing: Viewing, wish: Wish) -> Viewing:
    """The viewing at the voxel and frame wished for, as far as there are such; itself where it stands there."""
    if wish.voxel is not None and wish.voxel != viewing.marked and _within(wish.voxel, viewing):
        viewing = viewing.marking(wish.voxel)
    if wish.frame is not None and wish.frame != viewing.frame:
        viewing = viewing.at_frame(wish.frame)
    return viewing


def settled(viewing: Viewing, early: Loaded, loaded: Loaded) -> Viewing:
    """The same look at all of a scan, of which only an `early` part was known.

    A window that follows from the values, as the automatic one does, takes the place of that of the first ones.
    """
    window = viewing.window
    named = loaded.named(early.name_of(window))
    if named is not None:
        window = replace(named, inverted=window.inverted)
    return replace(viewing, volume=loaded.volume, presence=None, window=window)


def _within(voxel: Voxel, viewing: Viewing) -> bool:
    return all(0 <= v < size for v, size in zip(voxel, viewing.plane.shape, strict=True))
