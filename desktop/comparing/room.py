"""How what stands in the bar shares its width: the narrower, the less is said, and never beyond the edge."""

from dataclasses import dataclass
from typing import Literal

Note = Literal["whole", "short", "below"]
LEAST_NAME, LEAST_TRACK, MOST_TRACK = 48, 48, 120


@dataclass(frozen=True)
class Wanted:
    """The widths that the parts would like to have; those that are not there want 0. The `note` can be `short`."""

    title: int
    name: int
    note: int = 0
    short: int = 0
    track: bool = False


@dataclass(frozen=True)
class Shares:
    """What they get: the widths of name and track, whether there is a title, and where how much of the note stands."""

    name: int
    track: int
    title: bool
    note: Note


def shared(room: int, wanted: Wanted) -> Shares:
    """The name is cut last, the title goes first; the note is short, or below the others, before it is cut."""
    free = room - (LEAST_TRACK if wanted.track else 0)
    name = max(LEAST_NAME, min(wanted.name, free))
    free -= name
    note: Note = "whole" if wanted.note <= free else "short" if wanted.short <= free else "below"
    free -= {"whole": wanted.note, "short": wanted.short, "below": 0}[note]
    title = wanted.title <= free
    free -= wanted.title if title else 0
    track = min(MOST_TRACK, LEAST_TRACK + max(0, free)) if wanted.track else 0
    return Shares(name, track, title, note)
