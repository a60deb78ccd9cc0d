"""Which of a patient's scans are shown."""

from engine.cohort.cohort import Cohort, Patient, Scan

MOST = 4


def scan_to_show(patient: Patient, wanted: int | None, role: str) -> Scan | None:
    """The scan asked for, or else one of the role looked at last, or else the first that is not excluded."""
    asked = next((scan for scan in patient.scans if scan.id == wanted), None)
    usable = next((scan for scan in patient.scans if not scan.excluded), None)
    return asked or patient.scan(role) or usable or next(iter(patient.scans), None)


def neighbours(cohort: Cohort, patient: Patient, role: str) -> tuple[Scan, ...]:
    """What would be shown of the next patient, and of the one before."""
    keys = [each.key for each in cohort.patients]
    if patient.key not in keys:
        return ()
    place = keys.index(patient.key)
    around = (cohort.patients[i] for i in (place + 1, place - 1) if 0 <= i < len(keys))
    shown = (scan_to_show(each, None, role) for each in around)
    return tuple(scan for scan in shown if scan is not None)


def scans_to_show(patient: Patient, front: Scan, side_by_side: bool) -> tuple[Scan, ...]:
    """The scan in front alone, or as many as fit with it among them."""
    if not side_by_side or len(patient.scans) == 1:
        return (front,)
    first = patient.scans[:MOST]
    return first if front in first else (*first[:-1], front)
