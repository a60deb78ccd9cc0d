"""Folders of tiny plain pictures, no two alike."""

from pathlib import Path

import numpy as np
from PIL import Image

SIDE = 8


def write_picture(path: Path, number: int) -> Path:
    """A picture of its number."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.random.default_rng(number).integers(0, 255, (SIDE, SIDE), np.uint8)).save(path)
    return path


def write_classes(folder: Path, each: int = 3, *classes: str, first: int = 0) -> Path:
    """A folder per class with so many pictures each: `fractured/0001.png`; `first` makes others of the same names."""
    for place, name in enumerate(classes or ("fractured", "healthy")):
        for number in range(1, each + 1):
            write_picture(folder / name / f"{number:04d}.png", first + place * each + number)
    return folder
