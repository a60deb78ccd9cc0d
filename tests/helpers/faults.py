"""One cohort with a fault of every sort at once, and how many of them an audit finds."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from engine.audit import AuditReport, audit
from engine.cohort import Workspace
from tests.helpers.planted import CLASSES, Planted, cut, picture, pixels

PATIENTS = 80


@dataclass(frozen=True)
class Fault:
    """What was planted, and which finding has to name it: by its files, or by words of its reason."""

    name: str
    kind: str
    files: frozenset[str] = frozenset()
    words: str = ""

    def found_in(self, report: AuditReport) -> bool:
        return any(
            finding.kind == self.kind
            and self.words in finding.reason
            and self.files <= {_short(path) for path in (*(scan.path for scan in finding.scans), *finding.files)}
            for finding in report.findings
        )


def faulty(root: Path) -> tuple[Path, list[Fault]]:
    """A workspace of eighty patients and what is wrong with it."""
    planted = Planted(root, PATIENTS)
    faults = [fault for plant in _PLANTS for fault in plant(planted)]
    return planted.workspace(), faults


def recall(root: Path) -> tuple[int, int]:
    """How many of the planted faults are found, and how many there are."""
    workspace, faults = faulty(root)
    report = audit(Workspace.peek(workspace))
    return sum(fault.found_in(report) for fault in faults), len(faults)


def _short(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _copies(planted: Planted) -> list[Fault]:
    planted.file(1, "again.png").write_bytes(planted.file(0).read_bytes())
    np.save(planted.file(3, "again.npy"), pixels(planted.file(2)))
    planted.save("0006", pixels(planted.file(4)), "again.jpg")
    planted.save("0008", (pixels(planted.file(6)) * 0.7 + 20).astype(np.uint8), "again.png")
    pairs = {
        "the same file": ("duplicate", {"0001/image.png", "0002/again.png"}),
        "the same pixels": ("duplicate", {"0003/image.png", "0004/again.npy"}),
        "recompressed": ("near-duplicate", {"0005/image.png", "0006/again.jpg"}),
        "darker": ("near-duplicate", {"0007/image.png", "0008/again.png"}),
    }
    copies = [Fault(name, kind, frozenset(files)) for name, (kind, files) in pairs.items()]
    leaks = [Fault(f"{fault.name}, of two patients", "leak", fault.files) for fault in copies]
    clashes = [Fault(f"{fault.name}, under two labels", "label-clash", fault.files) for fault in copies]
    return [*copies, *leaks, *clashes]


def _broken(planted: Planted) -> list[Fault]:
    cut(planted.file(10))
    planted.save("0012", picture(11), "image.jpg")
    cut(planted.file(11, "image.jpg"))
    planted.file(12, "other.png").write_bytes(b"nothing of the kind" * 20)
    return [
        Fault("a truncated PNG", "truncated", frozenset({"0011/image.png"})),
        Fault("a truncated JPEG", "truncated", frozenset({"0012/image.jpg"})),
        Fault("no picture under its name", "unreadable", frozenset({"0013/other.png"})),
    ]


def _labels(planted: Planted) -> list[Fault]:
    for number, row in enumerate(planted.table.values()):
        row["part"] = str((1, 2, 3, 5)[number % 4])
    planted.table["0015"]["diagnosis"] = "Healthy"
    planted.table["0016"]["diagnosis"] = "demneted"
    planted.table["0017"]["diagnosis"] = ""
    return [
        Fault("another spelling", "label-clash", frozenset({"0015/image.png"})),
        Fault("a slip", "label-clash", frozenset({"0016/image.png"})),
        Fault("no label", "label-gap", frozenset({"0017/image.png"})),
        Fault("a skipped code", "label-gap", words="nobody has 4"),
    ]


def _odd(planted: Planted) -> list[Fault]:
    planted.save("0021", picture(20)[12:-12])
    planted.save("0022", 255 - picture(21))
    planted.save("0023", np.zeros_like(picture(22)))
    return [
        Fault(f"odd picture {number}", "outlier", frozenset({f"{number}/image.png"}))
        for number in ("0021", "0022", "0023")
    ]


def _confounded(planted: Planted) -> list[Fault]:
    for number, (name, row) in enumerate(planted.table.items()):
        ill = row["diagnosis"] == CLASSES[1]
        row["age"] = str(70 + number % 10 if ill else 50 + number % 12)
        row["scanner"] = "B" if ill != (number % 9 == 0) else "A"
        if ill and number > 30:
            drawn = Image.fromarray(picture(number))
            ImageDraw.Draw(drawn).text((3, 3), "R", fill=255, font_size=12)
            planted.save(name, np.array(drawn))
    return [
        Fault("letters", "outlier", words="small bright marks"),
        Fault("age", "confounder", words="'age' alone predicts 'diagnosis'"),
        Fault("scanner", "confounder", words="'scanner' alone predicts 'diagnosis'"),
        Fault("letters with the class", "confounder", words="A mark in the margin alone predicts 'diagnosis'"),
    ]


_PLANTS: tuple[Callable[[Planted], list[Fault]], ...] = (_confounded, _copies, _broken, _labels, _odd)
