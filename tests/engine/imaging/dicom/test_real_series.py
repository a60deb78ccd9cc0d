"""Series of real scanners, compared with what dcm2niix made of the same files."""

from collections.abc import Iterator
from pathlib import Path

import nibabel
import numpy as np
import pytest

from engine.imaging.dicom.heads import slices_of
from engine.imaging.dicom.records import Stack
from engine.imaging.dicom.stacking import stacks_of
from engine.imaging.header import ScanHeader
from engine.imaging.readers.dicom import open_dicom, stack_at

GE = [f"dcm_qa_nih/In/20180918GE/mr_000{n}" for n in (4, 5, 6, 7)]
SIEMENS = [f"dcm_qa_nih/In/20180918Si/mr_000{n}" for n in (3, 4, 5, 6)]
XA10 = "dcm_qa_enh/In/Siemens/XA10"
MOSAICS = [f"dcm_qa_ts/In/{n}.dcm" for n in range(1, 10)]
BALLS = ["T1", "T2", "T2-interleaved", "T2_", "T2_-interleaved"]
REFERENCES = (
    [(folder, f"dcm_qa_nih/Ref/DCM2NIIX_regression_test_{folder[-1]}.nii") for folder in GE]
    + [(SIEMENS[n], f"dcm_qa_nih/Ref/EPI_PE={way}.nii") for n, way in enumerate(("AP_3", "PA_4", "RL_5", "LR_6"))]
    + [(XA10, "dcm_qa_enh/Ref/Siemens_REST1_w_SMS_PF7-8_6.nii")]
    + [(name, name.replace("In/", "Ref/").replace(".dcm", ".nii")) for name in MOSAICS]
)


def files_below(place: Path) -> Iterator[Path]:
    return (path for path in sorted(place.rglob("*")) if path.suffix != ".txt") if place.is_dir() else iter([place])


def scans_in(place: Path) -> list[Stack]:
    return stacks_of(picture for path in files_below(place) if path.is_file() for picture in slices_of(path))


def the_same_way(affine: np.ndarray, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """The affine of the grid once turned and flipped to RAS+, and how to turn its voxels."""
    way = nibabel.orientations.io_orientation(affine)
    return affine @ nibabel.orientations.inv_ornt_aff(way, shape[:3]), way


def reference(path: Path, *, stored: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """The affine and the voxels (x, y, z[, frames]) of a NIfTI file, turned to RAS+."""
    image = nibabel.Nifti1Image.from_filename(path)
    affine, way = the_same_way(image.affine, image.shape)
    array = np.asarray(image.dataobj.get_unscaled() if stored else image.dataobj)  # type: ignore[attr-defined]
    return affine, nibabel.orientations.apply_orientation(array, way)


def placed(header: ScanHeader) -> np.ndarray:
    return the_same_way(header.affine, header.shape)[0]


def voxels(header: ScanHeader) -> np.ndarray:
    array = open_dicom(header.source).load().array.transpose(3, 2, 1, 0)
    turned = nibabel.orientations.apply_orientation(array, the_same_way(header.affine, header.shape)[1])
    return turned[..., 0] if turned.shape[3] == 1 else turned


@pytest.mark.parametrize(("name", "told"), REFERENCES)
def test_a_scan_lies_where_the_reference_says(shared_data: Path, name: str, told: str) -> None:
    (stack,) = scans_in(shared_data / name)

    affine, expected = reference(shared_data / told)
    assert placed(stack.header) == pytest.approx(affine, abs=1e-3)
    assert (*expected.shape[:3], expected.shape[3] if expected.ndim == 4 else 1) == (
        *stack.header.shape,
        stack.header.frames,
    )


@pytest.mark.parametrize(("name", "told"), REFERENCES)
def test_each_voxel_is_that_of_the_reference(shared_data: Path, name: str, told: str) -> None:
    (stack,) = scans_in(shared_data / name)

    np.testing.assert_array_equal(voxels(stack.header), reference(shared_data / told)[1])


@pytest.mark.parametrize("name", GE)
def test_a_series_that_tells_no_times_is_ten_frames_of_fifteen_slices(shared_data: Path, name: str) -> None:
    (stack,) = scans_in(shared_data / name)

    assert (stack.header.shape, stack.header.frames, stack.header.frame_axis) == ((64, 64, 15), 10, "time")
    assert stack.header.certificate == "pass"


def test_a_field_map_is_apart_from_its_magnitude(shared_data: Path) -> None:
    stacks = scans_in(shared_data / "dcm_qa_enh/In/Philips")

    assert [stack.header.shape for stack in stacks] == [(64, 64, 32)] * 2
    assert len({stack.header.source.part for stack in stacks}) == 2
    assert all(stack_at(stack.header.source).header.title == stack.header.title for stack in stacks)


@pytest.mark.parametrize(("number", "told"), [(0, "e1"), (1, "e2_fieldmaphz")])
def test_both_parts_of_a_field_map_are_those_of_the_reference(shared_data: Path, number: int, told: str) -> None:
    """dcm2niix scales the magnitude in a way of its maker's own; what is stored can be compared."""
    header = scans_in(shared_data / "dcm_qa_enh/In/Philips")[number].header

    path = shared_data / f"dcm_qa_enh/Ref/Philips_WIP_B0_NS_801_{told}.nii"
    affine, expected = reference(path, stored=True)
    slope, intercept = header.slope_intercept or (1.0, 0.0)
    assert placed(header) == pytest.approx(affine, abs=1e-3)
    np.testing.assert_allclose((voxels(header) - intercept) / slope, expected, atol=1e-2)


@pytest.mark.parametrize("name", BALLS)
def test_a_scan_is_the_one_that_its_maker_wrote_as_nifti_too(shared_data: Path, name: str) -> None:
    """That NIfTI puts the corner of the first pixel where DICOM has its centre."""
    (stack,) = scans_in(shared_data / f"nitest_balls1/DICOM/{name}.dcm")

    affine, expected = reference(shared_data / f"nitest_balls1/NIFTI/{name}.nii.gz")
    np.testing.assert_allclose(voxels(stack.header), expected, rtol=1e-5)
    assert placed(stack.header)[:, :3] == pytest.approx(affine[:, :3], abs=1e-3)
    apart = np.linalg.inv(affine) @ placed(stack.header)[:, 3]
    assert np.abs(apart) == pytest.approx([0.5, 0.5, 0, 1], abs=1e-3)


def test_frames_of_four_files_follow_their_times(shared_data: Path) -> None:
    (stack,) = scans_in(shared_data / XA10)

    assert stack.header.frame_values == (0, 500, 1000, 1500)


def test_studies_of_several_patients_in_one_tree_are_kept_apart(shared_data: Path) -> None:
    tree = shared_data / "pydicom_bundled/test_files/dicomdirtests"

    stacks = stacks_of(one for path in files_below(tree) if path.parent.name[:2] in PLACES for one in slices_of(path))

    assert sum(len(stack.header.source.files) for stack in stacks) == 31
    assert len({stack.header.identity for stack in stacks}) == 2
    assert all(stack.header.study and stack.header.series for stack in stacks)


PLACES = ("CT", "MR", "CR")
