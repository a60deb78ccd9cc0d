"""The page on which scans are looked at."""

from desktop.pages.view.view_page import ViewPage

__all__ = ["ViewPage"]
