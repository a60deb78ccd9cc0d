"""isocenter inspect: what other programs and people may rely on."""

import json
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from engine.cli.inspecting import inspect_paths, printable
from engine.imaging import discover
from tests.engine.cli.conftest import Isocenter
from tests.engine.imaging.fuzzing.dicom_seeds import picture, written
from tests.engine.imaging.made import voxels, write
from tests.helpers.dicom_files import write_series

KEYS = {
    "path", "format", "modality", "shape", "frames", "frame_axis", "frame_values", "spacing", "affine", "orientation",
    "dtype", "slope_intercept", "patient", "series", "files", "certificate", "warnings",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path) -> Path:
    """A scan, a broken file and a foreign one."""
    write(tmp_path / "scan.nii.gz", voxels(4, 3, 2))
    (tmp_path / "broken.nii").write_bytes(b"words")
    (tmp_path / "notes.txt").write_bytes(b"words")
    return tmp_path


def test_a_scan_is_an_object_with_all_that_is_known(isocenter: Isocenter, folder: Path) -> None:
    answer = isocenter("inspect", folder / "scan.nii.gz", "--json")
    (scan,) = answer.json
    assert answer.status == 0
    assert scan.keys() >= KEYS
    assert scan["path"] == str(folder / "scan.nii.gz")
    assert scan["shape"] == [4, 3, 2]


def test_broken_and_foreign_files_are_objects_with_an_error(isocenter: Isocenter, folder: Path) -> None:
    answer = isocenter("inspect", folder, "--json")
    failed = [item for item in answer.json if "error" in item]
    assert answer.status == 0
    assert [Path(item["path"]).name for item in failed] == ["broken.nii", "notes.txt"]
    assert all(item["hint"] for item in failed)


def test_without_any_scan_the_status_is_1(isocenter: Isocenter, folder: Path) -> None:
    answer = isocenter("inspect", folder / "broken.nii", "--json")
    assert answer.status == 1
    assert len(answer.json) == 1


def test_a_path_that_is_not_there_is_an_object_with_an_error(isocenter: Isocenter, tmp_path: Path) -> None:
    answer = isocenter("inspect", tmp_path / "gone", "--json")
    assert answer.status == 1
    assert answer.json[0]["path"] == str(tmp_path / "gone")


def test_an_empty_folder_is_an_empty_list(isocenter: Isocenter, tmp_path: Path) -> None:
    answer = isocenter("inspect", tmp_path, "--json")
    assert (answer.status, answer.json) == (1, [])


def test_people_are_told_the_certificate_and_what_to_do(isocenter: Isocenter, folder: Path) -> None:
    write(folder / "scan.nii.gz", voxels(4, 3, 2), qform_code=0, sform_code=0)
    told = " ".join(isocenter("inspect", folder / "scan.nii.gz").out.split())
    (doubt, *_) = discover([folder]).scans[0].doubts
    assert "[warn]" in told
    assert doubt.action in told


def test_people_are_told_the_broken_by_name_and_the_foreign_as_a_number(isocenter: Isocenter, folder: Path) -> None:
    told = isocenter("inspect", folder).out
    assert "broken.nii" in told
    assert "notes.txt" not in told
    assert "1 file of other kinds." in told


def test_many_files_that_are_broken_alike_are_told_in_a_few_lines(isocenter: Isocenter, tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"{number}.nii").write_bytes(b"words")
    told = isocenter("inspect", tmp_path).out
    assert "and 45 files more for the same reason" in told
    assert "50 files could not be read." in told


def test_scans_in_an_archive_are_told_by_their_path_in_it(isocenter: Isocenter, folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(folder / "scan.nii.gz", "in/scan.nii.gz")
    (scan,) = isocenter("inspect", tmp_path / "a.zip", "--json").json
    assert scan["path"] == f"{tmp_path / 'a.zip'}/in/scan.nii.gz"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_cannot_steer_the_terminal(isocenter: Isocenter, tmp_path: Path) -> None:
    write(tmp_path / "\x1b[2J\n.nii", voxels(4, 3, 2))
    assert "\x1b" not in isocenter("inspect", tmp_path).out


def test_text_that_cannot_be_encoded_is_escaped() -> None:
    assert printable("a\udcff\x07é") == "a\\udcff\\x07é"


def test_several_paths_are_answered_in_one_list(isocenter: Isocenter, folder: Path) -> None:
    answer = isocenter("inspect", folder / "scan.nii.gz", folder / "notes.txt", "--json")
    assert ["error" in item for item in answer.json] == [False, True]


@pytest.fixture
def echoes(tmp_path) -> Path:
    """An acquisition whose three echoes are a series each."""
    for echo in range(1, 4):
        for z in range(2):
            told = {"SeriesInstanceUID": f"1.2.3.{echo}", "SeriesNumber": echo, "SOPInstanceUID": f"1.2.3.{echo}.{z}"}
            made = picture(z, EchoTime=10 * echo, SliceThickness=3, SeriesDescription="T2", **told)
            (tmp_path / f"{echo}-{z}").write_bytes(written(made))
    return tmp_path


def test_an_offer_is_told_in_each_part_and_how_to_take_it_up(isocenter: Isocenter, echoes: Path) -> None:
    assert all("3 scans look like one" in item["offer"] for item in isocenter("inspect", echoes, "--json").json)
    assert "--join" in isocenter("inspect", echoes).out


def test_join_takes_up_what_is_offered(isocenter: Isocenter, echoes: Path) -> None:
    (joined,) = isocenter("inspect", echoes, "--join", "--json").json
    assert (joined["frames"], joined["frame_axis"], joined["frame_values"]) == (3, "echo time", [10, 20, 30])
    assert "offer" not in joined


def test_nobody_learns_who_the_patient_is(isocenter: Isocenter, echoes: Path) -> None:
    told = isocenter("inspect", echoes).out + isocenter("inspect", echoes, "--json").out
    assert "P-001" in told
    assert "Doe" not in told
    assert "hospital-17" not in told


def test_json_alone_is_on_stdout(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    inspect_paths([folder], as_json=True)
    assert isinstance(json.loads(capsys.readouterr().out), list)


def test_the_type_in_the_file_is_told_beside_its_scaling(isocenter: Isocenter, shared_data: Path) -> None:
    (told,) = isocenter("inspect", shared_data / "niftispace" / "RAS.nii.gz", "--json").json
    assert (told["dtype"], told["dtype_as_read"], bool(told["slope_intercept"])) == ("uint8", "float32", True)


def test_copies_are_counted_as_such_and_not_as_damage(isocenter: Isocenter, tmp_path: Path) -> None:
    path = write_series(tmp_path, np.ones((1, 8, 8), np.int16), np.eye(4))[0]
    (tmp_path / "copy").write_bytes(path.read_bytes())
    told = isocenter("inspect", tmp_path).out
    assert "1 file of pictures that other files here hold already." in told
    assert "could not be read" not in told
