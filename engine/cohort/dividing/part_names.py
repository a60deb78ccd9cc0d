"""What the parts of a division are called in folders and tables."""

from pathlib import Path
from typing import Literal, get_args

Part = Literal["train", "validation", "test"]

PARTS: tuple[Part, ...] = get_args(Part)
_MEANT: dict[str, Part] = {
    "train": "train", "training": "train", "trn": "train",
    "val": "validation", "valid": "validation", "validation": "validation", "dev": "validation",
    "test": "test", "testing": "test", "tst": "test", "holdout": "test",
}  # fmt: skip


def part_named(name: str) -> Part | None:
    """The part that a folder or a value names; None where it names none."""
    return _MEANT.get(name.strip().lower())


def folder_part(path: Path) -> Part | None:
    """The part that the nearest folder of a file names; None where none does."""
    return next((part for name in reversed(path.parts[:-1]) if (part := part_named(name))), None)
