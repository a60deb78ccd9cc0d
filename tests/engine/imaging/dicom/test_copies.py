"""A copy of a file is a copy in every byte of its pixels; a UID alone does not make one."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.control import Control
from engine.errors import Cancelled
from engine.imaging.dicom.heads import slices_of
from engine.imaging.dicom.stacking import stacks_of
from engine.imaging.discovery import discover
from tests.engine.imaging.dicom.written import write_series

AFFINE = np.diag([-1.5, -1.25, 3.0, 1.0])


def with_the_same_uids(folder: Path, value: int, **said: Any) -> None:
    for z in range(3):
        place = AFFINE.copy()
        place[2, 3] = 3.0 * z
        array = np.full((4, 5, 1), value + z, np.int16)
        write_series(folder / str(z), array, place, **{"SOPInstanceUID": f"1.2.3.{z}", **said})


@pytest.mark.parametrize(
    "other",
    [{"EchoTime": 50}, {"PatientID": "other"}, {"TemporalPositionIdentifier": 2}, {"AcquisitionTime": "1200"}],
    ids=lambda other: next(iter(other)),
)
def test_pictures_that_say_something_else_under_the_same_uid_are_kept_and_it_is_said(tmp_path, other) -> None:
    with_the_same_uids(tmp_path / "a", 1, EchoTime=20)
    with_the_same_uids(tmp_path / "b", 1, **{"EchoTime": 20, **other})

    found = discover([tmp_path])

    assert sum(len(scan.source.files) for scan in found.scans) == 6
    assert all(any(text.startswith("UIDs are reused") for text in scan.warnings) for scan in found.scans)


def test_pictures_with_other_pixels_under_the_same_uid_are_kept(tmp_path) -> None:
    with_the_same_uids(tmp_path / "a", 1)
    with_the_same_uids(tmp_path / "b", 50)

    (scan,) = discover([tmp_path]).scans

    assert (scan.frames, scan.frame_axis) == (2, "unknown")
    assert {doubt.kind for doubt in scan.doubts} == {"duplicate"}


def test_comparing_stops_when_asked(tmp_path) -> None:
    with_the_same_uids(tmp_path / "a", 1)
    with_the_same_uids(tmp_path / "b", 1)
    slices = [one for path in sorted(tmp_path.rglob("*")) if path.is_file() for one in slices_of(path)]
    control = Control()
    control.cancel()

    with pytest.raises(Cancelled):
        stacks_of(slices, control)


def test_copies_in_another_folder_are_taken_once(tmp_path) -> None:
    with_the_same_uids(tmp_path / "a", 1)
    with_the_same_uids(tmp_path / "b", 1)

    found = discover([tmp_path])

    assert [(scan.frames, scan.certificate) for scan in found.scans] == [(1, "pass")]
    assert {item.error for item in found.unreadable} == {"it is a copy of another file here, which is taken"}
