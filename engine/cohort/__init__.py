"""Who is studied: patients with their scans, labels and covariates, and how they are divided."""

from engine.cohort.cohort import Cohort, Patient, Scan
from engine.cohort.founding import import_as_workspace
from engine.cohort.import_report import ImportReport
from engine.cohort.importing import import_folder, import_found, look_into
from engine.cohort.measurements import Measurement
from engine.cohort.plan import ImportPlan
from engine.cohort.previewing import Preview, preview
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
