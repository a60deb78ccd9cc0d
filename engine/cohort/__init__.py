"""Who is studied: patients with their scans, labels and covariates, and how they are divided."""

from engine.cohort.cohort import Cohort, Patient, Scan
from engine.cohort.intake.founding import import_as_workspace
from engine.cohort.intake.import_report import ImportReport
from engine.cohort.intake.importing import import_folder, import_found, look_into
from engine.cohort.intake.plan import ImportPlan
from engine.cohort.intake.previewing import Preview, preview
from engine.cohort.measuring.measurements import Measurement
from engine.cohort.workspace import Workspace

__all__ = [
    "Cohort",
    "ImportPlan",
    "ImportReport",
    "Measurement",
    "Patient",
    "Preview",
    "Scan",
    "Workspace",
    "import_as_workspace",
    "import_folder",
    "import_found",
    "look_into",
    "preview",
]
