"""The split page."""

from desktop.pages.page import Page


class SplitPage(Page):
    """How patients are divided, and the part that is set aside."""

    title = "Split"
