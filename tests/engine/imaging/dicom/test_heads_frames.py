"""Files of several pictures: functional groups, multi-frame files of old, mosaics."""

from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import NuclearMedicineImageStorage, SegmentationStorage

from engine.imaging.dicom.heads import slices_of
from engine.imaging.dicom.records import Slice
from tests.engine.imaging.dicom.made_headers import FLAT, PLANE, given, item, picture, save, write

PHILIPS = "dcm_qa_enh/In/Philips/IM_0027_fMAP.dcm"
BALLS = "nitest_balls1/DICOM"
XA_TIMES = [30994.295, 30994.135, 30994.455]
AXIAL = [1, 0, 0, 0, 1, 0]


def said(slices: list[Slice], name: str) -> list:
    """The distinct values of a field, in the order of the pictures."""
    return list(dict.fromkeys(getattr(one, name) for one in slices))


def test_every_frame_of_an_enhanced_file_is_told(shared_data):
    assert [one.index for one in slices_of(shared_data / PHILIPS)] == list(range(64))


def test_frames_have_their_own_scaling(shared_data):
    assert said(slices_of(shared_data / PHILIPS), "slope") == [1.27985347985347, 0.24420024420024]


def test_frames_have_their_own_kind(shared_data):
    kinds = said(slices_of(shared_data / PHILIPS), "image_type")
    assert [kind[3:] for kind in kinds] == [("M", "MAGNITUDE"), ("FIELD_MAP", "REAL")]


def test_an_echo_time_of_zero_is_none(shared_data):
    assert said(slices_of(shared_data / PHILIPS), "echo_time") == [1.52, None]


def test_frames_have_their_own_b_value(shared_data):
    assert said(slices_of(shared_data / BALLS / "DTI.dcm"), "b_value") == [0.0, 1000.0]


def test_frames_have_their_own_position_in_time(shared_data):
    assert sorted(said(slices_of(shared_data / BALLS / "T2_.dcm"), "temporal_position")) == [1, 2]


def test_frames_have_their_own_place(shared_data):
    assert len(said(slices_of(shared_data / BALLS / "T1.dcm"), "position")) == 10


def test_frames_lie_along_the_normal_of_their_plane(shared_data):
    one, other = slices_of(shared_data / BALLS / "T1.dcm")[:2]
    step = np.subtract(given(other.position), given(one.position))
    assert abs(step @ np.cross(given(one.across), given(one.down))) == pytest.approx(np.linalg.norm(step), rel=1e-3)


def test_an_enhanced_file_tells_its_times_among_the_details(shared_data):
    details = slices_of(shared_data / BALLS / "DTI.dcm")[0].file.details
    assert (details["echo time (ms)"], details["repetition time (ms)"]) == ("91", "1166.61")


def test_xa_frames_are_told_with_their_time_of_day(shared_data):
    assert said(slices_of(shared_data / "dcm_qa_enh/In/Siemens/XA10/6_1.dcm"), "acquired") == XA_TIMES


def test_enhanced_ct_is_told(shared_data):
    one, other = slices_of(shared_data / "pydicom_data/files/eCT_Supplemental.dcm")
    assert (one.position, other.position, one.intercept) == ((99.5, -301.5, -159.0), (99.5, -301.5, -149.0), -1024.0)


def test_what_frames_share_is_theirs_unless_they_say_otherwise(tmp_path):
    shared = item(
        PlaneOrientationSequence=[item(ImageOrientationPatient=AXIAL)],
        MREchoSequence=[item(EffectiveEchoTime=5.0)],
    )
    own = [
        item(PlanePositionSequence=[item(ImagePositionPatient=[0, 0, 1])]),
        item(MREchoSequence=[item(EffectiveEchoTime=9.0)]),
    ]
    path = write(tmp_path / "a", 2, SharedFunctionalGroupsSequence=[shared], PerFrameFunctionalGroupsSequence=own)
    assert [(one.echo_time, one.position, one.across) for one in slices_of(path)] == [
        (5.0, (0, 0, 1), (1, 0, 0)),
        (9.0, None, (1, 0, 0)),
    ]


