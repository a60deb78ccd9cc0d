"""map: what other programs may rely on."""

from pathlib import Path

import numpy as np
import pytest

from engine.imaging import read
from engine.imaging.writer import write_nifti
from tests.engine.cli.conftest import Isocenter
from tests.engine.maps.made import scan


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """A scan over echo times and one over repetition times."""
    write_nifti(scan("echo time", np.full((1, 8, 8), 80.0)), tmp_path / "scans" / "echoes.nii.gz")
    write_nifti(scan("repetition time", np.full((1, 8, 8), 700.0)), tmp_path / "scans" / "recovery.nii.gz")
    return tmp_path / "scans"


def test_map_writes_the_maps_of_every_scan(isocenter: Isocenter, scans: Path, tmp_path: Path) -> None:
    told = isocenter("map", scans, tmp_path / "maps", "--json").json["written"]
    assert {one["kind"]: round(one["median_ms"]) for one in told} == {"T1": 700, "T2": 80}
    assert all(Path(each["path"]).exists() for one in told for each in one["maps"])


def test_map_of_a_kind_leaves_the_other_scans_alone(isocenter: Isocenter, scans: Path, tmp_path: Path) -> None:
    told = isocenter("map", scans, tmp_path / "maps", "--kind", "t2", "--json").json
    assert [one["kind"] for one in told["written"]] == ["T2"]
    assert told["written"][0]["maps"][0]["unit"] == "ms"


def test_what_map_writes_can_be_read(isocenter: Isocenter, scans: Path, tmp_path: Path) -> None:
    told = isocenter("map", scans, tmp_path / "maps", "--kind", "t1", "--json").json["written"][0]
    assert read(Path(told["maps"][0]["path"])).array == pytest.approx(700.0, rel=1e-3)


def test_map_for_people_tells_time_and_background(isocenter: Isocenter, scans: Path, tmp_path: Path) -> None:
    told = isocenter("map", scans, tmp_path / "maps", "--kind", "t2").out
    assert "median 80 ms" in told
    assert "noise" in told


def test_a_place_without_such_frames_says_what_it_holds(isocenter: Isocenter, scans: Path, tmp_path: Path) -> None:
    (scans / "echoes.nii.gz").unlink()
    answer = isocenter("map", scans, tmp_path / "maps", "--kind", "t2", "--json")
    assert answer.status == 1
    assert "10 frames (repetition time)" in answer.json["error"]
    assert not (tmp_path / "maps").exists()


def test_too_few_frames_are_left_out_with_the_reason(isocenter: Isocenter, tmp_path: Path) -> None:
    volume = scan("echo time", np.full((1, 8, 8), 80.0)).slab(slice(None), slice(0, 2))
    write_nifti(volume, tmp_path / "two.nii.gz")
    answer = isocenter("map", tmp_path / "two.nii.gz", tmp_path / "maps", "--json")
    assert answer.status == 1
    assert "fewer than 3" in answer.json["refused"][0]["error"]
