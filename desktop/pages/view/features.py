"""The features of the view page, in the order of its menu and its inspector."""

from typing import TYPE_CHECKING

from desktop.pages.view.comparing import Comparing
from desktop.pages.view.feature import Feature
from desktop.pages.view.layering import Layering
from desktop.pages.view.measuring import Measuring
from desktop.pages.view.picturing import Picturing

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage


def features(page: "ViewPage") -> tuple[Feature, ...]:
    """One of each, for a page."""
    return tuple(kind(page) for kind in (Layering, Comparing, Measuring, Picturing))
