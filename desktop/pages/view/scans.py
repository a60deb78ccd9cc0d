"""Which of a patient's scans are shown."""

from desktop.viewer.picture_stack import PictureStack, is_picture, kind_of, stack_of
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


def scans_to_show(patient: Patient, front: Scan, side_by_side: bool, before: tuple[Scan, ...] = ()) -> tuple[Scan, ...]:
    """The scan in front alone, or as many as fit with it among them; `before` are those shown until now.

    Beside other scans a stack of pictures is seen by one of its own, alone by so many of them that follow each other.
    """
    if not side_by_side or len(patient.scans) == 1:
        return (front,)
    scans, stack = patient.scans, _stack_among(patient, front)
    if stack is not None and len(stack.scans) == len(scans):
        begin = max(0, min(stack.place // MOST * MOST, len(scans) - MOST))
        return stack.scans[begin : begin + MOST]
    if stack is not None:
        one = next((scan for scan in (front, *before) if scan in stack.scans), stack.scans[0])
        scans = tuple(scan for scan in scans if scan is one or scan not in stack.scans)
    first = scans[:MOST]
    return first if front in first else (*first[:-1], front)


def _stack_among(patient: Patient, front: Scan) -> PictureStack | None:
    """The stack that the scan in front lies in, or else the first that the patient has."""
    kinds = {kind_of(scan): scan for scan in reversed(patient.scans) if is_picture(scan)}
    stacks = (stack_of(patient, scan) for scan in (front, *reversed(kinds.values())))
    return next((stack for stack in stacks if stack is not None), None)
