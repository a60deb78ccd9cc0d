"""What a DICOM file says of itself: compared with what pydicom says of real files, and of files made to be odd."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.errors import ReadError
from engine.imaging.dicom.heads import slices_of
from engine.imaging.dicom.no_picture import NoPictureError
from engine.imaging.dicom.records import Slice
from tests.engine.imaging.dicom.made_headers import PLANE, write

WITHOUT_PIXELS = {"chrJapMulti.dcm", "chrJapMultiExplicitIR6.dcm", "chrKoreanMulti.dcm"}
WITHOUT_FRAMES = {"badVR.dcm"}
DOSE, MAP, SEGMENTS, MOSAICS = "rtdose", "parametric_map", "liver", ("dcm_qa_ts", "20180918Si")


@pytest.fixture(scope="module")
def facts(shared_data: Path) -> dict[str, dict]:
    told = json.loads((shared_data / "expected_dicom.json").read_text(encoding="utf-8"))
    return {name: fact for name, fact in told.items() if Path(name).name not in WITHOUT_PIXELS | WITHOUT_FRAMES}


def firsts(shared_data: Path, facts: dict[str, dict]) -> dict[str, Slice]:
    return {name: slices_of(shared_data / name)[0] for name in facts}


def differing(told: Mapping[str, object], facts: dict[str, dict], key: str) -> dict[str, tuple]:
    pairs = {name: (value, facts[name][key]) for name, value in told.items()}
    return {name: (ours, theirs) for name, (ours, theirs) in pairs.items() if ours != theirs}


def test_size_and_number_of_frames_are_those_of_the_file(shared_data, facts):
    told = {
        name: (one.file.rows, one.file.columns, one.file.frames) for name, one in firsts(shared_data, facts).items()
    }
    assert told == {name: (fact["rows"], fact["cols"], fact["frames"] or 1) for name, fact in facts.items()}


def test_modality_series_and_colours_are_those_of_the_file(shared_data, facts):
    told = {
        name: (one.file.modality, one.file.series, one.file.encoding.photometric)
        for name, one in firsts(shared_data, facts).items()
    }
    assert told == {name: (fact["modality"] or "", fact["series"] or "", fact["pi"]) for name, fact in facts.items()}


def test_transfer_syntax_is_the_declared_one(shared_data, facts):
    told = {name: one.file.encoding.syntax for name, one in firsts(shared_data, facts).items()}
    assert set(differing(told, facts, "ts")) == {"pydicom_data/files/OT-PAL-8-face.dcm"}


def test_a_file_that_declares_no_transfer_syntax_gets_the_one_it_is_written_in(shared_data):
    (one,) = slices_of(shared_data / "pydicom_data/files/OT-PAL-8-face.dcm")
    assert one.file.encoding.syntax == "1.2.840.10008.1.2"


def test_bits_are_those_of_the_file(shared_data, facts):
    whole = {name: fact for name, fact in facts.items() if MAP not in name}
    told = {
        name: [one.file.encoding.bits_allocated, one.file.encoding.bits_stored, int(one.file.encoding.signed)]
        for name, one in firsts(shared_data, whole).items()
    }
    assert not differing(told, whole, "bits")


def test_float_pixels_are_told(shared_data):
    (one,) = slices_of(shared_data / "pydicom_data/files/parametric_map_double_float.dcm")
    assert (one.file.encoding.element, one.file.encoding.bits_allocated) == ("DoubleFloatPixelData", 64)


def test_echo_time_and_scaling_of_single_pictures_are_those_of_the_file(shared_data, facts):
    single = {name: fact for name, fact in facts.items() if not fact["frames"] and DOSE not in name}
    told = {name: (one.echo_time, one.slope, one.intercept) for name, one in firsts(shared_data, single).items()}
    assert told == {name: (fact["te"], fact["slope"], fact["icpt"]) for name, fact in single.items()}


def test_position_and_directions_of_single_pictures_are_those_of_the_file(shared_data, facts):
    single = {
        name: fact
        for name, fact in facts.items()
        if not fact["frames"] and not any(kind in name for kind in (SEGMENTS, *MOSAICS))
    }
    told = {
        name: [*(one.position or ()), *(one.across or ()), *(one.down or ())]
        for name, one in firsts(shared_data, single).items()
    }
    assert told == {name: pytest.approx([*fact["ipp"], *fact["iop"]], abs=1e-4) for name, fact in single.items()}


def test_pixel_spacing_is_that_of_the_file(shared_data, facts):
    spaced = {name: fact for name, fact in facts.items() if fact["ps"] and min(fact["ps"]) > 0}
    told = {name: list(one.pixel_size or ()) for name, one in firsts(shared_data, spaced).items()}
    assert not differing(told, spaced, "ps")


def test_a_spacing_of_zero_is_no_spacing_but_a_doubt(shared_data):
    (one,) = slices_of(shared_data / "pydicom_data/files/RG1_J2KI.dcm")
    assert (one.pixel_size, one.file.doubts) == (None, ("the header's PixelSpacing makes no sense",))


@pytest.mark.parametrize("name", sorted(WITHOUT_PIXELS))
def test_a_picture_without_pixels_is_refused(shared_data, name):
    with pytest.raises(ReadError, match="holds no pixel data"):
        slices_of(shared_data / "pydicom_bundled/charset_files" / name)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("test-SR.dcm", "a structured report"),
        ("rtstruct.dcm", "radiotherapy structures"),
        ("rtplan.dcm", "a radiotherapy plan"),
        ("ExplVR_BigEndNoMeta.dcm", "a radiotherapy plan"),
        ("rtplan_truncated.dcm", "a radiotherapy plan"),
        ("waveform_ecg.dcm", "a waveform such as an ECG"),
        ("dicomdirtests/DICOMDIR", "a DICOMDIR"),
        ("dicomdirtests/DICOMDIR-implicit", "a DICOMDIR"),
    ],
)
def test_what_is_no_picture_is_named(shared_data, name, what):
    with pytest.raises(NoPictureError, match=what):
        slices_of(shared_data / "pydicom_bundled/test_files" / name)


def test_a_picture_whose_header_is_damaged_is_not_called_something_else(tmp_path):
    path = write(tmp_path / "a")
    path.write_bytes(path.read_bytes().replace(b"\x28\x00\x02\x00US", b"\x28\x00\x02\x00??"))
    with pytest.raises(ReadError) as failure:
        slices_of(path)
    assert not isinstance(failure.value, NoPictureError)


def test_what_is_not_dicom_is_said_to_be_none(tmp_path):
    path = tmp_path / "notes"
    path.write_text("Nothing of the kind, and long enough to hold a preamble. " * 9, encoding="utf-8")
    with pytest.raises(ReadError, match="not a DICOM file"):
        slices_of(path)


def test_a_file_that_lost_a_few_pixels_is_still_told(shared_data):
    (one,) = slices_of(shared_data / "pydicom_bundled/test_files/MR_truncated.dcm")
    assert one.file.encoding.offset + one.file.encoding.length > one.file.path.stat().st_size


@pytest.mark.parametrize("size", [{"Rows": 0}, {"NumberOfFrames": -3}, {"NumberOfFrames": 2_000_000_000}])
def test_an_impossible_size_is_refused(tmp_path, size):
    with pytest.raises(ReadError, match="header"):
        slices_of(write(tmp_path / "a", **size))


def test_more_pixels_than_the_file_holds_are_refused(tmp_path):
    with pytest.raises(ReadError, match="cut short"):
        slices_of(write(tmp_path / "a", Rows=4000, Columns=4000))


def test_more_frames_than_the_file_has_room_for_are_refused(tmp_path):
    with pytest.raises(ReadError, match="too small to hold"):
        slices_of(write(tmp_path / "a", Rows=1, Columns=1, NumberOfFrames=100_000))


def test_where_the_pixels_lie_is_told(tmp_path):
    (one,) = slices_of(write(tmp_path / "a"))
    content = one.file.path.read_bytes()[one.file.encoding.offset :][: one.file.encoding.length]
    assert content == PLANE.tobytes()


def test_a_secondary_capture_is_a_screen_shot(shared_data):
    (one,) = slices_of(shared_data / "pydicom_data/files/SC_rgb.dcm")
    assert one.file.screen_shot


def test_a_picture_of_a_scanner_is_no_screen_shot(tmp_path):
    (one,) = slices_of(write(tmp_path / "a"))
    assert not one.file.screen_shot


def test_a_saved_screen_of_a_workstation_is_a_screen_shot(tmp_path):
    (one,) = slices_of(write(tmp_path / "a", ImageType=["DERIVED", "SECONDARY", "SCREEN SAVE"]))
    assert one.file.screen_shot


def test_overlays_are_counted(shared_data):
    (one,) = slices_of(shared_data / "pydicom_data/files/MR-SIEMENS-DICOM-WithOverlays.dcm")
    assert one.file.overlays == 1


def test_lossy_compression_is_told_with_its_ratio(shared_data):
    (one,) = slices_of(shared_data / "pydicom_data/files/US1_J2KI.dcm")
    assert one.file.lossy.startswith("JPEG 2000 ")


def test_lossless_compression_is_not_called_lossy(shared_data):
    (one,) = slices_of(shared_data / "pydicom_data/files/US1_J2KR.dcm")
    assert one.file.lossy == ""


def test_annotations_that_the_file_admits_to_are_told(tmp_path):
    (one,) = slices_of(write(tmp_path / "a", BurnedInAnnotation="YES"))
    assert one.file.burned_in


CAPTURE = "1.2.840.10008.5.1.4.1.1.7"


@pytest.mark.parametrize(
    ("said", "projected"),
    [
        ({"PixelSpacing": [0.5, 0.5]}, False),
        ({"ImagerPixelSpacing": [0.2, 0.2]}, True),
        ({"NominalScannedPixelSpacing": [0.2, 0.2]}, True),
        ({"PixelSpacing": [0.2, 0.2], "ImagerPixelSpacing": [0.2, 0.2]}, True),
        ({"PixelSpacing": [0.18, 0.18], "ImagerPixelSpacing": [0.2, 0.2]}, False),
        (
            {
                "PixelSpacing": [0.2, 0.2],
                "ImagerPixelSpacing": [0.2, 0.2],
                "PixelSpacingCalibrationType": "GEOMETRY",
            },
            False,
        ),
        ({"PixelSpacing": [0.5, 0.5], "SOPClassUID": CAPTURE}, True),
        ({}, False),
    ],
)
def test_a_pixel_size_at_the_detector_is_told_from_one_in_the_body(tmp_path, said, projected):
    (one,) = slices_of(write(tmp_path / "a", **said))
    assert one.projected is projected
