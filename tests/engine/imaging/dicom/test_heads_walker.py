"""The quick walk over raw bytes tells what pydicom tells, and never more than there is."""

from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from engine.errors import ReadError
from engine.imaging.dicom.element_syntax import OddError
from engine.imaging.dicom.heads import slices_in, slices_of
from engine.imaging.dicom.raw_header import DEFLATED, FIRST_READ, RawHeader, patiently, walked
from engine.imaging.dicom.records import Slice
from tests.engine.imaging.dicom.made_headers import PLANE, item, picture, save, write

FOLDERS = ["dcm_qa_enh/In", "dcm_qa_nih/In", "dcm_qa_ts/In", "nitest_balls1/DICOM", "pydicom_bundled", "pydicom_data"]
LEFT_TO_PYDICOM = {
    "SC_rgb_jpeg.dcm",
    "DICOMDIR-implicit",
    "UN_sequence.dcm",
    "meta_missing_tsyntax.dcm",
    "nested_priv_SQ.dcm",
    "priv_SQ.dcm",
    "waveform_ecg.dcm",
}


def told(path: Path, header: RawHeader) -> list[Slice] | str:
    try:
        return slices_in(path, header)
    except ReadError as failure:
        return failure.what


def both(path: Path) -> tuple[object, object]:
    """What the walker and pydicom make of a file; twice the latter where the walker leaves it to pydicom."""
    with path.open("rb", buffering=0) as stream:
        patient = patiently(path, stream)
        stream.seek(0)
        try:
            quick = walked(path, stream)
        except OddError:
            return "odd", told(path, patient)
    return told(path, quick), told(path, patient)


def dicom_below(folder: Path) -> list[Path]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path for path in files if path.read_bytes()[128:132] == b"DICM" and not is_deflated(path)]


def is_deflated(path: Path) -> bool:
    return DEFLATED.encode() in path.read_bytes()[:512]


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_walker_tells_what_pydicom_tells(shared_data, folder):
    pairs = {path.name: both(path) for path in dicom_below(shared_data / folder)}
    assert not {name for name, (quick, patient) in pairs.items() if quick not in ("odd", patient)}


@pytest.mark.parametrize("folder", FOLDERS)
def test_few_real_files_are_left_to_pydicom(shared_data, folder):
    pairs = {path.name: both(path) for path in dicom_below(shared_data / folder)}
    assert {name for name, (quick, _) in pairs.items() if quick == "odd"} <= LEFT_TO_PYDICOM


def test_a_deflated_file_is_told(shared_data):
    (one,) = slices_of(shared_data / "pydicom_bundled/test_files/image_dfl.dcm")
    assert (one.file.rows, one.file.encoding.offset) == (512, 0)


def test_a_file_cut_anywhere_is_told_or_refused(shared_data, tmp_path):
    content = (shared_data / "pydicom_bundled/test_files/MR_small.dcm").read_bytes()
    path = tmp_path / "cut"
    for end in range(1700):
        path.write_bytes(content[:end])
        with pytest.raises(ReadError):
            slices_of(path)


def test_a_multi_frame_file_cut_anywhere_in_its_groups_is_refused(tmp_path):
    content = write(tmp_path / "whole", 3, PerFrameFunctionalGroupsSequence=frames(3)).read_bytes()
    path = tmp_path / "cut"
    for end in range(300, len(content) - 72):
        path.write_bytes(content[:end])
        with pytest.raises(ReadError):
            slices_of(path)


@pytest.mark.parametrize("name", ["MR_small.dcm", "MR_small_implicit.dcm", "MR_small_bigendian.dcm", "rtdose.dcm"])
def test_a_file_with_a_wrong_byte_anywhere_is_told_or_refused(shared_data, tmp_path, name):
    content = (shared_data / "pydicom_bundled/test_files" / name).read_bytes()
    path = tmp_path / "changed"
    outcomes: set[type] = set()
    for at in range(128, min(len(content), 1600), 3):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        try:
            outcomes.add(type(slices_of(path)))
        except ReadError:
            outcomes.add(ReadError)
    assert outcomes == {list, ReadError}


def test_what_lies_beyond_the_first_read_is_found(tmp_path):
    path = write(tmp_path / "a", TextValue="x" * FIRST_READ)
    (one,) = slices_of(path)
    assert one.file.encoding.offset > FIRST_READ


def test_a_sequence_longer_than_the_first_read_is_passed_over(tmp_path):
    items = [item(DerivationDescription="x" * 1000) for _ in range(50)]
    (one,) = slices_of(write(tmp_path / "a", ReferencedImageSequence=items))
    assert one.file.encoding.length == PLANE.nbytes


def test_functional_groups_longer_than_the_first_read_are_kept(tmp_path):
    path = write(tmp_path / "a", 200, PerFrameFunctionalGroupsSequence=frames(200))
    assert slices_of(path)[199].position == (0, 0, 199)


def test_another_makers_private_elements_are_not_left_to_pydicom(tmp_path):
    dataset = picture()
    dataset.private_block(0x0019, "ANOTHER MAKER", create=True).add_new(0x0A, "DS", "1.5")
    with save(tmp_path / "a", dataset).open("rb", buffering=0) as stream:
        assert walked(tmp_path / "a", stream).length == PLANE.nbytes


def frames(count: int) -> list[Dataset]:
    return [item(PlanePositionSequence=[item(ImagePositionPatient=[0, 0, z])]) for z in range(count)]
