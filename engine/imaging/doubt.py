"""What is doubtful about a scan, each doubt with how grave it is; together they make the geometry certificate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Severity = Literal["note", "warn", "fail"]
Verdict = Literal["pass", "warn", "fail"]
Kind = Literal[
    "orientation",
    "size",
    "thickness",
    "uneven",
    "missing",
    "sheared",
    "duplicate",
    "disagrees",
    "frames",
    "scaling",
    "truncated",
    "values",
    "eight-bit",
    "lossy",
    "colour",
    "burned-in",
    "overlay",
    "mixed",
    "sidecar",
    "format",
]

ACTIONS: Mapping[Kind, str] = {
    "orientation": "Compare with a picture whose left and right you know before any side matters.",
    "size": "Do not trust distances, and resample to a common spacing only if you know the real one.",
    "thickness": "Trust distances within a slice, but none across slices, and no volumes.",
    "uneven": "Ask for the series with even slices, or reconstruct it again.",
    "missing": "Ask the archive for the missing slices: distances along the stack are wrong without them.",
    "sheared": "Resample to a straight grid before comparing it with other scans.",
    "duplicate": "Look whether the copies differ; take one of them into the cohort.",
    "disagrees": "Compare both ways on a landmark; convert the file again from its source.",
    "frames": "Give the times in a JSON file beside the scan, or take them from the protocol.",
    "scaling": "Do not compare its values with other scans before they are normalised.",
    "truncated": "Copy the file again from where it came.",
    "values": "Look at the scan; exclude it if the picture is not what it should be.",
    "eight-bit": "Ask for the original: a screenshot has lost grey levels and geometry.",
    "lossy": "Note it in the paper: lossy compression changes texture that a classifier may learn.",
    "colour": "It is shown in colour, and used as grey.",
    "burned-in": "Look for names in the picture before sharing it or training on it.",
    "overlay": "Its drawings are left out of the voxels.",
    "mixed": "Check that the parts belong together.",
    "sidecar": "Correct the JSON file beside the scan.",
    "format": "Convert the file again from its source if the picture looks wrong.",
}


@dataclass(frozen=True)
class Doubt:
    """One doubt: `text` is a clause a reader understands without the file, such as "slice 7 is missing"."""

    kind: Kind
    text: str
    severity: Severity = "warn"

    @property
    def action(self) -> str:
        """What the user can do about it."""
        return ACTIONS[self.kind]

    def as_json(self) -> dict[str, str]:
        """The doubt in the form that other programs may rely on."""
        return {"kind": self.kind, "severity": self.severity, "text": self.text, "action": self.action}


def verdict_of(doubts: Iterable[Doubt]) -> Verdict:
    """`fail` where any doubt says so, `warn` where any warns; notes leave it at `pass`."""
    severities = {doubt.severity for doubt in doubts}
    if "fail" in severities:
        return "fail"
    return "warn" if "warn" in severities else "pass"
