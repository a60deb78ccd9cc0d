import logging
import re
import warnings

import numpy as np
import pydicom
import pytest
from pydicom._dicom_dict import DicomDictionary
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian, RLELossless

from engine.control import Control
from engine.errors import Cancelled, IsocenterError, StorageError
from engine.imaging.deidentify import Options, export_deidentified
from engine.imaging.deidentify.technique import TEXTS
from tests.engine.imaging.made import AFFINE, voxels
from tests.helpers.dicom_files import dataset, save, write_series

MARKER = re.compile(rb"Mk\d{5}x", re.IGNORECASE)
UID_MARKER = re.compile(rb"9\.8\.7\.\d{5}")
TEXT = {"AE", "AS", "CS", "DA", "DT", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UR", "UT"}
BYTES = {"OB", "OW", "UN"}
PRIVATE = 0x00091001
PLAIN = (
    TEXTS
    | {"SpecificCharacterSet", "SOPClassUID", "LUTData", "ExtendedOffsetTable"}
    | {
        "ExtendedOffsetTableLengths",
        "FloatPixelData",
        "DoubleFloatPixelData",
    }
)


def picture(**tags: object) -> Dataset:
    return dataset(voxels(6, 7), AFFINE, StudyInstanceUID="9.8.7.1", SeriesInstanceUID="9.8.7.2", **tags)


def marked(within: Dataset, depth: int = 0) -> Dataset:
    """Every element of the dictionary that can hold a text or bytes, each with a marker of its own.

    Not the texts about technique, nor the bytes of a picture and its colours, which stay as they are.
    """
    for number, (tag, (vr, _, _, _, keyword)) in enumerate(DicomDictionary.items()):
        if tag in within or tag >> 16 < 8 or not keyword or keyword in PLAIN or "LookupTableData" in keyword:
            continue
        if vr in TEXT:
            within.add_new(tag, vr, f"Mk{number:05d}x".lower() if vr == "CS" else f"Mk{number:05d}x")
        elif vr in BYTES:
            within.add_new(tag, vr, f"Mk{number:05d}x".encode())
        elif vr == "UI":
            within.add_new(tag, vr, f"9.8.7.{number:05d}")
        elif vr == "SQ" and depth == 0:
            within.add_new(tag, vr, [marked(Dataset(), depth + 1)] if number % 400 == 0 else [small()])
    within.add_new(0x00090010, "LO", "Mk00000x")
    within.add_new(PRIVATE, "LO", "Mk00001x")
    within.add_new(0x60000022, "LO", "Mk00002x")
    within.add_new(0x50000022, "LO", "Mk00003x")
    return within


def small() -> Dataset:
    item = Dataset()
    item.PatientName, item.EvaluatorName, item.ImageComments = "Mk00004x^Mk", "Mk00005x", "Mk00006x"
    item.add_new(0x00090010, "LO", "Mk00007x")
    item.add_new(PRIVATE, "UN", b"Mk00008x")
    return item


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian])
@pytest.mark.parametrize(
    "keep",
    [Options(suspicious=True), Options("shifted", True, False, True, True)],
    ids=["basic profile", "options"],
)
def test_no_text_of_any_element_gets_into_the_copy(tmp_path, syntax, keep):
    with pydicom.config.disable_value_validation():
        source = save(tmp_path / "Mk00009x", marked(picture()), syntax)
    assert len(set(MARKER.findall(source.read_bytes()))) > 1500
    assert len(set(UID_MARKER.findall(source.read_bytes()))) > 50
    report = export_deidentified([source], tmp_path / "out", pseudonym="P-1", keep=keep)
    assert report.refused == ()
    content = report.written[0].read_bytes()
    assert MARKER.findall(content) == []
    assert UID_MARKER.findall(content) == []
    assert MARKER.findall(str(report.written[0].relative_to(tmp_path)).encode()) == []


