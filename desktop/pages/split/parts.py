"""The colours and words of the parts of a division."""

from PySide6.QtGui import QColor

from desktop import theme
from desktop.pages.split.plan import NOBODY, TEST, TRAIN, VALIDATION

TINT = 1 / 4
NAMES = {"train": "Train", "validation": "Validation", "test": "Test"}
EXPLAINED = {
    "train": "Trained on",
    "validation": "To watch training by; never trained on, never tested",
    "test": "Kept out, and predicted once the training is over",
}


def part_color(part: str) -> str:
    """From quiet to bright, in the theme in force: hues are left to the classes."""
    tokens = theme.current()
    return {"train": _mixed(tokens.accent, tokens.panel), "validation": tokens.muted, "test": tokens.text}.get(
        part, tokens.ground
    )


def code_colors() -> tuple[str, ...]:
    """By code: in no part, train, validation, test."""
    made = {NOBODY: "", TRAIN: "train", VALIDATION: "validation", TEST: "test"}
    return tuple(part_color(made[code]) for code in sorted(made))


def _mixed(color: str, ground: str) -> str:
    """A quarter of a colour on a ground, such that it is seen there and stays quiet."""
    over, under = QColor(color), QColor(ground)
    pairs = ((over.red(), under.red()), (over.green(), under.green()), (over.blue(), under.blue()))
    return QColor(*(round(one * TINT + other * (1 - TINT)) for one, other in pairs)).name()
