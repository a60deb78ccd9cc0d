"""Compressed files that hold fewer frames than they say."""

from pathlib import Path

import numpy as np
import pytest
from pydicom.uid import RLELossless

from engine.imaging import discover
from tests.engine.imaging.dicom.made_headers import PLANE, picture, save


def packed(path: Path, held: int, said: int) -> Path:
    """A file that holds so many compressed frames and says another number."""
    dataset = picture(held, np.ascontiguousarray(PLANE), FrameTime="40")
    save(path, dataset)
    dataset.compress(RLELossless, generate_instance_uid=False)
    dataset.NumberOfFrames = said
    dataset.save_as(path, enforce_file_format=True)
    return path


@pytest.mark.parametrize(("held", "verdict"), [(4, "fail"), (6, "warn")])
def test_a_compressed_file_that_lacks_frames_fails_before_it_is_read(tmp_path, held, verdict):
    (scan,) = discover([packed(tmp_path / "a", held, 6)]).scans
    assert ("truncated" in {doubt.kind for doubt in scan.doubts}, scan.certificate) == (verdict == "fail", verdict)


def test_a_compressed_file_that_ends_within_its_last_frame_fails(tmp_path):
    path = packed(tmp_path / "a", 4, 4)
    path.write_bytes(path.read_bytes()[:-40])
    assert discover([path]).scans[0].certificate == "fail"