@pytest.mark.parametrize("keyword", sorted(TEXTS))
def test_a_text_about_technique_is_kept_but_not_with_a_name_in_it(tmp_path, keyword):
    paths = [
        save(tmp_path / str(number), picture(**{keyword: text}))
        for number, text in enumerate(("Vendor 3", "for Testperson"))
    ]
    kept, emptied = (pydicom.dcmread(one) for one in export(paths, tmp_path / "out"))
    assert keyword not in emptied
    if keyword not in ("CodeValue", "CodeMeaning", "CodingSchemeDesignator"):
        assert kept[keyword].value == "Vendor 3"


def test_a_text_in_place_of_a_number_goes(tmp_path):
    with pydicom.config.disable_value_validation():
        odd = picture()
        odd.add_new("EchoTrainLength", "LO", "Testperson")
        source = save(tmp_path / "a", odd)
        content = source.read_bytes()
        source.write_bytes(content.replace(b"\x18\x00\x91\x00LO", b"\x18\x00\x91\x00IS"))
    copy = export([source], tmp_path / "out")[0]
    assert source.read_bytes() != content
    assert b"Testperson" not in copy.read_bytes()


def test_a_file_without_a_number_of_its_own_gets_one(tmp_path):
    source = save(tmp_path / "a", picture())
    number = pydicom.dcmread(source).SOPInstanceUID.encode()
    source.write_bytes(source.read_bytes().replace(number, bytes(len(number))))
    made = pydicom.dcmread(export([source], tmp_path / "out")[0])
    assert made.SOPInstanceUID.startswith("2.25.")


def export(paths, folder, **options):
    report = export_deidentified(paths, folder, pseudonym="P-1", **options)
    assert report.refused == ()
    return report.written


def test_private_numbers_go_too(tmp_path):
    own, item = picture(), Dataset()
    for place in (own, item):
        place.private_block(0x0009, "Vendor", create=True).add_new(1, "US", 4711)
    own.AnatomicRegionSequence = [item]
    made = pydicom.dcmread(export([save(tmp_path / "a", own)], tmp_path / "out")[0])
    assert [element.tag for element in made.iterall() if element.tag.is_private] == []


def test_codes_of_a_scheme_that_all_know_stay_and_own_ones_go(tmp_path):
    known, own = Dataset(), Dataset()
    known.CodeValue, known.CodingSchemeDesignator, known.CodeMeaning = "T-A0100", "SRT", "Brain"
    own.CodeValue, own.CodingSchemeDesignator, own.CodeMeaning = "1", "99OURS", "anything"
    source = save(tmp_path / "a", picture(AnatomicRegionSequence=[known, own]))
    first, second = pydicom.dcmread(export([source], tmp_path / "out")[0]).AnatomicRegionSequence
    assert (first.CodeMeaning, "CodeMeaning" in second) == ("Brain", False)


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian, RLELossless])
def test_pixels_and_geometry_stay_as_they_are(tmp_path, syntax):
    paths = write_series(tmp_path / "in", voxels(3, 4, 5), AFFINE, syntax=syntax)
    for source, copy in zip(paths, export(paths, tmp_path / "out"), strict=True):
        before, after = pydicom.dcmread(source), pydicom.dcmread(copy)
        assert before.PixelData == after.PixelData
        assert np.array_equal(before.pixel_array, after.pixel_array)
        assert before.file_meta.TransferSyntaxUID == after.file_meta.TransferSyntaxUID
        for keyword in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "Rows", "Modality"):
            assert before[keyword].value == after[keyword].value


def test_the_source_is_only_read(tmp_path):
    paths = write_series(tmp_path / "in", voxels(3, 4, 5), AFFINE)
    before = [path.read_bytes() for path in paths]
    export(paths, tmp_path / "out")
    assert [path.read_bytes() for path in paths] == before


