"""On the view page: what lies over the scans."""

from desktop.pages.view.feature import Feature


class Layering(Feature):
    """To come."""

    title = "Layers"
