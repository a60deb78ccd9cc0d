"""DICOMDIR: the files it names are looked at, those beside it only, and what is missing is said."""

import shutil
from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, MediaStorageDirectoryStorage, generate_uid

from engine.imaging import discover
from tests.engine.imaging.made import voxels, write

REAL = (
    "DICOMDIR",
    "DICOMDIR-bigEnd",
    "DICOMDIR-implicit",
    "DICOMDIR-nooffset",
    "DICOMDIR-nopatient",
    "DICOMDIR-reordered",
)


@pytest.fixture(scope="module")
def media(shared_data) -> Path:
    return shared_data / "pydicom_bundled/test_files/dicomdirtests"


def index(path: Path, *named: str | list[str]) -> Path:
    """An index that names these files."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.MediaStorageSOPClassUID = MediaStorageDirectoryStorage
    dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.DirectoryRecordSequence = []
    for parts in named:
        record = Dataset()
        record.DirectoryRecordType = "IMAGE"
        record.add_new("ReferencedFileID", "LO", parts)
        dataset.DirectoryRecordSequence.append(record)
    dataset.save_as(path, enforce_file_format=True)
    return path


def reasons(path: Path) -> list[str]:
    return [item.error for item in discover([path]).unreadable if not item.foreign]


def test_the_files_that_a_given_index_names_are_read(tmp_path):
    (tmp_path / "IMG").mkdir()
    write(tmp_path / "IMG/A", voxels(4, 3, 2))
    write(tmp_path / "IMG/B", voxels(4, 3, 2))
    found = discover([index(tmp_path / "DICOMDIR", ["IMG", "A"])])
    assert [scan.path for scan in found.scans] == [tmp_path / "IMG" / "A"]


def test_the_index_itself_is_told_as_foreign(tmp_path):
    write(tmp_path / "A", voxels(4, 3, 2))
    (only,) = discover([index(tmp_path / "DICOMDIR", "A")]).unreadable
    assert (only.path, only.foreign) == (tmp_path / "DICOMDIR", True)


def test_an_index_met_in_a_folder_is_foreign_and_its_files_are_read_once(tmp_path):
    write(tmp_path / "A", voxels(4, 3, 2))
    index(tmp_path / "DICOMDIR", "A", "GONE")
    found = discover([tmp_path])
    assert [scan.path.name for scan in found.scans] == ["A"]
    assert [(item.path.name, item.foreign) for item in found.unreadable] == [("DICOMDIR", True)]


def test_an_index_and_its_folder_give_each_file_once(tmp_path):
    write(tmp_path / "A", voxels(4, 3, 2))
    assert len(discover([index(tmp_path / "DICOMDIR", "A"), tmp_path]).scans) == 1


def test_names_in_another_case_are_found(tmp_path):
    (tmp_path / "img").mkdir()
    write(tmp_path / "img/a", voxels(4, 3, 2))
    assert len(discover([index(tmp_path / "dicomdir", ["IMG", "A"])]).scans) == 1


def test_a_named_file_that_is_missing_is_told(tmp_path):
    found = discover([index(tmp_path / "DICOMDIR", ["IMG", "GONE"])])
    assert tmp_path / "IMG" / "GONE" in [item.path for item in found.unreadable]


@pytest.mark.parametrize(
    "parts",
    [["..", "secret"], ["IMG", "..", "..", "secret"], "/secret", "..\\secret", ["C:", "secret"], "../secret"],
)
def test_a_name_that_leads_out_of_the_medium_is_refused(tmp_path, parts):
    write(tmp_path / "secret", voxels(4, 3, 2))
    (tmp_path / "medium/IMG").mkdir(parents=True)
    found = discover([index(tmp_path / "medium/DICOMDIR", parts)])
    assert not found.scans
    assert any("outside" in item.error for item in found.unreadable)


def test_a_link_that_leads_out_of_the_medium_is_refused(tmp_path):
    write(tmp_path / "secret", voxels(4, 3, 2))
    (tmp_path / "medium").mkdir()
    (tmp_path / "medium/A").symlink_to(tmp_path / "secret")
    found = discover([index(tmp_path / "medium/DICOMDIR", "A")])
    assert not found.scans
    assert any("outside" in item.error for item in found.unreadable)


def test_a_folder_in_place_of_a_file_is_not_walked(tmp_path):
    (tmp_path / "IMG").mkdir()
    write(tmp_path / "IMG/A", voxels(4, 3, 2))
    assert not discover([index(tmp_path / "DICOMDIR", "IMG")]).scans


def test_an_index_that_names_nothing_says_so(tmp_path):
    assert reasons(index(tmp_path / "DICOMDIR")) == ["the index of the medium names no files"]


def test_a_damaged_index_says_so(tmp_path):
    path = index(tmp_path / "DICOMDIR", "A")
    path.write_bytes(path.read_bytes()[:380])
    assert len(reasons(path)) == 1


@pytest.mark.parametrize("name", REAL)
def test_every_file_that_a_real_index_names_is_accounted_for(media, name):
    named = {
        media.joinpath(*record.ReferencedFileID)
        for record in dcmread(media / name).DirectoryRecordSequence
        if "ReferencedFileID" in record
    }
    found = discover([media / name])
    told = {file for scan in found.scans for file in scan.source.files} | {item.path for item in found.unreadable}
    assert told == named | {media / name}


def test_a_real_medium_on_which_files_are_missing_names_them(media, tmp_path):
    shutil.copy(media / "TINY_ALPHA/DICOMDIR", tmp_path)
    assert len(reasons(tmp_path / "DICOMDIR")) == 50
