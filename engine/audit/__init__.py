"""What is wrong with a cohort before anybody trains on it: copies, leaks, label clashes, confounders."""

from engine.audit.applying import apply, apply_all
from engine.audit.audit import audit
from engine.audit.dismissing import Dismissal, dismiss, dismissed
from engine.audit.finding import KINDS, Finding
from engine.audit.remedy import ExcludeScans, GroupPatients, MergeClasses, Remedy, RepairPictures
from engine.audit.report import AuditReport
from engine.audit.shelf import keep_report, kept_report

__all__ = [
    "KINDS",
    "AuditReport",
    "Dismissal",
    "ExcludeScans",
    "Finding",
    "GroupPatients",
    "MergeClasses",
    "Remedy",
    "RepairPictures",
    "apply",
    "apply_all",
    "audit",
    "dismiss",
    "dismissed",
    "keep_report",
    "kept_report",
]
