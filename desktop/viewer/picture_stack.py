"""The single pictures of a patient as one stack: films and photographs, which no geometry puts in order."""

import re
from dataclasses import dataclass

from engine.cohort.cohort import Patient, Scan
from engine.imaging.walk import by_place

NUMBER = re.compile(r"[\s._-]*\d+$")
FEWEST = 3


@dataclass(frozen=True)
class PictureStack:
    """Two pictures or more in the order of their names; `place` is that of the one shown."""

    scans: tuple[Scan, ...]
    place: int

    def beyond(self, steps: int, *, around: bool = False) -> Scan:
        """The picture so many steps on: the last there is, or after it the first again where it goes `around`."""
        place = self.place + steps
        return self.scans[place % len(self.scans) if around else min(max(place, 0), len(self.scans) - 1)]

    def nearest(self) -> tuple[Scan, ...]:
        """All of them, the one shown first, then by how near they are; of two as near the next before the last."""
        places = sorted(range(len(self.scans)), key=lambda i: (abs(i - self.place), i < self.place))
        return tuple(self.scans[place] for place in places)


def stack_of(patient: Patient, scan: Scan) -> PictureStack | None:
    """The stack that a scan lies in; None where it is no single picture, or the only one of its kind.

    Roles that only a number at their end tells apart, as `hand 1` and `hand 2`, make one from FEWEST pictures on,
    if each is there once: where `T1` is there twice, the number is no count.
    """
    if not is_picture(scan):
        return None
    alike = [each for each in patient.scans if is_picture(each) and kind_of(each) == kind_of(scan)]
    if len(alike) < FEWEST or len({each.role for each in alike}) < len(alike):
        alike = [each for each in alike if each.role == scan.role]
    if len(alike) < 2:
        return None
    scans = tuple(sorted(alike, key=lambda each: by_place(each.path)))
    return PictureStack(scans, scans.index(scan))


def remembered_as(patient: Patient, scan: Scan) -> str:
    """What a look at a scan is remembered under: its role, or what the roles of its stack have in common."""
    stack = stack_of(patient, scan)
    counted = stack is not None and len({each.role for each in stack.scans}) > 1
    return kind_of(scan) if counted else scan.role


def kind_of(scan: Scan) -> str:
    """What the pictures of a stack have in common: the role without its number; of any other scan its role."""
    return NUMBER.sub("", scan.role) if is_picture(scan) else scan.role


def is_picture(scan: Scan) -> bool:
    """Whether it is one slice of one frame, and its file does not say how that lies in the body."""
    single = scan.shape[2] == 1 and scan.frames == 1
    return single and any(doubt.kind == "orientation" and doubt.severity != "note" for doubt in scan.doubts)
