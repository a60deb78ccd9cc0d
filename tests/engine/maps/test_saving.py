import json

import numpy as np
import pytest

from engine.errors import StorageError
from engine.imaging import read
from engine.imaging.sidecar import sidecar_path
from engine.maps import relaxation_maps, save_maps
from tests.engine.maps.made import AFFINE, scan, times_in


@pytest.fixture
def maps():
    return relaxation_maps(scan("echo time", times_in("echo time")))


def test_the_names_say_quantity_and_unit(maps, tmp_path):
    assert [path.name for path in save_maps(maps, tmp_path / "new", "P-001")] == [
        "P-001_T2map_ms.nii.gz",
        "P-001_R2map_per_s.nii.gz",
        "P-001_M0map.nii.gz",
        "P-001_T2fit_goodness.nii.gz",
    ]


def test_what_is_read_back_is_what_was_fitted_where_it_was(maps, tmp_path):
    for one, path in zip(maps, save_maps(maps, tmp_path, "a"), strict=True):
        back = read(path)
        assert np.array_equal(back.array, one.volume.array, equal_nan=True)
        assert back.affine == pytest.approx(AFFINE, abs=1e-6)


def test_the_side_car_says_unit_and_model(maps, tmp_path):
    told = json.loads(sidecar_path(save_maps(maps, tmp_path, "a")[0]).read_text(encoding="utf-8"))
    assert (told["Quantity"], told["Units"], told["Modality"]) == ("T2", "ms", "MR")
    assert told["Model"] == "M0 exp(-TE/T2)"


def test_nothing_is_written_over(maps, tmp_path):
    first = {path: path.read_bytes() for path in save_maps(maps, tmp_path, "a")}
    second = save_maps(maps, tmp_path, "a")
    assert second[0].name == "a-2_T2map_ms.nii.gz"
    assert {path: path.read_bytes() for path in first} == first


def test_a_folder_that_is_a_file_is_told(maps, tmp_path):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(StorageError):
        save_maps(maps, tmp_path / "taken", "a")
