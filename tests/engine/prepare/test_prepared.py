"""The prepared cohort: who can be used, from what, and nothing read twice or stale."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.cohort import Workspace
from engine.control import Control
from engine.errors import Cancelled, CohortError
from engine.imaging import Volume
from engine.prepare import PreparedCohort, prepare_cohort
from engine.prepare.cache import Cache
from tests.helpers.cohorts import SIDE, make_workspace, tiny_recipe, write_nifti, write_source


def prepared(workspace: Path, *settings: str) -> PreparedCohort:
    opened = Workspace.peek(workspace)
    return prepare_cohort(tiny_recipe(*settings), opened.cohort(), opened.prepared_dir)


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def written(workspace: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (workspace / "prepared").iterdir()}


def test_every_patient_has_a_tensor_per_input_and_its_labels(workspace: Path) -> None:
    cohort = prepared(workspace)
    first = cohort.patients[0]
    assert {name: volume.array.shape for name, volume in first.volumes.items()} == {
        "t1": (10, 1, SIDE, SIDE),
        "t2": (8, 2, SIDE, SIDE),
    }
    assert (first.patient, first.labels, cohort.left_out) == ("P-001", {"diagnosis": "healthy"}, ())


def test_scans_that_show_nothing_leave_their_patient_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    names = ["a", "b", "c", "d", "e"]
    source = write_source(tmp_path / "s", names, labels=dict.fromkeys("abcd", "healthy"), nan="a", constant="b")
    workspace = make_workspace(tmp_path / "w", source)
    (source / "c" / "T2.nii.gz").unlink()
    cohort = prepared(workspace)
    assert [one.patient for one in cohort.patients] == ["P-004"]
    assert sorted(cohort.left_out) == [
        "P-001 is left out: it holds values that are not numbers",
        "P-002 is left out: all its voxels have one value",
        "P-003 is left out: the file is not there",
        "P-005 is left out: no label 'diagnosis'",
    ]


def test_a_label_outside_the_recipe_leaves_its_patient_out(tmp_path: Path) -> None:
    labels = {"a": "healthy", "b": "osteopenia", "c": "osteoporotic"}
    workspace = make_workspace(tmp_path / "w", write_source(tmp_path / "s", ["a", "b", "c"], labels=labels))
    assert prepared(workspace).left_out == ("P-002 is left out: 'osteopenia' is not a class of the recipe",)


def test_when_nobody_is_left_the_reasons_are_told(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "w", write_source(tmp_path / "s", ["a"], nan="a"))
    with pytest.raises(CohortError, match="no patient can be used") as caught:
        prepared(workspace)
    assert caught.value.hint == "P-001 is left out: it holds values that are not numbers"


def test_a_label_column_that_is_not_there_names_the_nearest(workspace: Path) -> None:
    with pytest.raises(CohortError) as caught:
        prepared(workspace, "targets.0.column=diagnoses")
    assert caught.value.hint == "Did you mean 'diagnosis'?"


def test_what_was_prepared_is_not_read_or_written_again(workspace: Path, source: Path) -> None:
    first = prepared(workspace)
    before = written(workspace)
    shutil.rmtree(source)
    again = prepared(workspace)
    assert written(workspace) == before
    assert all(
        np.array_equal(one.volumes["t2"].array, other.volumes["t2"].array)
        for one, other in zip(first.patients, again.patients, strict=True)
    )


def test_tensors_are_memory_mapped(workspace: Path) -> None:
    assert isinstance(prepared(workspace).patients[0].volumes["t1"].array, np.memmap)


def test_another_option_prepares_anew(workspace: Path) -> None:
    prepared(workspace)
    before = written(workspace)
    assert prepared(workspace, "inputs.t2.steps.0.floor=0.2").patients[0].volumes["t2"].frames == 8
    assert len(written(workspace)) == len(before) + 16


@pytest.mark.parametrize(
    "content", [b"", b"\x93NUMPY", b"\x80\x04pickled", None], ids=["empty", "torn", "pickle", "cut"]
)
@pytest.mark.parametrize("suffix", ["npy", "json"])
def test_a_damaged_file_of_the_cache_is_made_anew(workspace: Path, suffix: str, content: bytes | None) -> None:
    good = {one.patient: one.volumes["t2"].array.copy() for one in prepared(workspace).patients}
    for path in (workspace / "prepared").glob(f"*.{suffix}"):
        path.write_bytes(path.read_bytes()[:-9] if content is None else content)
    cohort = prepared(workspace)
    assert cohort.left_out == ()
    assert all(np.array_equal(one.volumes["t2"].array, good[one.patient]) for one in cohort.patients)


def test_any_damage_to_the_head_of_a_tensor_is_noticed_or_harmless(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    array = np.arange(24, dtype=np.float32).reshape(1, 2, 3, 4)
    cache.put("x", Volume(array, np.eye(4)))
    whole = (tmp_path / "x.npy").read_bytes()
    generator = np.random.default_rng(0)
    for _ in range(300):
        torn = bytearray(whole)
        torn[generator.integers(128)] = generator.integers(256)
        (tmp_path / "x.npy").write_bytes(torn)
        found = cache.get("x")
        assert found is None or np.array_equal(found.array, array)


def test_a_scan_that_changed_since_the_import_leaves_its_patient_out(workspace: Path, source: Path) -> None:
    write_nifti(source / "0001" / "T1.nii.gz", np.random.default_rng(5).random((SIDE, SIDE, 1, 10), np.float32))
    assert prepared(workspace).left_out == ("P-001 is left out: its files have changed since it was imported",)


def test_a_side_car_that_changed_counts_as_a_change(workspace: Path, source: Path) -> None:
    (source / "0001" / "T2.json").write_text('{"EchoTime": [1, 2, 3, 4, 5, 6, 7, 8, 9]}')
    assert prepared(workspace).left_out == ("P-001 is left out: its files have changed since it was imported",)


def test_source_files_stay_as_they_are(workspace: Path, source: Path) -> None:
    before = digests(source)
    prepared(workspace)
    assert digests(source) == before


def test_slices_of_several_sizes_ask_for_a_resize(tmp_path: Path) -> None:
    source = write_source(tmp_path / "s", 4)
    write_nifti(source / "0001" / "T1.nii.gz", np.random.default_rng(0).random((9, 9, 1, 10), np.float32))
    workspace = make_workspace(tmp_path / "w", source)
    with pytest.raises(CohortError, match=r"the slices of input 't1' have several sizes \(9 x 9, 12 x 12\)") as caught:
        prepared(workspace)
    assert "resize" in caught.value.hint
    step = 'inputs.t1.steps=[{key = "resize", size = [12, 12]}]'
    assert len(prepared(workspace, step).patients) == 4


def test_a_scan_with_another_number_of_frames_leaves_its_patient_out(tmp_path: Path) -> None:
    source = write_source(tmp_path / "s", 4)
    write_nifti(source / "0001" / "T1.nii.gz", np.random.default_rng(0).random((SIDE, SIDE, 1, 7), np.float32))
    cohort = prepared(make_workspace(tmp_path / "w", source))
    assert cohort.left_out == ("P-001 is left out: input 't1' has 7 frames, the others 10",)


def test_fitted_steps_learn_from_the_patients_given_and_no_others(tmp_path: Path) -> None:
    source = write_source(tmp_path / "s", 6)
    before = prepared(make_workspace(tmp_path / "w1", source))
    train, tested = before.patients[:4], source / "0006" / "T2.nii.gz"
    write_nifti(tested, 1000 * np.random.default_rng(0).random((SIDE, SIDE, 2, 9), np.float32))
    after = prepared(make_workspace(tmp_path / "w2", source))
    keys = tuple(one.patient for one in train)
    assert before.fit(keys) == after.fit(keys)
    assert before.fit((*keys, "P-006")) != after.fit((*keys, "P-006"))


def test_cancelling_stops_before_the_next_patient(workspace: Path) -> None:
    control, told = Control(), []
    opened = Workspace.peek(workspace)

    def tell(done: int, total: int) -> None:
        told.append(done)
        control.cancel()

    with pytest.raises(Cancelled):
        prepare_cohort(tiny_recipe(), opened.cohort(), opened.prepared_dir, tell, control)
    assert told == [1]
