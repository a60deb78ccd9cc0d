"""Pictures in which small values are bright."""

from pathlib import Path

import pytest

from engine.imaging import ScanHeader, discover
from tests.engine.imaging.dicom.made_headers import FLAT, write

SCALED = {"RescaleSlope": "2", "RescaleIntercept": "-10", "PixelSpacing": [1, 1], "SliceThickness": "1", **FLAT}


def turned(path: Path, modality: str) -> ScanHeader:
    write(path, PhotometricInterpretation="MONOCHROME1", Modality=modality, **SCALED)
    (scan,) = discover([path]).scans
    return scan


def test_the_slope_is_that_of_the_file(tmp_path):
    assert turned(tmp_path / "a", "DX").slope_intercept == (2, -10)


@pytest.mark.parametrize(("modality", "verdict"), [("DX", "pass"), ("MR", "warn")])
def test_reversed_values_are_told_and_warned_of_in_mr(tmp_path, modality, verdict):
    scan = turned(tmp_path / "a", modality)
    assert ([doubt.kind for doubt in scan.doubts], scan.certificate) == (["format"], verdict)


def test_values_of_ct_are_not_reversed_and_keep_their_slope(tmp_path):
    scan = turned(tmp_path / "a", "CT")
    assert (scan.slope_intercept, scan.doubts) == ((2, -10), ())
