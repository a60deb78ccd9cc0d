"""Texts, times, numbers and people in a DICOM header."""

from typing import Any

import pytest

from engine.errors import ReadError
from engine.imaging.dicom.heads import slices_of
from engine.imaging.header import Identity
from tests.engine.imaging.dicom.made_headers import given, picture, save, write

CHARSETS = "pydicom_bundled/charset_files"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("chrArab", "قباني^لنزار"),
        ("chrFren", "Buc^Jérôme"),
        ("chrFrenMulti", "Buc^Jérôme"),
        ("chrGerm", "Äneas^Rüdiger"),
        ("chrGreek", "Διονυσιος"),
        ("chrH31", "Yamada^Tarou=山田^太郎=やまだ^たろう"),
        ("chrH32", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"),
        ("chrHbrw", "שרון^דבורה"),
        ("chrI2", "Hong^Gildong=洪^吉洞=홍^길동"),
        ("chrRuss", "Люкceмбypг"),
        ("chrX1", "Wang^XiaoDong=王^小東"),
        ("chrX2", "Wang^XiaoDong=王^小东"),
    ],
)
def test_names_are_decoded_by_the_declared_characters(shared_data, name, told):
    (one,) = slices_of(shared_data / CHARSETS / f"{name}.dcm")
    assert given(one.file.identity).name == told


def test_who_the_patient_is_is_kept(tmp_path):
    said: dict[str, Any] = {"PatientID": "H-4711", "PatientName": "Doe^Jane", "PatientBirthDate": "19700102"}
    (one,) = slices_of(write(tmp_path / "a", **said))
    assert one.file.identity == Identity("H-4711", "Doe^Jane", "19700102")


def test_who_the_patient_is_is_never_printed(tmp_path):
    said: dict[str, Any] = {"PatientID": "H-4711", "PatientName": "Doe^Jane", "PatientBirthDate": "19700102"}
    (one,) = slices_of(write(tmp_path / "a", **said))
    assert not any(secret in f"{one!r} {one}" for secret in said.values())


def test_who_the_patient_is_is_in_no_error(tmp_path, caplog):
    dataset = picture(PatientID="H-4711", PatientName="Doe^Jane", Rows=0)
    with pytest.raises(ReadError) as failure:
        slices_of(save(tmp_path / "a", dataset))
    assert "4711" not in f"{failure.value!r} {failure.value.hint} {caplog.text}"


def test_a_number_that_is_a_name_is_in_no_doubt(tmp_path, caplog):
    path = write(tmp_path / "a", SliceThickness="12345678")
    path.write_bytes(path.read_bytes().replace(b"12345678", b"Doe^Jane"))
    (one,) = slices_of(path)
    assert (one.file.doubts, caplog.text) == (("the header's SliceThickness makes no sense",), "")


def test_details_tell_of_the_scanner_and_not_of_the_day(tmp_path):
    said: dict[str, Any] = {
        "Manufacturer": "MAKER",
        "PatientAge": "018M",
        "MagneticFieldStrength": "1.5",
        "StudyDate": "20200102",
    }
    (one,) = slices_of(write(tmp_path / "a", **said))
    assert one.file.details == {"age": "1.5", "field strength (T)": "1.5", "manufacturer": "MAKER"}


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ({"AcquisitionTime": "010203.25"}, 3723.25),
        ({"AcquisitionDateTime": "20200102010203.25+0100"}, 3723.25),
        ({"AcquisitionTime": "0102"}, 3720.0),
        ({"AcquisitionTime": "", "AcquisitionDateTime": "20200102010203"}, 3723.0),
        ({"ContentTime": "0102"}, None),
        ({}, None),
    ],
)
def test_the_time_of_day_is_that_of_acquisition_in_seconds(tmp_path, said, seconds):
    (one,) = slices_of(write(tmp_path / "a", **said))
    assert one.acquired == seconds


@pytest.mark.parametrize(
    ("block", "value", "told"),
    [
        ((0x0019, "SIEMENS MR HEADER", 0x0C, "IS"), "800", 800),
        ((0x0043, "GEMS_PARM_01", 0x39, "IS"), ["1000000700", "8", "0", "0"], 700),
        ((0x0043, "GEMS_PARM_01", 0x39, "IS"), ["750", "8", "0", "0"], 750),
        ((0x2001, "Philips Imaging DD 001", 0x03, "FL"), 600.0, 600),
        ((0x0019, "ANOTHER MAKER", 0x0C, "IS"), "800", None),
    ],
)
def test_b_values_of_makers_are_told(tmp_path, block, value, told):
    group, creator, element, kind = block
    dataset = picture()
    dataset.private_block(group, creator, create=True).add_new(element, kind, value)
    (one,) = slices_of(save(tmp_path / "a", dataset))
    assert one.b_value == told


def test_a_makers_block_is_found_wherever_it_lies(tmp_path):
    dataset = picture()
    dataset.private_block(0x0019, "ANOTHER MAKER", create=True).add_new(0x0C, "IS", "1")
    dataset.private_block(0x0019, "SIEMENS MR HEADER", create=True).add_new(0x0C, "IS", "900")
    (one,) = slices_of(save(tmp_path / "a", dataset))
    assert one.b_value == 900


def test_the_standards_b_value_goes_before_the_makers(tmp_path):
    dataset = picture(DiffusionBValue=500.0)
    dataset.private_block(0x0019, "SIEMENS MR HEADER", create=True).add_new(0x0C, "IS", "900")
    (one,) = slices_of(save(tmp_path / "a", dataset))
    assert one.b_value == 500


def test_directions_are_unit_vectors(tmp_path):
    (one,) = slices_of(write(tmp_path / "a", ImageOrientationPatient=[2, 0, 0, 0, 0, -3]))
    assert (one.across, one.down) == ((1, 0, 0), (0, 0, -1))


@pytest.mark.parametrize("said", [[1, 0, 0, 1, 0, 0], [0, 0, 0, 0, 1, 0], [1, 0, 0]])
def test_directions_that_span_no_plane_are_none_but_a_doubt(tmp_path, said):
    (one,) = slices_of(write(tmp_path / "a", ImageOrientationPatient=said))
    assert (one.across, one.file.doubts) == (None, ("the header's ImageOrientationPatient makes no sense",))


def test_a_number_that_is_not_finite_is_none(tmp_path):
    path = write(tmp_path / "a", RescaleSlope="1.25")
    path.write_bytes(path.read_bytes().replace(b"1.25", b"nan "))
    (one,) = slices_of(path)
    assert (one.slope, one.file.doubts) == (None, ("the header's RescaleSlope makes no sense",))