def test_copies_say_by_which_rules_they_were_made(tmp_path):
    made = pydicom.dcmread(export([save(tmp_path / "a", picture())], tmp_path / "out")[0])
    assert (made.PatientID, str(made.PatientName), made.PatientIdentityRemoved) == ("P-1", "P-1", "YES")
    assert [code.CodeValue for code in made.DeidentificationMethodCodeSequence] == ["113100"]
    assert made.LongitudinalTemporalInformationModified == "REMOVED"
    assert made.DeidentificationMethod.startswith("Isocenter")
    assert (made.PatientBirthDate, made.StudyDate) == ("", "")


def test_the_file_meta_is_new_and_the_preamble_empty(tmp_path):
    source = save(tmp_path / "a", picture())
    damaged = bytearray(source.read_bytes())
    damaged[:10] = b"Testperson"
    source.write_bytes(damaged)
    copy = export([source], tmp_path / "out")[0]
    made = pydicom.dcmread(copy)
    assert copy.read_bytes()[:128] == bytes(128)
    assert made.file_meta.MediaStorageSOPInstanceUID == made.SOPInstanceUID
    assert "SourceApplicationEntityTitle" not in made.file_meta


def test_uids_are_replaced_the_same_for_the_same(tmp_path):
    paths = write_series(tmp_path / "in", voxels(2, 3, 4, 5), AFFINE, kind="echo time", values=(10, 20))
    made = [pydicom.dcmread(path) for path in export(paths, tmp_path / "out")]
    old = pydicom.dcmread(paths[0])
    for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID"):
        assert {one[keyword].value for one in made} != {old[keyword].value}
        assert len({one[keyword].value for one in made}) == 1
    assert len({one.SOPInstanceUID for one in made}) == len(paths)


def test_a_reference_leads_to_the_copy_of_what_it_led_to(tmp_path):
    first = picture()
    reference = Dataset()
    reference.ReferencedSOPClassUID, reference.ReferencedSOPInstanceUID = first.SOPClassUID, first.SOPInstanceUID
    second = picture(SourceImageSequence=[reference])
    paths = [save(tmp_path / "a", first), save(tmp_path / "b", second)]
    one, two = (pydicom.dcmread(path) for path in export(paths, tmp_path / "out"))
    assert two.SourceImageSequence[0].ReferencedSOPInstanceUID == one.SOPInstanceUID


def test_exports_with_one_secret_fit_together_and_others_do_not(tmp_path):
    source = save(tmp_path / "a", picture())
    salts = [b"one", b"one", None, None]
    uids = [
        pydicom.dcmread(export([source], tmp_path / str(number), salt=salt)[0]).StudyInstanceUID
        for number, salt in enumerate(salts)
    ]
    assert uids[0] == uids[1]
    assert len(set(uids)) == 3


def test_shifted_dates_keep_their_distance_and_the_time_of_day(tmp_path):
    dates = ("20200228", "20200306")
    paths = [
        save(tmp_path / day, picture(StudyDate=day, AcquisitionDateTime=f"{day}101112.5", StudyTime="101112"))
        for day in dates
    ]
    one, two = (pydicom.dcmread(path) for path in export(paths, tmp_path / "out", keep=Options(dates="shifted")))
    days = [np.datetime64(f"{made.StudyDate[:4]}-{made.StudyDate[4:6]}-{made.StudyDate[6:]}") for made in (one, two)]
    assert days[1] - days[0] == np.timedelta64(7, "D")
    assert one.StudyDate < "20190401"
    assert one.AcquisitionDateTime == f"{one.StudyDate}101112.5"
    assert (one.StudyTime, one.PatientBirthDate) == ("101112", "")


@pytest.mark.parametrize(("age", "kept"), [("045Y", "045Y"), ("097Y", "090Y"), ("003M", "003M")])
def test_characteristics_stay_where_asked_for(tmp_path, age, kept):
    source = save(tmp_path / "a", picture(PatientAge=age, PatientSex="F", PatientWeight=70))
    made = pydicom.dcmread(export([source], tmp_path / "out", keep=Options(characteristics=True))[0])
    assert (made.PatientAge, made.PatientSex, made.PatientWeight) == (kept, "F", 70)
    without = pydicom.dcmread(export([source], tmp_path / "basic")[0])
    assert ("PatientAge" in without, without.PatientSex, "PatientWeight" in without) == (False, "", False)


