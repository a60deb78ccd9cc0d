"""What the two sides of a comparison are called: only what tells them apart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop.comparing.comparison import Other
from desktop.scan_names import scan_names
from engine.cohort.cohort import Patient, Scan
from engine.imaging.volume import FrameAxis, Volume
from engine.pictures.wording import frame_words

UNKNOWN = FrameAxis()


@dataclass(frozen=True)
class Names:
    """Names what a scan in `front`, of a `patient` and with frames along an `axis`, is compared with.

    `named` tells how the patient of a pseudonym is called, `others` are the patients by pseudonym.
    """

    front: Scan
    patient: Patient | None = None
    axis: FrameAxis = UNKNOWN
    named: Callable[[str], str] = str
    others: Mapping[str, Patient] = field(default_factory=dict)

    def of(self, other: Other) -> str:
        """A frame, a role, or a patient and role."""
        if other.frame is not None:
            return frame_words(self.axis, other.frame)
        if other.scan.patient != self.front.patient:
            return f"{self.named(other.scan.patient)} {_role(other.scan, self.others.get(other.scan.patient))}"
        return _role(other.scan, self.patient)

    def of_front(self, other: Other, frame: int) -> str:
        """The scan in front, which shows a frame, in the same words."""
        if other.frame is not None:
            return frame_words(self.axis, frame)
        if other.scan.patient != self.front.patient:
            return f"{self.named(self.front.patient)} {_role(self.front, self.patient)}"
        return _role(self.front, self.patient)

    def whose(self, other: Other) -> str:
        """The patient of the other scan, where that is another one."""
        return "" if other.scan.patient == self.front.patient else self.named(other.scan.patient)


def with_frame(name: str, volume: Volume, frame: int) -> str:
    """A scan and which of its frames is shown, where it has several."""
    return name if volume.frames == 1 else f"{name} · {frame_words(volume.frame_axis, frame)}"


def _role(scan: Scan, patient: Patient | None) -> str:
    """What the scan is called among those of its patient."""
    named = scan_names(() if patient is None else patient.scans)
    return next((name for name, each in named.items() if each.id == scan.id), scan.role)
