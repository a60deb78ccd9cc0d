"""What is wrong with a cohort before anybody trains on it: copies, leaks, label clashes, confounders."""

from engine.audit.applying import apply
from engine.audit.audit import AuditReport, audit
from engine.audit.finding import KINDS, Finding
from engine.audit.remedy import ExcludeScans, MergeClasses, Remedy, RepairPictures
from engine.audit.restoring import restore

__all__ = [
    "KINDS",
    "AuditReport",
    "ExcludeScans",
    "Finding",
    "MergeClasses",
    "Remedy",
    "RepairPictures",
    "apply",
    "audit",
    "restore",
]