def test_the_device_stays_where_asked_for(tmp_path):
    source = save(tmp_path / "a", picture(DeviceSerialNumber="123456", StationName="MR1"))
    assert pydicom.dcmread(export([source], tmp_path / "out", keep=Options(device=True))[0]).StationName == "MR1"
    assert pydicom.dcmread(export([source], tmp_path / "basic")[0]).StationName != "MR1"


def test_of_descriptions_words_about_technique_stay_where_asked_for(tmp_path):
    source = save(tmp_path / "a", picture(SeriesDescription="T2 tse sag, Testperson (Dr. Head) 4711 5mm"))
    made = pydicom.dcmread(export([source], tmp_path / "out", keep=Options(descriptions=True))[0])
    assert made.SeriesDescription == "T2 tse sag Head 5mm"
    assert "SeriesDescription" not in pydicom.dcmread(export([source], tmp_path / "basic")[0])


def refusal(path, folder, **options):
    report = export_deidentified([path], folder, pseudonym="P-1", **options)
    assert report.written == ()
    assert [file for file in folder.rglob("*") if file.is_file()] == []
    assert report.refused[0].path == path
    return report.refused[0].reason


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"BurnedInAnnotation": "YES"}, "burned into"),
        ({"Modality": "US"}, "ultrasound"),
        ({"SOPClassUID": "1.2.840.10008.5.1.4.1.1.7"}, "screen capture"),
        ({"ConversionType": "WSD"}, "screen capture"),
    ],
)
def test_a_picture_that_may_show_a_name_is_refused_unless_allowed(tmp_path, tags, reason):
    source = save(tmp_path / "a", picture(**tags))
    assert reason in refusal(source, tmp_path / "out")
    assert len(export([source], tmp_path / "allowed", keep=Options(suspicious=True))) == 1


def test_drawings_in_unused_bits_are_refused(tmp_path):
    hidden = picture()
    hidden.add_new(0x60000102, "US", 12)
    assert "unused bits" in refusal(save(tmp_path / "a", hidden), tmp_path / "out")


def test_overlays_are_left_out(tmp_path):
    drawn = picture()
    for tag, vr, value in ((0x60000010, "US", 6), (0x60000102, "US", 0), (0x60003000, "OW", bytes(6))):
        drawn.add_new(tag, vr, value)
    made = pydicom.dcmread(export([save(tmp_path / "a", drawn)], tmp_path / "out")[0])
    assert [element.tag for element in made if element.tag.group == 0x6000] == []


def test_what_follows_the_last_pixel_goes(tmp_path):
    long = picture()
    long.PixelData += b"Testperson"
    made = pydicom.dcmread(export([save(tmp_path / "a", long)], tmp_path / "out")[0])
    assert made.PixelData == picture().PixelData


def test_a_name_in_a_compressed_stream_is_refused(tmp_path):
    source = save(tmp_path / "a", picture(), RLELossless)
    content = source.read_bytes()
    source.write_bytes(content.replace(content[-20:-10], b"TESTPERSON"))
    assert "a name stands" in refusal(source, tmp_path / "out")


def test_real_files_are_copied_with_their_pixels_or_refused_with_a_reason(shared_data, tmp_path):
    files = sorted((shared_data / "pydicom_bundled" / "test_files").glob("*.dcm"))
    written = 0
    for number, file in enumerate(file for file in files if file.stat().st_size < 300_000):
        keep = Options(suspicious=True)
        report = export_deidentified([file], tmp_path / str(number), pseudonym="P-1", keep=keep)
        assert len(report.written) + len(report.refused) == 1
        for copy in report.written:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                before = pydicom.dcmread(file, force=True)
            after = pydicom.dcmread(copy)
            assert (before.get("PixelData") or b"").startswith(after.get("PixelData") or b"")
            assert after.get("FloatPixelData") == before.get("FloatPixelData")
            written += 1
    assert written > 40


