"""The cohort: who is studied, with which scans and labels."""

from desktop.pages.cohort.page import CohortPage

__all__ = ["CohortPage"]
