"""Nuclear medicine: volumes that were reconstructed, and views that never are slices."""

from pathlib import Path
from typing import Any

import pytest
from pydicom.uid import NuclearMedicineImageStorage

from engine.imaging import ScanHeader, discover
from tests.engine.imaging.dicom.made_headers import item, write


def scan_of(path: Path, kind: str, frames: int = 4, **tags: Any) -> ScanHeader:
    detector = item(ImagePositionPatient=[1, 2, 3], ImageOrientationPatient=[1, 0, 0, 0, 1, 0])
    said: dict[str, Any] = {"SOPClassUID": NuclearMedicineImageStorage, "Modality": "NM", "PixelSpacing": [4, 4]}
    said |= {"DetectorInformationSequence": [detector], "SeriesInstanceUID": "1.2", "SpacingBetweenSlices": 4}
    write(path, frames, ImageType=["ORIGINAL", "PRIMARY", kind, "EMISSION"], **said | tags)
    (scan,) = discover([path]).scans
    return scan


@pytest.mark.parametrize("kind", ["TOMO", "GATED TOMO", "STATIC", "WHOLE BODY"])
def test_views_are_frames_of_nobody_knows_what_and_lie_nowhere(tmp_path, kind):
    scan = scan_of(tmp_path / "a", kind)
    assert (scan.shape[2], scan.frames, scan.frame_axis) == (1, 4, "unknown")
    assert {doubt.kind for doubt in scan.doubts} >= {"orientation", "frames"}


def test_views_from_around_the_body_are_called_projections(tmp_path):
    (text,) = (doubt.text for doubt in scan_of(tmp_path / "a", "TOMO", 6).doubts if doubt.kind == "frames")
    assert text == "its frames are projections at 6 angles, not slices"


def test_views_that_follow_each_other_are_frames_of_time(tmp_path):
    scan = scan_of(tmp_path / "a", "DYNAMIC", FrameTime="500")
    assert (scan.shape[2], scan.frame_axis, scan.frame_values) == (1, "time", (0, 500, 1000, 1500))


def phase(frames: int, duration: int, **tags: Any) -> Any:
    return item(NumberOfFramesInPhase=frames, ActualFrameDuration=duration, **tags)


def test_views_have_the_times_that_their_phases_tell(tmp_path):
    phases = [phase(2, 1000, PauseBetweenFrames=10), phase(2, 5000, PhaseDelay=100)]
    vectors: dict[str, Any] = {"PhaseVector": [1, 1, 2, 2], "TimeSliceVector": [1, 2, 1, 2]}
    scan = scan_of(tmp_path / "a", "DYNAMIC", PhaseInformationSequence=phases, **vectors)
    assert (scan.frame_axis, scan.frame_values) == ("time", (0, 1010, 2120, 7120))


def test_phases_that_do_not_tell_of_every_view_tell_no_times(tmp_path):
    vectors: dict[str, Any] = {"PhaseVector": [1, 1, 2, 2], "TimeSliceVector": [1, 2, 1, 2]}
    scan = scan_of(tmp_path / "a", "DYNAMIC", PhaseInformationSequence=[phase(2, 1000)], **vectors)
    assert (scan.frame_axis, scan.frame_values) == ("time", ())


def test_a_view_by_itself_lies_nowhere(tmp_path):
    assert [doubt.kind for doubt in scan_of(tmp_path / "a", "STATIC", 1).doubts] == ["orientation"]


def test_what_was_reconstructed_stays_a_volume(tmp_path):
    scan = scan_of(tmp_path / "a", "RECON TOMO", SliceVector=[1, 2, 3, 4])
    assert (scan.shape[2], scan.frames, scan.certificate) == (4, 1, "pass")
