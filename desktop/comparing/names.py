"""What the two sides of a comparison are called: only what tells them apart."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.comparing.comparison import Other
from engine.cohort.cohort import Patient, Scan
from engine.imaging.volume import FrameAxis
from engine.pictures.wording import frame_words

UNKNOWN = FrameAxis()


@dataclass(frozen=True)
class Names:
    """Names what a scan in `front`, of a `patient` and with frames along an `axis`, is compared with.

    `named` tells how the patient of a pseudonym is called.
    """

    front: Scan
    patient: Patient | None = None
    axis: FrameAxis = UNKNOWN
    named: Callable[[str], str] = str

    def of(self, other: Other) -> str:
        """A frame, a role, or a patient and role."""
        if other.frame is not None:
            return frame_words(self.axis, other.frame)
        if other.scan.patient != self.front.patient:
            return f"{self.named(other.scan.patient)} {other.scan.role}"
        return self._role(other.scan)

    def of_front(self, other: Other, frame: int) -> str:
        """The scan in front, which shows a frame, in the same words."""
        if other.frame is not None:
            return frame_words(self.axis, frame)
        if other.scan.patient != self.front.patient:
            return f"{self.named(self.front.patient)} {self.front.role}"
        return self._role(self.front)

    def whose(self, other: Other) -> str:
        """The patient of the other scan, where that is another one."""
        return "" if other.scan.patient == self.front.patient else self.named(other.scan.patient)

    def _role(self, scan: Scan) -> str:
        """The role, with a number where the patient has several scans of it."""
        scans = () if self.patient is None else self.patient.scans
        alike = [each.id for each in scans if each.role == scan.role]
        several = len(alike) > 1 and scan.id in alike
        return f"{scan.role} · {alike.index(scan.id) + 1}" if several else scan.role
