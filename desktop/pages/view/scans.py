"""Which of a patient's scans are shown."""

from engine.cohort.cohort import Patient, Scan

MOST = 4


def scan_to_show(patient: Patient, wanted: int | None, role: str) -> Scan | None:
    """The scan asked for, or else one of the role looked at last, or else the first that is not excluded."""
    asked = next((scan for scan in patient.scans if scan.id == wanted), None)
    usable = next((scan for scan in patient.scans if not scan.excluded), None)
    return asked or patient.scan(role) or usable or next(iter(patient.scans), None)


def scans_to_show(patient: Patient, front: Scan, side_by_side: bool) -> tuple[Scan, ...]:
    """The scan in front alone, or as many as fit with it among them."""
    if not side_by_side or len(patient.scans) == 1:
        return (front,)
    first = patient.scans[:MOST]
    return first if front in first else (*first[:-1], front)
