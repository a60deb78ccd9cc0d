"""What is doubted about a scan is doubted about the file made from it too."""

import json
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest

from engine.imaging import Facts, Volume, discover, read
from engine.imaging.converting import Converted, convert
from engine.imaging.doubt import Doubt
from engine.imaging.unreadable import Unreadable
from engine.imaging.writer import write_nifti
from tests.engine.imaging.made import AFFINE, voxels, write
from tests.helpers.dicom_files import write_series

GAP = np.arange(60, dtype=np.int16).reshape(5, 3, 4)
LYING = Doubt("orientation", "its orientation is not given")
SIZELESS = Doubt("size", "its pixel size is not given; 1 mm is taken")


def doubted(*doubts: Doubt) -> Volume:
    return Volume(voxels(1, 2, 3, 4), AFFINE, facts=Facts(doubts=doubts))


def header_of(path: Path) -> Any:
    image: Any = nibabel.load(path)
    return image.header


def with_a_gap(folder: Path) -> Path:
    """A series of which the third slice is gone."""
    write_series(folder, GAP, AFFINE)[2].unlink()
    return folder


@pytest.mark.parametrize("ending", ["nii", "nii.gz", "npy"])
def test_a_scan_that_lacks_slices_fails_after_its_conversion_too(tmp_path, ending):
    scans = discover([with_a_gap(tmp_path / "in")]).scans
    (made,) = convert(scans, tmp_path / "out", ending, accept_failed=True)
    (again,) = discover([tmp_path / "out"]).scans
    assert isinstance(made, Converted)
    assert (again.certificate, again.doubts) == ("fail", scans[0].doubts)


def test_a_scan_that_failed_is_not_converted_unless_accepted(tmp_path):
    (refused,) = convert(discover([with_a_gap(tmp_path / "in")]).scans, tmp_path / "out")
    assert isinstance(refused, Unreadable)
    assert "missing" in refused.error
    assert list((tmp_path / "out").iterdir()) == []


def test_a_scan_that_fails_only_once_it_is_read_is_not_converted(tmp_path):
    path = write(tmp_path / "a.nii", np.full((2, 3, 4), np.nan, np.float32))
    (refused,) = convert(discover([path]).scans, tmp_path / "out")
    assert isinstance(refused, Unreadable)


def test_where_the_orientation_is_doubted_other_programs_are_told_of_none(tmp_path):
    write_nifti(doubted(LYING), tmp_path / "a.nii")
    header = header_of(tmp_path / "a.nii")
    assert (header["sform_code"], header["qform_code"], *header.get_zooms()) == (0, 0, 2, 2.5, 3)


def test_where_the_orientation_is_doubted_voxels_and_affine_still_come_back(tmp_path):
    write_nifti(doubted(LYING), tmp_path / "a.nii")
    back = read(tmp_path / "a.nii")
    assert np.array_equal(back.array, doubted().array)
    assert np.array_equal(back.affine, AFFINE)
    assert LYING in back.facts.doubts


def test_without_its_side_car_a_file_of_doubted_orientation_still_warns(tmp_path):
    write_nifti(doubted(LYING), tmp_path / "a.nii")
    (tmp_path / "a.json").unlink()
    assert {doubt.kind for doubt in read(tmp_path / "a.nii").facts.doubts} == {"orientation"}


def test_where_the_size_is_doubted_the_unit_is_not_told(tmp_path):
    write_nifti(doubted(SIZELESS), tmp_path / "a.nii")
    assert header_of(tmp_path / "a.nii").get_xyzt_units()[0] == "unknown"
    assert read(tmp_path / "a.nii").facts.doubts == (SIZELESS,)


def test_doubts_neither_multiply_nor_vanish_from_conversion_to_conversion(tmp_path):
    write_nifti(doubted(LYING, SIZELESS), tmp_path / "a.nii")
    once = read(tmp_path / "a.nii")
    write_nifti(once, tmp_path / "b.nii")
    assert set(read(tmp_path / "b.nii").facts.doubts) == set(once.facts.doubts)
    assert len(read(tmp_path / "b.nii").facts.doubts) == len(once.facts.doubts)


def test_notes_leave_no_trace(tmp_path):
    write_nifti(doubted(Doubt("orientation", "said", "note")), tmp_path / "a.nii")
    assert [path.name for path in tmp_path.iterdir()] == ["a.nii"]


def test_the_name_of_an_old_side_car_is_not_carried_on(tmp_path):
    write_nifti(doubted(Doubt("sidecar", "EchoTime in Testperson.json is wrong")), tmp_path / "a.nii")
    assert "Testperson" not in (tmp_path / "a.json").read_text()
    assert [doubt.kind for doubt in read(tmp_path / "a.nii").facts.doubts] == ["sidecar"]


@pytest.mark.parametrize(
    "nonsense",
    [
        7,
        "fail",
        [None],
        [{}],
        [{"kind": "gossip", "severity": "warn", "text": "x"}],
        [{"kind": "size", "severity": "pass", "text": "x"}],
        [{"kind": "size", "severity": "warn", "text": "x" * 10_000}],
        [{"kind": "size", "severity": "warn", "text": "\x1b[31m"}],
        [{"kind": ["size"], "severity": {}, "text": ""}],
    ],
)
def test_doubts_that_are_none_are_not_repeated_but_doubted(tmp_path, nonsense):
    path = write(tmp_path / "a.nii", voxels(2, 3, 4))
    (tmp_path / "a.json").write_text(json.dumps({"Doubts": nonsense}))
    assert [doubt.kind for doubt in discover([path]).scans[0].doubts] == ["sidecar"]


def test_no_side_car_tells_more_than_fifty_doubts(tmp_path):
    path = write(tmp_path / "a.nii", voxels(2, 3, 4))
    many = [{"kind": "size", "severity": "warn", "text": f"number {number}"} for number in range(60)]
    (tmp_path / "a.json").write_text(json.dumps({"Doubts": many}))
    assert len(discover([path]).scans[0].doubts) == 51
