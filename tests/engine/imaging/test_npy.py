import io
import json
import pickle

import numpy as np
import pytest

from engine.errors import ReadError
from engine.imaging import inspect, read


def saved(path, array):
    np.save(path, array)
    return path


@pytest.mark.parametrize(
    ("shape", "expected"), [((3, 4), (1, 1, 3, 4)), ((2, 3, 4), (1, 2, 3, 4)), ((2, 3, 4, 5), (5, 2, 3, 4))]
)
def test_axes_are_slices_rows_columns_frames(tmp_path, shape, expected):
    values = np.arange(np.prod(shape), dtype="f4").reshape(shape)
    volume = read(saved(tmp_path / "a.npy", values))
    assert volume.array.shape == expected
    assert np.array_equal(volume.array.ravel(), (np.moveaxis(values, -1, 0) if len(shape) == 4 else values).ravel())


def test_fortran_order_gives_the_same_picture(tmp_path):
    values = np.arange(120, dtype="i2").reshape(2, 3, 4, 5)
    plain = read(saved(tmp_path / "a.npy", values))
    turned = read(saved(tmp_path / "b.npy", np.asfortranarray(values)))
    assert np.array_equal(plain.array, turned.array)


@pytest.mark.parametrize("dtype", [">i2", ">f8", "f2", "?", "u1", "i8"])
def test_every_real_type_comes_out_native(tmp_path, dtype):
    values = (np.arange(24).reshape(2, 3, 4) % 2).astype(dtype)
    volume = read(saved(tmp_path / "a.npy", values))
    assert volume.array.dtype.isnative
    assert volume.array.dtype != bool
    assert np.array_equal(volume.array[0], values)
    assert inspect(tmp_path / "a.npy").dtype == volume.array.dtype.name


def test_a_file_is_mapped_and_cannot_be_written_to(tmp_path):
    volume = read(saved(tmp_path / "a.npy", np.arange(24.0).reshape(2, 3, 4)))
    with pytest.raises(ValueError, match="read-only"):
        volume.array[:] = 0


def test_without_geometry_the_doubt_is_said(tmp_path):
    header = inspect(saved(tmp_path / "a.npy", np.arange(24.0).reshape(2, 3, 4)))
    assert (header.spacing, header.certificate) == ((1.0, 1.0, 1.0), "warn")
    assert {doubt.kind for doubt in header.doubts} == {"orientation", "size"}


def test_the_sidecar_gives_spacing(tmp_path):
    path = saved(tmp_path / "a.npy", np.arange(24.0).reshape(2, 3, 4))
    (tmp_path / "a.json").write_text(json.dumps({"spacing": [0.5, 0.6, 4]}))
    header = inspect(path)
    assert header.spacing == (0.5, 0.6, 4.0)
    assert [doubt.kind for doubt in header.doubts] == ["orientation"]


def test_the_sidecar_gives_the_affine(tmp_path):
    affine = np.array([[0, 0, 4, 1], [-0.5, 0, 0, 2], [0, -0.5, 0, 3], [0, 0, 0, 1]])
    path = saved(tmp_path / "a.npy", np.arange(24.0).reshape(2, 3, 4))
    (tmp_path / "a.json").write_text(json.dumps({"affine": affine.tolist()}))
    header = inspect(path)
    assert np.array_equal(header.affine, affine)
    assert (header.orientation, header.certificate) == ("PIR", "pass")


@pytest.mark.parametrize("values", [{"spacing": [1, 1]}, {"spacing": [1, 0, 1]}, {"affine": [[1]]}, {"affine": 3}])
def test_geometry_that_cannot_be_is_a_warning(tmp_path, values):
    path = saved(tmp_path / "a.npy", np.arange(24.0).reshape(2, 3, 4))
    (tmp_path / "a.json").write_text(json.dumps(values))
    header = inspect(path)
    assert header.spacing == (1.0, 1.0, 1.0)
    assert any("a.json" in warning for warning in header.warnings)


class Trap:
    """An object that would call `print` when unpickled."""

    def __reduce__(self):
        return (print, ("unpickled",))


def test_pickled_objects_are_refused_and_never_run(tmp_path, capsys):
    path = tmp_path / "a.npy"
    np.save(path, np.array([Trap()], dtype=object), allow_pickle=True)
    raw = tmp_path / "b.npy"
    raw.write_bytes(pickle.dumps(Trap()))
    for file in (path, raw):
        for use in (inspect, read):
            with pytest.raises(ReadError, match="pickled Python objects") as caught:
                use(file)
            assert caught.value.hint
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("dtype", ["c8", "S4", "U4", "M8[s]", [("a", "i4"), ("b", "O")], [("a", "i4")]])
def test_what_is_not_one_real_number_per_voxel_is_refused(tmp_path, dtype):
    path = tmp_path / "a.npy"
    np.save(path, np.zeros((3, 4), dtype), allow_pickle=True)
    with pytest.raises(ReadError):
        inspect(path)


@pytest.mark.parametrize("shape", [(), (5,), (0, 4), (2, 0, 4), (2, 3, 4, 5, 6)])
def test_shapes_that_are_no_image_are_refused(tmp_path, shape):
    with pytest.raises(ReadError, match="is not an image"):
        inspect(saved(tmp_path / "a.npy", np.zeros(shape)))


def test_a_header_that_claims_more_than_there_is_is_refused(tmp_path):
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(stream, {"descr": "<f8", "fortran_order": False, "shape": (10**6,) * 3})
    path = tmp_path / "a.npy"
    path.write_bytes(stream.getvalue())
    with pytest.raises(ReadError, match="voxels or more"):
        read(path)


def test_constant_and_missing_values_are_warned_about_at_read(tmp_path):
    values = np.zeros((2, 3, 4))
    assert "every voxel has the same value, 0.0" in read(saved(tmp_path / "a.npy", values)).facts.warnings
    values[0, 0, 0] = np.nan
    assert "1 of 24 voxels are not a number" in read(saved(tmp_path / "a.npy", values)).facts.warnings
