"""On the view page: one scan against another."""

from desktop.pages.view.feature import Feature


class Comparing(Feature):
    """To come."""

    title = "Compare"
