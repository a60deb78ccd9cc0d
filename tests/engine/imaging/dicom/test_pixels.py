"""The voxels of a picture are what its file means, however it is stored."""

import hashlib
import json
from dataclasses import replace

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.pixels.utils import pixel_array

from engine.errors import ReadError
from engine.imaging.dicom.decoding import decoded
from engine.imaging.dicom.heads import slices_of
from engine.imaging.dicom.modality_table import modality_table
from engine.imaging.dicom.pixels import fill
from engine.imaging.dicom.raw_pixels import RawFile, is_raw
from tests.engine.imaging.dicom.pixel_files import picture, write

RAMP = np.arange(24, dtype="u2").reshape(4, 6)
NOT_HERE = {"pydicom_bundled/test_files/JPGExtended.dcm"}  # 12-bit JPEG Extended


def voxels(path, dtype="i4", **changed):
    one = replace(picture(path), **changed)
    target = np.empty(one.shape, dtype)
    lacking = fill([one], [target], table=modality_table(one))
    assert lacking == [None]
    return target


def colours(path, dtype="u1"):
    one = picture(path)
    target, colour = np.empty(one.shape, dtype), np.empty((*one.shape, 3), "u1")
    fill([one], [target], [colour])
    return target, colour


def stored(file):
    """All frames as they are stored."""
    if not is_raw(file.encoding):
        return np.stack(decoded(file, range(file.frames)))
    with RawFile(file) as raw:
        return np.stack([raw.frame(index) for index in range(file.frames)])


def sample_files(shared_data, wanted):
    told = json.loads((shared_data / "expected_dicom.json").read_text(encoding="utf-8"))
    return [(name, facts) for name, facts in told.items() if "sha1" in facts and wanted(name, facts)]


@pytest.mark.parametrize("folder", ["dcm_qa_enh", "dcm_qa_nih", "dcm_qa_ts", "nitest_balls1", "pydicom"])
def test_grey_samples_have_the_stored_values_that_pydicom_finds(shared_data, folder):
    files = sample_files(
        shared_data,
        lambda name, facts: name.startswith(folder) and facts["pi"].startswith("MONO") and name not in NOT_HERE,
    )
    assert files
    for name, facts in files:
        values = stored(slices_of(shared_data / name)[0].file).reshape(facts["shape"])
        assert hashlib.sha1(values.tobytes()).hexdigest() == facts["sha1"], name


def test_nine_encodings_of_one_picture_have_identical_voxels(shared_data):
    first, *others = (stored(slices_of(shared_data / f"dcm_qa_ts/In/{number}.dcm")[0].file) for number in range(1, 10))
    assert all(np.array_equal(first, other) for other in others)


@pytest.mark.filterwarnings("ignore:Expected explicit VR:UserWarning")
def test_coloured_samples_are_the_rgb_that_pydicom_makes(shared_data):
    files = sample_files(shared_data, lambda name, facts: name.startswith("pydicom_bundled/test_files/SC_rgb_"))
    for name, _ in files:
        file = slices_of(shared_data / name)[0].file
        assert np.array_equal(stored(file)[0], pixel_array(pydicom.dcmread(shared_data / name), index=0)), name


@pytest.mark.parametrize(
    ("name", "said", "hint"),
    [
        ("JPEG-lossy.dcm", r"JPEG Extended \(Process 2 and 4\), 12 bits", "pylibjpeg-libjpeg"),
        ("JPEG2000-embedded-sequence-delimiter.dcm", "JPEG 2000 Image Compression", "Copy it again"),
    ],
)
def test_what_cannot_be_decoded_is_refused_by_name(shared_data, name, said, hint):
    file = slices_of(shared_data / "pydicom_bundled/test_files" / name)[0].file
    with pytest.raises(ReadError, match=said) as failure:
        decoded(file, [0])
    assert hint in failure.value.hint


