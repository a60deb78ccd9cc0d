"""Who is studied: patients with their scans, labels and covariates, and how they are divided."""

from engine.cohort.cohort import Cohort, Patient, Scan
from engine.cohort.founding import import_as_workspace
from engine.cohort.importing import ImportReport, import_folder, import_found, look_into
from engine.cohort.measurements import Measurement
from engine.cohort.workspace import Workspace

__all__ = [
    "Cohort",
    "ImportReport",
    "Measurement",
    "Patient",
    "Scan",
    "Workspace",
    "import_as_workspace",
    "import_folder",
    "import_found",
    "look_into",
]
