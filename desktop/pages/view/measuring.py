"""On the view page: shapes drawn on scans, and what they measure."""

from desktop.pages.view.feature import Feature


class Measuring(Feature):
    """To come."""

    title = "Measure"
