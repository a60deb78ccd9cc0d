"""The review page."""

from desktop.pages.page import Page


class ReviewPage(Page):
    """Labels that a run suggests, to accept or not."""

    title = "Review"
