import json

import numpy as np
import pytest

from engine.imaging import inspect, read
from engine.imaging.sidecar import sidecar_path
from tests.engine.imaging.made import voxels, write


@pytest.fixture(params=["a.nii", "a.nii.gz", "a.npy"])
def scan(request, tmp_path):
    """A scan of three frames with nothing beside it."""
    path = tmp_path / request.param
    if path.suffix == ".npy":
        np.save(path, np.moveaxis(voxels(4, 3, 2, 3).T, 0, -1))
        return path
    return write(path, voxels(4, 3, 2, 3), xyzt_units=2)


def beside(scan, **values):
    sidecar_path(scan).write_text(json.dumps(values), encoding="utf-8")
    return scan


def test_the_sidecar_bears_the_stem_of_the_scan(scan):
    assert sidecar_path(scan).name == "a.json"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("EchoTime", "echo time"),
        ("RepetitionTime", "repetition time"),
        ("InversionTime", "inversion time"),
        ("VolumeTiming", "time"),
    ],
)
def test_a_list_of_seconds_names_the_frames_in_milliseconds(scan, name, kind):
    header = inspect(beside(scan, **{name: [0.025, 0.035, 0.07]}))
    assert (header.frame_axis, header.frame_values) == (kind, (25.0, 35.0, 70.0))
    assert read(scan).frame_axis.values == header.frame_values


def test_the_time_that_changes_is_the_frame_axis(scan):
    header = inspect(beside(scan, EchoTime=[0.02] * 3, RepetitionTime=[0.5, 1.0, 2.0]))
    assert header.frame_axis == "repetition time"


def test_one_time_for_all_frames_does_not_name_them(scan):
    assert inspect(beside(scan, EchoTime=0.02, RepetitionTime=2.0)).frame_axis == "unknown"


def test_frames_that_nothing_names_are_unknown_with_a_warning(scan):
    header = inspect(scan)
    assert (header.frame_axis, header.frame_values, header.certificate) == ("unknown", (), "warn")
    assert any("what its 3 frames are" in warning for warning in header.warnings)


@pytest.mark.parametrize(
    "times", [[0.1, 0.2], [0.1, 0.2, "0.3"], [0.1, 0.2, -1], [0.1, 0.2, True], [], [1, 2, 10**400]]
)
def test_a_list_that_does_not_fit_is_a_warning(scan, times):
    header = inspect(beside(scan, EchoTime=times))
    assert header.frame_axis == "unknown"
    assert any("EchoTime in a.json" in warning for warning in header.warnings)


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe", b"[" * 100_000, b'{"EchoTime": [NaN, 1, 2]}'])
def test_a_broken_sidecar_is_a_warning_and_the_scan_is_read(scan, content):
    sidecar_path(scan).write_bytes(content)
    volume = read(scan)
    assert volume.frames == 3
    assert any("a.json" in warning for warning in volume.facts.warnings)


def test_echo_times_that_look_like_milliseconds_are_doubted(scan):
    assert any("looks like milliseconds" in w for w in inspect(beside(scan, EchoTime=[25, 50, 75])).warnings)


def test_the_modality_comes_from_the_sidecar(scan):
    assert inspect(beside(scan, Modality="MR")).modality == "MR"
    assert inspect(beside(scan, Modality={"name": "MR"})).modality == ""


@pytest.mark.parametrize(("unit", "step"), [(8, 2000.0), (16, 2.0), (24, 0.002)])
def test_time_steps_of_the_header_are_used_in_their_unit(tmp_path, unit, step):
    path = write(tmp_path / "a.nii", voxels(4, 3, 2, 3), xyzt_units=2 | unit, pixdim=[1, 2, 2.5, 3, 2, 0, 0, 0])
    header = inspect(path)
    assert (header.frame_axis, header.frame_values) == ("time", (0.0, step, 2 * step))


@pytest.mark.parametrize("step", [0, -2, np.nan])
def test_a_time_step_that_cannot_be_is_no_time(tmp_path, step):
    path = write(tmp_path / "a.nii", voxels(4, 3, 2, 3), pixdim=[1, 2, 2.5, 3, step, 0, 0, 0])
    assert inspect(path).frame_axis == "unknown"


def test_a_single_frame_has_no_axis(tmp_path):
    header = inspect(beside(write(tmp_path / "a.nii", voxels(4, 3, 2)), EchoTime=0.03))
    assert (header.frames, header.frame_axis, header.frame_values) == (1, "none", ())


def test_b_values_beside_name_the_frames(scan):
    sidecar_path(scan).with_suffix(".bval").write_text("0 500 1000.5\n")
    sidecar_path(scan).with_suffix(".bvec").write_text("0 0 1\n0 1 0\n0 0 0\n")
    header = inspect(scan)
    assert (header.frame_axis, header.frame_values) == ("b-value", (0.0, 500.0, 1000.5))
    assert {file.suffix for file in header.companions} == {".bval", ".bvec"}


@pytest.mark.parametrize("content", [b"0 500", b"0 500 much", b"0 500 -1", b"0 500 nan", b"\xff\xfe", b""])
def test_b_values_that_do_not_fit_are_a_warning(scan, content):
    sidecar_path(scan).with_suffix(".bval").write_bytes(content)
    header = inspect(scan)
    assert header.frame_axis == "unknown"
    assert any("a.bval" in warning for warning in header.warnings)


def test_b_values_that_are_all_the_same_do_not_name_the_frames(scan):
    sidecar_path(scan).with_suffix(".bval").write_text("1000 1000 1000")
    assert inspect(scan).frame_axis == "unknown"
