"""The report of a run: one page that needs nothing beside it, and its figures as files."""

from engine.report.data import ReportData
from engine.report.write import write_report

__all__ = ["ReportData", "write_report"]