def test_a_mosaic_is_refused_because_its_geometry_is_private(tmp_path):
    source = save(tmp_path / "a", picture(ImageType=["ORIGINAL", "PRIMARY", "M", "MOSAIC"]))
    assert "private elements" in refusal(source, tmp_path / "out")


def test_a_report_is_refused(tmp_path):
    source = save(tmp_path / "a", picture(PixelData=None))
    assert "no picture" in refusal(source, tmp_path / "out")


@pytest.mark.parametrize("content", [b"", b"Testperson" * 100, bytes(128) + b"DICM" + b"Testperson" * 9])
def test_what_is_no_dicom_is_refused_without_citing_it(tmp_path, content):
    source = tmp_path / "a"
    source.write_bytes(content)
    assert "Testperson" not in refusal(source, tmp_path / "out")


def test_no_value_of_an_odd_file_gets_into_a_log_or_a_warning(tmp_path, caplog, recwarn):
    with pydicom.config.disable_value_validation():
        source = save(tmp_path / "a", picture(StudyDate="Testperson", PatientAge="Testperson", Modality="testperson!"))
    with caplog.at_level(logging.DEBUG):
        export([source], tmp_path / "out")
    assert "person" not in caplog.text.lower()
    assert [str(one.message) for one in recwarn] == []


def test_a_missing_file_is_refused(tmp_path):
    assert "cannot be read" in refusal(tmp_path / "none", tmp_path / "out")


def test_another_patient_is_refused(tmp_path):
    paths = [save(tmp_path / number, picture(PatientID=number)) for number in "12"]
    report = export_deidentified(paths, tmp_path / "out", pseudonym="P-1")
    assert (len(report.written), len(report.refused)) == (1, 1)
    assert "another patient" in report.refused[0].reason


@pytest.mark.parametrize("pseudonym", ["", "../P", "a b", "Ä", "a/b", "x" * 65, "-"])
def test_a_pseudonym_that_is_no_folder_name_is_refused(tmp_path, pseudonym):
    with pytest.raises(IsocenterError, match="pseudonym"):
        export_deidentified([], tmp_path, pseudonym=pseudonym)


@pytest.mark.parametrize("place", ["in", "."])
def test_nothing_is_written_into_the_folder_of_the_sources_nor_above(tmp_path, place):
    (tmp_path / "in").mkdir()
    source = save(tmp_path / "in" / "a", picture())
    with pytest.raises(StorageError, match="the sources lie in this folder"):
        export_deidentified([source], tmp_path / place, pseudonym="P-1")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [source]


def test_nothing_is_written_beside_other_copies(tmp_path):
    source = save(tmp_path / "a", picture())
    export([source], tmp_path / "out")
    with pytest.raises(StorageError, match="not empty"):
        export_deidentified([source], tmp_path / "out", pseudonym="P-1")


def test_another_spelling_of_the_name_is_the_same_patient(tmp_path):
    paths = [save(tmp_path / name, picture(PatientName=name)) for name in ("Anna", "ANNA ^")]
    assert len(export(paths, tmp_path / "out")) == 2


def test_when_cancelled_complete_files_stay(tmp_path):
    control = Control()
    paths = write_series(tmp_path / "in", voxels(5, 4, 5), AFFINE)

    def after_two(done: int, total: int) -> None:
        if done == 2:
            control.cancel()

    with pytest.raises(Cancelled):
        export_deidentified(paths, tmp_path / "out", pseudonym="P-1", progress=after_two, control=control)
    made = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    assert len([pydicom.dcmread(file).pixel_array for file in made]) == 2


def test_another_person_of_the_same_number_is_refused(tmp_path):
    paths = [save(tmp_path / born, picture(PatientID="1", PatientBirthDate=born)) for born in ("19700101", "19800101")]
    report = export_deidentified(paths, tmp_path / "out", pseudonym="P-1")
    assert (len(report.written), len(report.refused)) == (1, 1)
