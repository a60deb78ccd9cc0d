"""run, runs, evaluate, report, demo: what other programs may rely on."""

import shutil
from pathlib import Path

import pytest

from engine.runs import RunFolder, list_runs
from tests.engine.cli.conftest import Answer, Isocenter
from tests.helpers.cohorts import RECIPE


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    """The tiny recipe as a file."""
    path = tmp_path / "tiny.toml"
    path.write_text(RECIPE, encoding="utf-8")
    return path


@pytest.fixture
def finished(isocenter: Isocenter, workspace: Path, recipe: Path) -> Answer:
    """A run of the tiny recipe."""
    return isocenter("run", workspace, recipe, "--json")


def test_run_answers_with_metrics_that_carry_intervals(finished: Answer) -> None:
    figure = finished.json["metrics"]["diagnosis"]["balanced_accuracy"]
    assert finished.status == 0
    assert figure["low"] <= figure["value"] <= figure["high"]


def test_run_says_where_everything_is(finished: Answer) -> None:
    told = finished.json
    assert (Path(told["workspace"]) / "workspace.db").is_file()
    assert (Path(told["run"]) / "predictions.csv").is_file()
    assert Path(told["report"]).is_file()
    assert told["level"] == "patient"


def test_run_gives_the_baselines_in_the_same_form(finished: Answer) -> None:
    for metrics in finished.json["baselines"].values():
        assert {"value", "low", "high"} <= metrics["diagnosis"]["accuracy"].keys()


def test_the_run_folder_holds_all_of_the_run(finished: Answer) -> None:
    folder = Path(finished.json["run"])
    names = {"recipe.toml", "events.jsonl", "predictions.csv", "metrics.json", "environment.json", "log.txt"}
    assert names <= {path.name for path in folder.iterdir()}
    assert {path.name for path in (folder / "folds" / "001").iterdir()} >= {"checkpoint.safetensors", "predictions.csv"}


def test_runs_lists_the_run_as_finished(finished: Answer, isocenter: Isocenter, workspace: Path) -> None:
    (row,) = isocenter("runs", workspace, "--json").json
    assert row["state"] == "finished"
    assert row["run"] == Path(finished.json["run"]).name


def test_evaluate_gives_the_same_figures_again(finished: Answer, isocenter: Isocenter) -> None:
    assert isocenter("evaluate", finished.json["run"], "--json").json == finished.json


def test_a_run_copied_elsewhere_can_be_evaluated_without_its_workspace(
    finished: Answer, isocenter: Isocenter, tmp_path: Path
) -> None:
    copy = shutil.copytree(finished.json["run"], tmp_path / "elsewhere" / "runs" / "copy")
    assert isocenter("evaluate", copy, "--json").json["metrics"] == finished.json["metrics"]


def test_report_writes_the_page_anew(finished: Answer, isocenter: Isocenter) -> None:
    Path(finished.json["report"]).unlink()
    told = isocenter("report", finished.json["run"], "--json").json
    assert "not for clinical use" in Path(told["report"]).read_text(encoding="utf-8")


def test_a_worker_process_gives_the_same_predictions(
    finished: Answer, isocenter: Isocenter, workspace: Path, recipe: Path
) -> None:
    other = isocenter("run", workspace, recipe, "--on", "processes", "--json").json
    paths = [RunFolder(Path(told["run"])).predictions_path for told in (finished.json, other)]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_finished_run_is_not_resumed(finished: Answer, isocenter: Isocenter, workspace: Path) -> None:
    answer = isocenter("run", workspace, "--resume", Path(finished.json["run"]).name, "--json")
    assert answer.status == 1
    assert "finished" in answer.json["error"]


def test_demo_makes_the_study_and_its_report(isocenter: Isocenter, recipe: Path, tmp_path: Path) -> None:
    text = recipe.read_text(encoding="utf-8")
    phantom = '\n[phantom]\nkey = "osteoporosis-mri"\nhealthy = 3\nosteoporotic = 3\nmatrix = 16\n'
    recipe.write_text(text + phantom, encoding="utf-8")
    told = isocenter("demo", recipe, "--to", tmp_path / "demo", "--json").json
    assert Path(told["run"]).is_relative_to(told["workspace"])
    assert (tmp_path / "demo" / "phantom" / "truth").is_dir()


def test_demo_leaves_a_folder_with_files_alone(isocenter: Isocenter, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    answer = isocenter("demo", "osteoporosis-mri", "--to", tmp_path, "--json")
    assert answer.status == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_recipe_that_fits_no_column_starts_no_work_and_says_why(
    isocenter: Isocenter, workspace: Path, recipe: Path
) -> None:
    answer = isocenter("run", workspace, recipe, "--set", "targets.0.column=diagnose", "--json")
    assert answer.status == 1
    assert "diagnose" in answer.json["error"]
    assert "diagnosis" in answer.json["hint"]


def test_an_unknown_model_is_named_with_the_nearest(isocenter: Isocenter, workspace: Path, recipe: Path) -> None:
    answer = isocenter("run", workspace, recipe, "--set", "model.key=relaxation-cn", "--json")
    assert answer.status == 1
    assert "relaxation-cnn" in answer.json["hint"]


def test_a_failed_start_leaves_no_empty_run(isocenter: Isocenter, workspace: Path, recipe: Path) -> None:
    isocenter("run", workspace, recipe, "--set", "training.epochs=none")
    assert list_runs(workspace) == []
