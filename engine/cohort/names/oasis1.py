"""Names as OASIS-1 has them: `disc1/OAS1_0001_MR1/PROCESSED/MPRAGE/T88_111/OAS1_0001_MR1_..._t88_masked_gfc.img`."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Images = Literal["masked", "atlas", "subject", "raw", "segmented"]

_SESSION = re.compile(r"(OAS1_\d{4})_MR(\d+)", re.IGNORECASE)
_REPEAT = re.compile(r"_(mpr-\d+)", re.IGNORECASE)
_KINDS: tuple[tuple[str, Images, str], ...] = (
    ("_fseg", "segmented", "segmentation"),
    ("t88_masked_gfc", "masked", "T88 masked"),
    ("t88_gfc", "atlas", "T88"),
    ("sbj_111", "subject", "SUBJ"),
)


@dataclass(frozen=True)
class OasisName:
    """Which visit of which patient a scan is of, and which of the visit's images; `images` is None of none known."""

    patient: str = field(repr=False)
    visit: str
    images: Images | None
    role: str

    @property
    def session(self) -> str:
        """What the clinical table calls the visit."""
        return f"{self.patient}_MR{self.visit}"


def oasis_name(inside: Path) -> OasisName | None:
    """What the path of a scan below its source says; None where it names no patient of OASIS-1."""
    found = next((match for part in reversed(inside.parts) if (match := _SESSION.match(part))), None)
    if found is None:
        return None
    images, role = _kind(inside.name)
    return OasisName(found[1].upper(), str(int(found[2])), images, role)


def _kind(name: str) -> tuple[Images | None, str]:
    lowered = name.lower()
    for mark, images, role in _KINDS:
        if mark in lowered:
            return images, role
    repeat = _REPEAT.search(name)
    return ("raw", repeat[1].lower()) if repeat else (None, "")
