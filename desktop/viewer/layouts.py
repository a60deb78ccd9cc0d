"""How the planes of a scan and its volume share an area."""

from dataclasses import dataclass, replace
from typing import Literal

NARROWEST = 170
Content = Literal["main", "second", "third", 0, 1, 2, "volume"]


@dataclass(frozen=True)
class Slot:
    """A cell of the grid. `content` is a plane by its place, "main" for the chosen one and "second" and "third" for
    those after it, or the volume."""

    content: Content
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Layout:
    """`across` and `down` say how much room columns and rows take; `words` what hovering its button says."""

    key: str
    words: str
    shortcut: str
    icon: str
    slots: tuple[Slot, ...]
    across: tuple[int, ...] = (1,)
    down: tuple[int, ...] = (1,)

    @property
    def has_main(self) -> bool:
        """Whether one plane is chosen before the others."""
        return any(slot.content == "main" for slot in self.slots)

    def fitting(self, width: int, height: int) -> "Layout":
        """Itself, or everything below each other in an area that is too narrow for it."""
        if width >= len(self.across) * NARROWEST or height < width:
            return self
        stacked = tuple(Slot(slot.content, row, 0) for row, slot in enumerate(self.slots))
        down = tuple(2 if slot.content == "main" else 1 for slot in self.slots)
        return replace(self, slots=stacked, across=(1,), down=down)


ONE = Layout("one", "One plane", "Alt+1", "layout-one", (Slot("main", 0, 0),))
ONE_AND_THREE = Layout(
    "one-and-three",
    "One large, the others small beside it",
    "Alt+2",
    "layout-one-three",
    (Slot("main", 0, 0, 3), Slot("second", 0, 1), Slot("third", 1, 1), Slot("volume", 2, 1)),
    (2, 1),
    (1, 1, 1),
)
FOUR = Layout(
    "four",
    "Three planes and the volume",
    "Alt+3",
    "layout-four",
    (Slot(0, 0, 0), Slot(1, 0, 1), Slot(2, 1, 0), Slot("volume", 1, 1)),
    (1, 1),
    (1, 1),
)
ROW = Layout(
    "row",
    "Three planes in a row",
    "Alt+4",
    "layout-row",
    (Slot(0, 0, 0), Slot(1, 0, 1), Slot(2, 0, 2)),
    (1, 1, 1),
    (1,),
)
LAYOUTS = (ONE, ONE_AND_THREE, FOUR, ROW)


def plane_in(slot: Slot, main: int, planes: int) -> int | None:
    """Which of so many planes a slot shows while `main` is chosen; None for the volume."""
    if slot.content == "volume":
        return None
    if isinstance(slot.content, int):
        return slot.content
    return (main + ("main", "second", "third").index(slot.content)) % planes


def maximised(plane: int | None) -> Layout:
    """One plane, or the volume, in all of the area."""
    return Layout("maximised", "", "", "", (Slot("volume" if plane is None else _place(plane), 0, 0),))


def _place(plane: int) -> Content:
    places: tuple[Content, ...] = (0, 1, 2)
    return places[plane]