@pytest.mark.parametrize("name", ["deflate", "rle", "nonbyte_aligned_deflate", "nonbyte_aligned_rle"])
def test_packed_segmentations_are_the_same_however_compressed(shared_data, name):
    folder = shared_data / "pydicom_data/files"
    plain = "liver_nonbyte_aligned.dcm" if "nonbyte" in name else "liver.dcm"
    values = stored(slices_of(folder / f"liver_{name}.dcm")[0].file)
    assert np.array_equal(values, pydicom.dcmread(folder / plain).pixel_array)


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("dtype", ["u1", "i1", "u2", "i2", "u4", "i4"])
def test_every_integer_type_is_read_in_both_byte_orders(tmp_path, dtype, big):
    values = (np.arange(15).reshape(3, 5) * 7 - (50 if dtype[0] == "i" else 0)).astype(dtype)
    path = write(tmp_path / "a", values, big=big)
    assert np.array_equal(voxels(path, dtype), values)
    assert np.array_equal(voxels(path, "f4"), values)


@pytest.mark.parametrize("index", [0, 1, 2])
def test_bytes_written_as_big_endian_words_are_put_right(tmp_path, index):
    values = np.arange(45, dtype="u1").reshape(3, 3, 5)
    swapped = np.append(values.reshape(-1), 0).astype("u1").view("u2").byteswap().view("u1")
    path = write(tmp_path / "a", values, big=True, words=True, PixelData=swapped.tobytes())
    assert np.array_equal(voxels(path, "u1", index=index), values[index])


@pytest.mark.parametrize(("element", "dtype"), [("FloatPixelData", "f4"), ("DoubleFloatPixelData", "f8")])
def test_floating_pixels_keep_their_values(tmp_path, element, dtype):
    values = np.linspace(-1, 1, 24).reshape(4, 6).astype(dtype)
    path = write(tmp_path / "a", values, element=element)
    assert np.array_equal(voxels(path, "f4"), values.astype("f4"))


def test_twelve_signed_bits_of_sixteen_keep_their_sign(tmp_path):
    values = np.array([[-2048, -1, 0, 2047]], "i2")
    path = write(tmp_path / "a", (values & 0xFFF).astype("u2"), PixelRepresentation=1, BitsStored=12, HighBit=11)
    assert np.array_equal(voxels(path, "i2"), values)


@pytest.mark.parametrize("high_bit", [11, 15])
def test_overlay_bits_beside_the_pixel_are_left_out(tmp_path, high_bit):
    beside = 0xF000 if high_bit == 11 else 0x000F
    packed = (RAMP << (high_bit - 11)) | beside
    path = write(tmp_path / "a", packed.astype("u2"), BitsStored=12, HighBit=high_bit)
    assert np.array_equal(voxels(path, "u2"), RAMP)


def test_a_tile_is_cut_from_its_mosaic(tmp_path):
    path = write(tmp_path / "a", RAMP)
    assert np.array_equal(voxels(path, "u2", tile=(2, 3, 2, 3)), RAMP[2:, 3:])


def test_slope_and_intercept_are_applied(tmp_path):
    path = write(tmp_path / "a", RAMP)
    assert np.array_equal(voxels(path, "f4", slope=0.5, intercept=-3.0), (RAMP * 0.5 - 3).astype("f4"))


def test_a_whole_intercept_keeps_integers(tmp_path):
    path = write(tmp_path / "a", RAMP)
    assert np.array_equal(voxels(path, "i2", slope=1.0, intercept=-1024.0), RAMP.astype("i2") - 1024)


def test_scaled_values_of_32_bits_are_exact(tmp_path):
    values = np.array([[2**31 - 1, -(2**31), 16777217]], "i4")
    assert np.array_equal(voxels(write(tmp_path / "a", values), "f4", slope=0.1), (values * 0.1).astype("f4"))


@pytest.mark.parametrize(("kind", "lowest", "highest"), [("u2", 0, 4095), ("i2", -2048, 2047)])
def test_larger_is_brighter_where_small_values_were_meant_to_be(tmp_path, kind, lowest, highest):
    values = np.array([[lowest, highest - 1, highest]], kind)
    path = write(tmp_path / "a", values, PhotometricInterpretation="MONOCHROME1", BitsStored=12, HighBit=11)
    assert voxels(path, kind).tolist() == [[highest, lowest + 1, lowest]]


