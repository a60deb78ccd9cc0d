"""The colours and words of the parts of a division."""

from desktop import theme
from desktop.pages.split.plan import NOBODY, TEST, TRAIN, VALIDATION

NAMES = {"train": "Train", "validation": "Watch", "test": "Test"}
EXPLAINED = {
    "train": "Trained on",
    "validation": "Watched while training; never trained on, never tested",
    "test": "Kept out, and predicted once the training is over",
}


def part_color(part: str) -> str:
    """From quiet to bright, in the theme in force: hues are left to the classes."""
    tokens = theme.current()
    return {"train": tokens.chosen, "validation": tokens.muted, "test": tokens.text}.get(part, tokens.ground)


def code_colors() -> tuple[str, ...]:
    """By code: in no part, train, validation, test."""
    made = {NOBODY: "", TRAIN: "train", VALIDATION: "validation", TEST: "test"}
    return tuple(part_color(made[code]) for code in sorted(made))
