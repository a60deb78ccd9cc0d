"""On the view page: what is in sight as files."""

from desktop.pages.view.feature import Feature


class Picturing(Feature):
    """To come."""

    title = "Pictures"
