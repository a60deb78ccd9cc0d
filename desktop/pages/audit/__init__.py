"""What the audit found, and what can be done about it."""

from desktop.pages.audit.page import AuditPage

__all__ = ["AuditPage"]
