"""Head counts: a table and a chart of who there is, and covariates per class."""

from desktop.pages.cohort.counts.view import CountsView

__all__ = ["CountsView"]
