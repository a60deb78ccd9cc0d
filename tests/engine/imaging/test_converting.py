from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.control import Control
from engine.errors import Cancelled
from engine.imaging import ScanHeader, discover
from engine.imaging.converting import convert, file_name
from engine.imaging.header import Identity
from engine.imaging.unreadable import Unreadable
from tests.engine.imaging.made import voxels, write


@pytest.fixture
def scans(tmp_path: Path) -> tuple[ScanHeader, ...]:
    """Two scans of one name in two folders."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "T1.nii", voxels(2, 3, 4))
    return discover([tmp_path / "one", tmp_path / "two"]).scans


def test_scans_of_one_name_get_files_of_two(scans, tmp_path):
    made = [one.path.name for one in convert(scans, tmp_path / "out")]
    assert made == ["T1.nii.gz", "T1-2.nii.gz"]


def test_an_old_side_car_is_never_taken_for_that_of_a_new_file(scans, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "T1.json").write_text('{"EchoTime": [0.1]}')
    assert next(convert(scans, tmp_path / "out")).path.name == "T1-2.nii.gz"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("3 T1 tse/sag", "P-001_3-T1-tse-sag"),
        ("../../etc/passwd", "P-001_etc-passwd"),
        ("Anna's knee 4711", "P-001_s-knee"),
        ("x" * 300, "P-001_" + "x" * 60),
        ("äöü", "P-001"),
    ],
)
def test_a_name_is_safe_and_tells_nobody(scans, title, name):
    scan = replace(scans[0], title=title, patient="P-001", identity=Identity("4711", "Testperson^Anna"))
    assert file_name(scan) == name


def test_a_scan_that_cannot_be_read_is_told_and_the_rest_is_written(scans, tmp_path):
    (tmp_path / "one" / "T1.nii").write_bytes(b"")
    made = list(convert(scans, tmp_path / "out"))
    assert isinstance(made[0], Unreadable)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["T1.nii.gz"]


def test_when_cancelled_complete_files_stay(scans, tmp_path):
    control = Control()
    made = convert(scans, tmp_path / "out", control=control)
    next(made)
    control.cancel()
    with pytest.raises(Cancelled):
        next(made)
    assert np.array_equal(discover([tmp_path / "out"]).scans[0].affine, scans[0].affine)