def test_segments_are_told_apart(tmp_path):
    own = [item(SegmentIdentificationSequence=[item(ReferencedSegmentNumber=number)]) for number in (1, 2)]
    path = write(tmp_path / "a", 2, SOPClassUID=SegmentationStorage, PerFrameFunctionalGroupsSequence=own)
    assert said(slices_of(path), "stack") == ["segment 1", "segment 2"]


def test_fewer_groups_than_frames_is_a_doubt(tmp_path):
    own = [item(FrameContentSequence=[item(StackID="1")])]
    one, *_ = slices_of(write(tmp_path / "a", 3, PerFrameFunctionalGroupsSequence=own))
    assert one.file.doubts == ("the header describes 1 of 3 frames",)


def test_parametric_maps_are_scaled_as_they_say(shared_data):
    (one,) = slices_of(shared_data / "pydicom_data/files/parametric_map_float.dcm")
    assert (one.slope, one.intercept, one.pixel_size) == (1.0, 0.0, (0.661468, 0.661468))


@pytest.mark.parametrize("name", ["rtdose.dcm", "rtdose_expb.dcm", "rtdose_rle.dcm"])
def test_planes_of_a_dose_lie_where_its_offsets_say(shared_data, name):
    dose = slices_of(shared_data / "pydicom_bundled/test_files" / name)
    assert [given(one.position)[2] for one in dose[:2]] == pytest.approx([-761.87, -756.87])


def test_a_dose_is_scaled(shared_data):
    assert said(slices_of(shared_data / "pydicom_bundled/test_files/rtdose.dcm"), "slope") == [1e-6]


def test_planes_of_a_dose_given_as_places_lie_there(tmp_path):
    facing_down = FLAT | {"ImageOrientationPatient": [1, 0, 0, 0, -1, 0]}
    path = write(tmp_path / "a", 3, GridFrameOffsetVector=[30, 33, 36], DoseGridScaling="0.5", **facing_down)
    assert [given(one.position)[2] for one in slices_of(path)] == [30, 33, 36]


def nuclear(path: Path, frames: int, **tags: Any) -> list[Slice]:
    detector = item(ImagePositionPatient=[1, 2, 3], ImageOrientationPatient=AXIAL)
    said: dict[str, Any] = {
        "SOPClassUID": NuclearMedicineImageStorage,
        "Modality": "NM",
        "DetectorInformationSequence": [detector],
    }
    return slices_of(write(path, frames, **said | tags))


def test_slices_of_a_nuclear_scan_lie_behind_its_detector(tmp_path):
    slices = nuclear(tmp_path / "a", 3, SliceVector=[1, 2, 3], SpacingBetweenSlices="4")
    assert [one.position for one in slices] == [(1, 2, 3), (1, 2, 7), (1, 2, 11)]


def test_slices_of_a_nuclear_scan_lie_before_it_where_the_spacing_is_negative(tmp_path):
    slices = nuclear(tmp_path / "a", 3, SliceVector=[1, 2, 3], SpacingBetweenSlices="-4")
    assert [given(one.position)[2] for one in slices] == [3, -1, -5]


def test_times_of_a_dynamic_nuclear_scan_are_told(tmp_path):
    slices = nuclear(tmp_path / "a", 4, SliceVector=[1, 2, 1, 2], TimeSlotVector=[1, 1, 2, 2], SpacingBetweenSlices="4")
    assert [(given(one.position)[2], one.temporal_position) for one in slices] == [(3, 1), (7, 1), (3, 2), (7, 2)]


def test_energy_windows_are_told_apart(tmp_path):
    slices = nuclear(tmp_path / "a", 2, EnergyWindowVector=[1, 2])
    assert said(slices, "stack") == ["energy window 1", "energy window 2"]


def test_frames_of_a_film_have_their_times(tmp_path):
    slices = slices_of(write(tmp_path / "a", 3, FrameTime="40", **FLAT))
    assert [(one.trigger_time, one.temporal_position) for one in slices] == [(0, 1), (40, 2), (80, 3)]


def test_frames_of_uneven_times_have_theirs(tmp_path):
    slices = slices_of(write(tmp_path / "a", 3, FrameTimeVector=[0, 40, 50]))
    assert [one.trigger_time for one in slices] == [0, 40, 90]


