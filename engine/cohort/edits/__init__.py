"""What people can change about a cohort, one sort of edit per module; all of it can be taken back."""

from engine.cohort.edits.classes import RenameClasses
from engine.cohort.edits.columns import DropColumn, PutColumn
from engine.cohort.edits.divisions import DropDivision, PutDivision, RenameDivision
from engine.cohort.edits.edit import Edit
from engine.cohort.edits.grouping import GroupScans
from engine.cohort.edits.judging import AcceptScans, ExcludeScans
from engine.cohort.edits.replacing import ReplaceScans
from engine.cohort.edits.scans import SetRole, SetScanLabel, SetVisit
from engine.cohort.edits.suggesting import AcceptSuggestions, PutSuggestions, RejectSuggestions
from engine.cohort.edits.values import SetCovariate, SetLabel
from engine.cohort.edits.vault import GiveBack, SetAside

__all__ = [
    "AcceptScans",
    "AcceptSuggestions",
    "DropColumn",
    "DropDivision",
    "Edit",
    "ExcludeScans",
    "GiveBack",
    "GroupScans",
    "PutColumn",
    "PutDivision",
    "PutSuggestions",
    "RejectSuggestions",
    "RenameClasses",
    "RenameDivision",
    "ReplaceScans",
    "SetAside",
    "SetCovariate",
    "SetLabel",
    "SetRole",
    "SetScanLabel",
    "SetVisit",
]
