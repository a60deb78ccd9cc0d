"""The audit page."""

from desktop.pages.page import Page


class AuditPage(Page):
    """What the audit found, and what can be done about it."""

    title = "Audit"
