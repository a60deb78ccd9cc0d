"""What arrays are called that hold pictures, their labels and their patients: `train_images`, `y_test`, `labels`."""

import re
from dataclasses import dataclass
from typing import Literal

Holds = Literal["images", "labels", "patients", "class names", ""]

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_IMAGES = ("images", "image", "imgs", "img", "pictures", "volumes", "scans", "data", "x")
_LABELS = ("labels", "label", "targets", "target", "y")
_PATIENTS = ("patients", "patient", "subjects", "subject", "pid", "pids")
_CLASS_NAMES = (("class", "names"), ("label", "names"), ("classes",), ("categories",))
_IDS = ("id", "ids")
_PARTS = {
    "train": "train", "training": "train",
    "val": "validation", "valid": "validation", "validation": "validation", "dev": "validation",
    "test": "test", "testing": "test",
}  # fmt: skip


@dataclass(frozen=True)
class ArrayName:
    """What an array of this name holds, of which part of a division, and the words left over."""

    holds: Holds
    part: str = ""
    rest: tuple[str, ...] = ()


def understood(name: str) -> ArrayName:
    """What the words of an array's name tell; nothing where they tell none of this, or two things."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if tuple(words) in _CLASS_NAMES:
        return ArrayName("class names")
    parts = {_PARTS[word] for word in words if word in _PARTS}
    kinds: dict[Holds, tuple[str, ...]] = {"images": _IMAGES, "labels": _LABELS, "patients": _PATIENTS}
    told = [holds for holds, known in kinds.items() if any(word in known for word in words)]
    if len(told) != 1 or len(parts) > 1:
        return ArrayName("")
    used = (*kinds[told[0]], *_PARTS, *(_IDS if told[0] == "patients" else ()))
    return ArrayName(told[0], "".join(parts), tuple(word for word in words if word not in used))
