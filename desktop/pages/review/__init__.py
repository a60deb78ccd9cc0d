"""Labels that a run suggests, to accept or not."""

from desktop.pages.review.page import ReviewPage

__all__ = ["ReviewPage"]