def test_frames_of_which_nothing_is_said_have_no_place(tmp_path):
    assert said(slices_of(write(tmp_path / "a", 3, **FLAT)), "position") == [None]


def test_ultrasound_takes_its_pixel_size_from_its_regions(tmp_path):
    region = item(PhysicalUnitsXDirection=3, PhysicalUnitsYDirection=3, PhysicalDeltaX=0.02, PhysicalDeltaY=0.05)
    (one,) = slices_of(write(tmp_path / "a", SequenceOfUltrasoundRegions=[region]))
    assert one.pixel_size == pytest.approx((0.5, 0.2))


@pytest.mark.parametrize("number", range(1, 10))
def test_a_mosaic_becomes_its_tiles(shared_data, number):
    tiles = slices_of(shared_data / f"dcm_qa_ts/In/{number}.dcm")
    assert (len(tiles), tiles[7].tile, tiles[0].shape) == (35, (64, 64, 64, 64), (64, 64))


@pytest.mark.parametrize("number", [1, 2, 3, 9])
def test_tiles_lie_where_the_reference_says(shared_data, number):
    tiles = slices_of(shared_data / f"dcm_qa_ts/In/{number}.dcm")
    affine = nibabel.Nifti1Image.from_filename(shared_data / f"dcm_qa_ts/Ref/{number}.nii").affine
    last_row = np.array([-1, -1, 1]) * np.array([moved_down(one, 63) for one in tiles])
    reference = [affine @ [0, 0, z, 1] for z in range(35)]
    assert last_row == pytest.approx(np.array(reference)[:, :3], abs=1e-3)


def moved_down(one: Slice, rows: int) -> np.ndarray:
    return np.add(given(one.position), np.multiply(given(one.down), rows * given(one.pixel_size)[0]))


def mosaic(path: Path, count: int | None, **tags: Any) -> list[Slice]:
    """2 x 2 tiles of 2 x 2 pixels."""
    dataset = picture(1, np.zeros((4, 4), np.int16), ImageType=["ORIGINAL", "PRIMARY", "M", "MOSAIC"], **FLAT | tags)
    dataset.PixelSpacing, dataset.SpacingBetweenSlices = [1, 1], "3"
    if count is not None:
        dataset.private_block(0x0019, "SIEMENS MR HEADER", create=True).add_new(0x0A, "US", count)
    return slices_of(save(path, dataset))


def test_a_mosaic_without_the_scanners_own_header_is_cut_by_its_count(tmp_path):
    assert [one.tile for one in mosaic(tmp_path / "a", 3)] == [(0, 0, 2, 2), (0, 2, 2, 2), (2, 0, 2, 2)]


def test_tiles_follow_the_normal_from_the_middle_of_the_mosaic(tmp_path):
    assert [one.position for one in mosaic(tmp_path / "a", 2, SliceThickness="2")] == [(11, 21, 30), (11, 21, 33)]


def test_a_mosaic_of_an_unknown_number_is_left_whole_with_a_doubt(tmp_path):
    (one,) = mosaic(tmp_path / "a", None)
    assert (one.tile, len(one.file.doubts)) == (None, 1)


def test_a_mosaic_of_more_tiles_than_pixels_is_left_whole(tmp_path):
    assert len(mosaic(tmp_path / "a", 60_000)) == 1


def test_a_damaged_header_of_the_scanner_leaves_the_count_to_other_elements(tmp_path):
    dataset: Dataset = picture(1, np.zeros((4, 4), np.int16), ImageType=["ORIGINAL", "PRIMARY", "M", "MOSAIC"])
    dataset.private_block(0x0029, "SIEMENS CSA HEADER", create=True).add_new(0x10, "OB", b"SV10" + b"\xff" * 60)
    dataset.private_block(0x0019, "SIEMENS MR HEADER", create=True).add_new(0x0A, "US", 4)
    assert len(slices_of(save(tmp_path / "a", dataset))) == 4


def test_a_plain_file_of_one_frame_is_one_picture(tmp_path):
    (one,) = slices_of(write(tmp_path / "a", pixels=PLANE, **FLAT))
    assert (one.index, one.tile, one.position) == (0, None, (10, 20, 30))
