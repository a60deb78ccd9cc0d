"""How the two scans that are compared on the page stand there: by name, in which frame, and what has to be known."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.comparing.comparison import Comparison, Other
from desktop.comparing.laying import note_beside
from desktop.comparing.names import UNKNOWN, Names
from desktop.pages.view.panes import Panes
from engine.cohort.cohort import Scan

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage


def names_on(page: "ViewPage", front: Scan | None, named: Callable[[str], str]) -> Names | None:
    """What everything is called that a scan in front can be compared with, patients as `named` calls them."""
    if front is None:
        return None
    session, loaded = page.session, page.panes.front.loaded
    patients = {} if session.cohort is None else session.cohort.by_key
    axis = UNKNOWN if loaded is None else loaded.volume.frame_axis
    return Names(front, patients.get(front.patient), axis, named, patients)


def as_seen(other: Other, panes: Panes) -> Other:
    """The frame that stands beside by now, where the two are frames of one scan."""
    guest = panes.guest
    if other.frame is None or guest is None or guest.viewing is None or guest.scan != other.scan:
        return other
    return Other(other.scan, guest.viewing.frame)


def note_on(panes: Panes, comparison: Comparison, names: Names) -> str:
    """What has to be known of how they lie; where they lie on each other, the picture itself says so."""
    front, guest = panes.front, panes.guest
    if comparison.laid or not panes.links.on or guest is None:
        return ""
    if front.viewing is None or guest.viewing is None or guest.filling:
        return ""
    return note_beside(front.viewing, guest.viewing, same_patient=not names.whose(comparison.other))
