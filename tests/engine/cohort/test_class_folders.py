"""Collections of plain pictures: a folder per class is never taken for a folder per patient."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cohort import ImportReport, import_folder


def pictures(folder: Path, count: int, *classes: str) -> Path:
    for name in classes:
        (folder / name).mkdir(parents=True)
        for number in range(count):
            Image.fromarray(np.full((4, 4), number, np.uint8)).save(folder / name / f"{number:03d}.png")
    return folder


def found(source: Path) -> ImportReport:
    return import_folder(source, None)


def test_folders_of_many_pictures_are_classes_and_the_level_is_image(tmp_path: Path) -> None:
    report = found(pictures(tmp_path, 40, "fractured", "normal"))
    assert (report.layout, report.cohort.level, len(report.cohort.patients)) == ("class-folders", "image", 80)
    assert report.cohort.counts() == {
        "class": {"fractured": {"patients": 40, "scans": 40}, "normal": {"patients": 40, "scans": 40}}
    }


def test_the_deepest_folder_names_the_class(tmp_path: Path) -> None:
    pictures(tmp_path / "train", 40, "fractured", "normal")
    pictures(tmp_path / "test", 40, "fractured", "normal")
    assert set(found(tmp_path).cohort.counts()["class"]) == {"fractured", "normal"}


@pytest.mark.parametrize("count", [1, 30])
def test_folders_of_a_few_pictures_are_patients(tmp_path: Path, count: int) -> None:
    report = found(pictures(tmp_path, count, "0001", "0002", "0003"))
    assert (report.layout, len(report.cohort.patients)) == ("patient-folders", 3)
