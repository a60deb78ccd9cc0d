"""phantom, import, cohort, exclude, accept, prepare: what other programs may rely on."""

from pathlib import Path

import numpy as np
from pydicom.uid import generate_uid

from engine.cohort import Workspace
from engine.imaging import open_scan
from tests.engine.cli.conftest import Isocenter
from tests.helpers.cohorts import RECIPE, write_source
from tests.helpers.dicom_files import write_series


def test_phantom_writes_what_import_reads(isocenter: Isocenter, tmp_path: Path) -> None:
    made = isocenter("phantom", "osteoporosis-mri", tmp_path / "p", *_small(), "--json").json
    answer = isocenter("import", made["data"], tmp_path / "study", "--json").json
    assert answer["targets"]["diagnosis"] == {
        "healthy": {"patients": 3, "scans": 6},
        "osteoporotic": {"patients": 3, "scans": 6},
    }
    assert answer["level"] == "patient"
    assert answer["skipped"] == []


def test_a_dry_run_writes_nothing(isocenter: Isocenter, source: Path, tmp_path: Path) -> None:
    answer = isocenter("import", source, tmp_path / "study", "--dry-run", "--json")
    assert answer.json["patients"] == 8
    assert not (tmp_path / "study").exists()


def test_import_names_the_file_it_skips_and_takes_the_rest(isocenter: Isocenter, tmp_path: Path) -> None:
    source = write_source(tmp_path / "scans", 4, broken=["0002"])
    answer = isocenter("import", source, tmp_path / "study", "--json").json
    assert [Path(item["path"]).parent.name for item in answer["skipped"]] == ["0002"]
    assert answer["scans"] == 7


def test_a_failed_first_import_leaves_no_workspace_behind(isocenter: Isocenter, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = isocenter("import", tmp_path / "empty", tmp_path / "study", "--json")
    assert answer.status == 1
    assert not (tmp_path / "study").exists()


def test_cohort_counts_heads_per_class(isocenter: Isocenter, workspace: Path) -> None:
    answer = isocenter("cohort", workspace, "--json").json
    assert answer["patients"] == 8
    assert answer["targets"]["diagnosis"]["healthy"] == {"patients": 4, "scans": 8}


def test_cohort_for_people_names_the_classes(isocenter: Isocenter, workspace: Path) -> None:
    assert "osteoporotic" in isocenter("cohort", workspace).out


def test_prepare_fills_the_cache(isocenter: Isocenter, workspace: Path, tmp_path: Path) -> None:
    recipe = tmp_path / "tiny.toml"
    recipe.write_text(RECIPE, encoding="utf-8")
    answer = isocenter("prepare", workspace, recipe, "--json").json
    assert answer["patients"] == 8
    assert len(list((workspace / "prepared").glob("*.npy"))) == 16


def test_a_folder_that_is_no_workspace_is_one_clear_line(isocenter: Isocenter, tmp_path: Path) -> None:
    answer = isocenter("cohort", tmp_path)
    assert answer.status == 1
    assert answer.err.count("\n") == 1
    assert "not an Isocenter workspace" in answer.err


def _small() -> list[str]:
    knobs = ("healthy=3", "osteoporotic=3", "matrix=16")
    return [word for knob in knobs for word in ("--set", f"phantom.{knob}")]


def test_a_patient_is_excluded_and_taken_back_in(isocenter: Isocenter, workspace: Path) -> None:
    isocenter("exclude", workspace, "P-002", "--role", "T2", "--reason", "motion")
    excluded = [scan.excluded for scan in Workspace.peek(workspace).cohort().by_key["P-002"].scans]
    isocenter("exclude", workspace, "P-002", "--reason", "")
    assert excluded == ["", "motion"]
    assert not any(scan.excluded for scan in Workspace.peek(workspace).cohort().scans)


def test_an_unknown_patient_names_the_nearest(isocenter: Isocenter, workspace: Path) -> None:
    answer = isocenter("exclude", workspace, "P-02", "--json")
    assert (answer.status, "P-002" in answer.json["hint"]) == (1, True)


def test_only_what_failed_can_be_accepted(isocenter: Isocenter, workspace: Path) -> None:
    answer = isocenter("accept", workspace, "P-001", "--json")
    assert (answer.status, answer.json["error"]) == (1, "no scan of P-001 has failed")


def test_a_series_that_lacks_a_slice_stays_out_until_it_is_accepted(isocenter: Isocenter, tmp_path: Path) -> None:
    files = write_series(tmp_path / "scans", np.ones((5, 8, 8), np.int16), np.eye(4))
    files[2].unlink()
    isocenter("import", tmp_path / "scans", tmp_path / "study")
    (before,) = Workspace.peek(tmp_path / "study").cohort().scans
    isocenter("accept", tmp_path / "study", "P-001", "--reason", "looked at")
    (after,) = Workspace.peek(tmp_path / "study").cohort().scans
    assert (before.certificate, bool(before.kept_out)) == ("fail", True)
    assert (after.accepted, after.kept_out) == ("looked at", "")


def test_a_series_per_echo_is_imported_as_one_scan_when_asked(isocenter: Isocenter, tmp_path: Path) -> None:
    study = generate_uid()
    for echo in (10.0, 20.0, 30.0):
        picture = np.full((3, 8, 8), int(echo), np.int16)
        write_series(tmp_path / "scans" / f"{echo}", picture, np.eye(4), study=study, EchoTime=echo)
    apart = isocenter("import", tmp_path / "scans", tmp_path / "apart", "--json").json
    isocenter("import", tmp_path / "scans", tmp_path / "one", "--join")
    (joined,) = Workspace.peek(tmp_path / "one").cohort().scans
    volume = open_scan(joined.source).load()
    assert apart["scans"] == 3
    assert (volume.frame_axis.kind, volume.frame_axis.values) == ("echo time", (10.0, 20.0, 30.0))
    assert [int(frame.mean()) for frame in volume.array] == [10, 20, 30]
