"""What was found in a place one looked into: certificates, reasons and choices, before anything is added."""

from desktop.pages.found.page import FoundPage

__all__ = ["FoundPage"]
