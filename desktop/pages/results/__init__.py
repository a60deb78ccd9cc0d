"""Results: what a run found, how sure that is, and of whom."""

from desktop.pages.results.page import ResultsPage

__all__ = ["ResultsPage"]
