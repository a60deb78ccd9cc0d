"""Real scans that are known to be one: the audit finds them, whatever they are stored as."""

from pathlib import Path

from engine.cohort import import_as_workspace
from tests.engine.audit.conftest import Audited


def same(source: Path, workspace: Path, audited: Audited) -> list[set[str]]:
    """The names of the scans in each group of duplicates."""
    import_as_workspace(source, workspace)
    return [{scan.path.name for scan in one.scans} for one in audited(workspace, "duplicate").findings]


def test_one_image_in_nine_encodings_and_its_references_is_one(
    shared_data: Path, tmp_path: Path, audited: Audited
) -> None:
    numbers = range(1, 10)
    wanted = {f"{number}.dcm" for number in numbers} | {f"{number}.nii" for number in numbers}
    assert same(shared_data / "dcm_qa_ts", tmp_path / "study", audited) == [wanted]


def test_a_brain_stored_along_its_slices_in_any_direction_is_one(
    shared_data: Path, tmp_path: Path, audited: Audited
) -> None:
    groups = same(shared_data / "niftispace", tmp_path / "study", audited)
    assert sorted(map(len, groups)) == [16, 16, 16]
    for group in groups:
        assert len({"RLAPSI".index(name[2]) // 2 for name in group}) == 1


def test_a_series_and_its_conversion_are_one(shared_data: Path, tmp_path: Path, audited: Audited) -> None:
    groups = same(shared_data / "dcm_qa_nih", tmp_path / "study", audited)
    assert {"mr_0004", "DCM2NIIX_regression_test_4.nii"} in groups
    assert {"mr_0004", "EPI_PE=PA_4.nii"} in groups