def test_hounsfield_units_are_never_reversed(tmp_path):
    path = write(tmp_path / "a", RAMP, PhotometricInterpretation="MONOCHROME1", Modality="CT")
    assert np.array_equal(voxels(path), RAMP)


@pytest.mark.parametrize("big", [False, True])
def test_the_modality_table_says_what_stored_values_stand_for(tmp_path, big):
    table = Dataset()
    table.LUTDescriptor, table.ModalityLUTType = [4, 10, 16], "US"
    table.LUTData = np.array([100, 200, 300, 65000], ">u2" if big else "<u2").tobytes()
    path = write(tmp_path / "a", RAMP, big=big, ModalityLUTSequence=[table])
    assert voxels(path)[1].tolist() == [100, 100, 100, 100, 100, 200]
    assert voxels(path)[2:].ravel()[:3].tolist() == [300, 65000, 65000]


@pytest.mark.parametrize("planar", [0, 1])
def test_colour_is_kept_and_its_luminance_is_the_array(tmp_path, planar):
    rgb = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]]], "u1")
    data = rgb if planar == 0 else np.moveaxis(rgb, -1, 0)
    path = write(tmp_path / "a", rgb, SamplesPerPixel=3, PlanarConfiguration=planar, PixelData=data.tobytes())
    grey, colour = colours(path)
    assert np.array_equal(colour, rgb)
    assert grey.tolist() == [[76, 150], [29, 255]]


def test_colour_of_sixteen_bits_is_shown_in_eight(tmp_path):
    rgb = np.array([[[65535, 256, 0], [32768, 32768, 32768]]], "u2")
    grey, colour = colours(write(tmp_path / "a", rgb, SamplesPerPixel=3), "u2")
    assert colour.tolist() == [[[255, 1, 0], [128, 128, 128]]]
    assert grey[0, 1] == 32768


def test_a_palette_gives_colour_and_brightness(tmp_path):
    tags: dict = {"PhotometricInterpretation": "PALETTE COLOR"}
    for name, values in {"Red": [0, 65535], "Green": [0, 65535], "Blue": [65535, 65535]}.items():
        tags[f"{name}PaletteColorLookupTableDescriptor"] = [2, 0, 16]
        tags[f"{name}PaletteColorLookupTableData"] = np.array(values, "<u2").tobytes()
    path = write(tmp_path / "a", np.array([[0, 1]], "u1"), **tags)
    grey, colour = colours(path)
    assert colour.tolist() == [[[0, 0, 255], [255, 255, 255]]]
    assert grey.tolist() == [[29, 255]]


@pytest.mark.parametrize(
    "name", ["test_files/SC_ybr_full_422_uncompressed.dcm", "test_files/SC_rgb_dcmtk_+eb+cy+np.dcm"]
)
def test_luminance_and_chrominance_become_rgb(shared_data, name):
    path = shared_data / "pydicom_bundled" / name
    assert np.array_equal(colours(path)[1], pixel_array(pydicom.dcmread(path), index=0))


def test_a_file_that_ends_early_says_how_much_of_it_is_there(tmp_path):
    path = write(tmp_path / "a", RAMP)
    path.write_bytes(path.read_bytes()[:-8])
    one = picture(path)
    target = np.ones(one.shape, "u2")
    (lacking,) = fill([one], [target])
    assert lacking is not None
    assert "40 of 48 bytes" in str(lacking)
    assert not target.any()


def test_pixels_of_an_unheard_of_width_are_refused(tmp_path):
    one = picture(write(tmp_path / "a", RAMP))
    odd = replace(one, file=replace(one.file, encoding=replace(one.file.encoding, bits_allocated=12)))
    with pytest.raises(ReadError, match="12 bits"):
        fill([odd], [np.empty(odd.shape, "u2")])
