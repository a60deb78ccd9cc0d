"""Texts of files are told without what says who the patient is."""

import pytest

from engine.imaging import discover
from engine.imaging.header import Identity
from engine.imaging.untold import untold
from tests.engine.imaging.dicom.written import write_picture
from tests.engine.imaging.made import voxels

WHO = Identity("AB-12", "Müller^Jörg^A=山田^太郎", "19700102")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("scan of MULLER", "scan of"), ("knee, Jo\u0308rg", "knee"), ("Müller_T1", "T1"), ("山田 T1", "T1"),
        ("ab12 T1", "T1"), ("T1 AB 12 sag", "T1 sag"), ("T1 19700102", "T1"),
        ("A scan", "A scan"), ("Müllerian duct", "Müllerian duct"), ("AB 123", "AB 123"),
        (" as  it is.", " as  it is."),
    ],
)  # fmt: skip
def test_words_of_the_name_and_whole_numbers_are_left_out(text, told):
    assert untold(text, WHO) == told


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (Identity("1", "Doe^Kim^^Mr"), "MR 1 knee"),
        (Identity("5", "Phantom T2"), "T2 3D"),
        (Identity("anonymous", "Test^Patient"), "test of patient table"),
    ],
)
def test_forms_of_address_single_letters_and_words_for_nobody_tell_nothing(who, text):
    assert untold(text, who) == text


SAYING = {
    "SeriesDescription": "scan of SECRET",
    "ProtocolName": "Protocol Secret",
    "SequenceName": "sécret 4711",
    "BodyPartExamined": "SECRET",
    "Manufacturer": "Secret Inc",
    "ManufacturerModelName": "Model-4711",
    "PatientSex": "SECRET",
    "ImageType": ["ORIGINAL", "PRIMARY", "SECRET"],
    "LossyImageCompression": "01",
    "LossyImageCompressionMethod": "ELSEWHERE",
}


def test_nothing_that_is_told_of_a_dicom_file_names_its_patient(tmp_path):
    who = {"PatientName": "Secret^Anna", "PatientID": "4711"}
    path = write_picture(tmp_path / "a", voxels(4, 3), SpecificCharacterSet="ISO_IR 192", **who, **SAYING)
    (scan,) = discover([path]).scans
    told = {**scan.details, "title": scan.title}
    told.pop("image type", None)
    assert {name: text for name, text in told.items() if "secret" in text.lower() or "-4711" in text} == {}
    assert told["protocol"] == "Protocol"


def test_an_unknown_method_of_compression_is_not_repeated(tmp_path):
    (scan,) = discover([write_picture(tmp_path / "a", voxels(4, 3), **SAYING)]).scans
    assert [doubt.text for doubt in scan.doubts if doubt.kind == "lossy"] == [
        "it was stored with losses (lossy compression)"
    ]
