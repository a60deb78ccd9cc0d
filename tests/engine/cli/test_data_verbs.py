"""inspect, phantom, import, cohort, prepare: what other programs may rely on."""

from pathlib import Path

from tests.engine.cli.conftest import Isocenter
from tests.helpers.cohorts import RECIPE, write_source


def test_inspect_tells_the_geometry_of_every_scan_in_a_folder(isocenter: Isocenter, source: Path) -> None:
    answer = isocenter("inspect", source, "--json")
    first = answer.json[0]
    assert answer.status == 0
    assert len(answer.json) == 16
    assert {"path", "format", "modality", "shape", "frames", "frame_axis", "frame_values", "spacing"} <= first.keys()
    assert {"affine", "orientation", "dtype", "patient", "files", "certificate", "warnings"} <= first.keys()
    assert first["shape"] == [12, 12, 1]
    assert first["frames"] == 10


def test_inspect_of_a_broken_file_is_an_object_with_an_error_and_status_1(isocenter: Isocenter, tmp_path: Path) -> None:
    (tmp_path / "scan.nii.gz").write_bytes(b"no scan at all")
    answer = isocenter("inspect", tmp_path, "--json")
    assert answer.status == 1
    assert set(answer.json[0]) >= {"path", "error"}


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
