"""What the cohort page consists of, as data: its tabs, its tables, its commands."""

from desktop.actions import ActionInfo
from desktop.cohort_table import patient_columns, scan_columns
from desktop.pages.cohort.sheet import SheetInfo

PATIENTS, SCANS, COUNTS = range(3)
TABS = ("Patients", "Scans", "Head counts")
SHEETS = (
    SheetInfo("Cohort", "patient", lambda roster: roster.rows, patient_columns, lambda roster: len(roster.rows)),
    SheetInfo("Scans", "scan", lambda roster: roster.scan_rows, scan_columns, lambda roster: roster.scans),
)
COMMANDS = (
    ActionInfo("cohort.label", "Set a label…", "Ctrl+L", "", "Give the selected rows a label", "ask_label"),
    ActionInfo("cohort.exclude", "Exclude or include", "Ctrl+E", "exclude",
               "Keep the scans of the selected patients out of every run, or take them back in", "toggle_excluded"),
    ActionInfo("cohort.history", "History", "Ctrl+H", "clock", "What was changed; go back to any point",
               "show_history"),
    ActionInfo("cohort.copy", "Copy the rows", "Ctrl+C", "copy", "Copy the selected rows, to paste into a sheet",
               "copy_rows"),
    ActionInfo("cohort.export", "Export the table…", "Ctrl+Shift+E", "export",
               "Write the rows shown as a CSV file (pseudonyms only)", "export_table"),
    ActionInfo("cohort.train", "Train a classifier", "Ctrl+Return", "train", "Go on to training on this cohort",
               "go_train"),
)  # fmt: skip
