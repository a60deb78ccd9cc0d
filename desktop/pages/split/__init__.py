"""How patients are divided, and the part that is set aside."""

from desktop.pages.split.page import SplitPage

__all__ = ["SplitPage"]
