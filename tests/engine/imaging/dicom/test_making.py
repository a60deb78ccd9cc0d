"""What tells pictures of one place apart though no time does, as headers say it."""

import pytest
from pydicom.dataset import Dataset

from engine.imaging.dicom.heads import slices_of
from tests.engine.imaging.dicom.made_headers import item, picture, save, write


def with_ge_component(number: int) -> Dataset:
    dataset = picture(ImageType=["ORIGINAL", "PRIMARY"])
    dataset.private_block(0x43, "GEMS_PARM_01", create=True).add_new(0x2F, "SS", number)
    return dataset


@pytest.mark.parametrize(("number", "word"), [(0, "MAGNITUDE"), (1, "PHASE"), (2, "REAL"), (3, "IMAGINARY")])
def test_ge_tells_the_component_in_an_element_of_its_own(tmp_path, number, word) -> None:
    (one,) = slices_of(save(tmp_path / "a", with_ge_component(number)))

    assert one.image_type == ("ORIGINAL", "PRIMARY", word)


def test_the_component_of_a_picture_is_part_of_its_kind(tmp_path) -> None:
    (one,) = slices_of(write(tmp_path / "a", ImageType=["ORIGINAL"], ComplexImageComponent="PHASE"))

    assert one.image_type == ("ORIGINAL", "PHASE")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"ConvolutionKernel": "B30f"}, ("kernel B30f",)),
        ({"ScanOptions": ["FS", "MT"]}, ("magnetisation transfer",)),
        ({"ScanOptions": "MT_GEMS"}, ("magnetisation transfer",)),
        ({"SequenceVariant": ["SP", "MTC"]}, ("magnetisation transfer",)),
        ({"MagnetizationTransfer": "OFF_RESONANCE"}, ("magnetisation transfer",)),
        ({"MagnetizationTransfer": "NONE", "ScanOptions": "FS"}, ()),
    ],
)
def test_how_a_picture_was_made_is_told_in_words(tmp_path, said, words) -> None:
    (one,) = slices_of(write(tmp_path / "a", **said))

    assert one.made == words


def test_frames_have_their_own_flip_angle_and_kernel(tmp_path) -> None:
    frames = [
        item(
            MRTimingAndRelatedParametersSequence=[item(FlipAngle=angle, RepetitionTime=15)],
            CTReconstructionSequence=[item(ConvolutionKernel=f"B{angle}")],
        )
        for angle in (5, 10)
    ]

    told = slices_of(write(tmp_path / "a", frames=2, PerFrameFunctionalGroupsSequence=frames))

    assert [(one.flip_angle, one.made) for one in told] == [(5, ("kernel B5",)), (10, ("kernel B10",))]


def test_a_slope_of_nothing_is_no_slope(tmp_path) -> None:
    (one,) = slices_of(write(tmp_path / "a", RescaleSlope=0, RescaleIntercept=0))

    assert (one.slope, one.no_slope) == (None, True)


def test_a_day_is_told_with_the_time_of_acquisition(tmp_path) -> None:
    first, second = (slices_of(write(tmp_path / day, AcquisitionDate=day))[0].day for day in ("20200229", "20200301"))

    assert second == (first or 0) + 1
