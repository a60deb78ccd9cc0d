"""Exit statuses, usage errors, and the verbs that list what there is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli.window import with_verb
from tests.engine.cli.conftest import Isocenter


def test_an_unknown_verb_is_wrong_usage(isocenter: Isocenter) -> None:
    answer = isocenter("trian")
    assert answer.status == 2
    assert "trian" in answer.err


def test_wrong_usage_with_json_is_one_json_object(isocenter: Isocenter) -> None:
    answer = isocenter("cohort", "--json")
    assert answer.status == 2
    assert set(answer.json) == {"error", "hint"}


def test_help_is_status_0(isocenter: Isocenter) -> None:
    answer = isocenter("--help")
    assert answer.status == 0
    assert "not for clinical use" in answer.out


def test_version_is_told(isocenter: Isocenter) -> None:
    assert isocenter("--version").out.startswith("isocenter ")


def test_models_tell_their_parameters(isocenter: Isocenter) -> None:
    models = {model["key"]: model for model in isocenter("models", "--json").json}
    assert 1.5e6 < models["simple-3d-cnn"]["parameters"] < 2.5e6
    assert {"key", "dims", "parameters", "input", "targets", "weights", "needs"} <= models["relaxation-cnn"].keys()


def test_recipes_lists_the_shelf(isocenter: Isocenter) -> None:
    assert "osteoporosis-mri" in [recipe["name"] for recipe in isocenter("recipes", "--json").json]


def test_doctor_finds_this_installation_healthy(isocenter: Isocenter) -> None:
    answer = isocenter("doctor", "--quick", "--json")
    assert answer.status == 0
    assert answer.json["healthy"] is True


@pytest.mark.parametrize("words", [[], ["STUDY"], ["STUDY", "--x"]])
def test_a_folder_in_place_of_a_verb_opens_the_window(words: list[str], tmp_path: Path) -> None:
    words = [word.replace("STUDY", str(tmp_path)) for word in words]
    assert with_verb(words, ["run"]) == ["gui", *words]


def test_a_verb_stays_a_verb() -> None:
    assert with_verb(["run", "x"], ["run"]) == ["run", "x"]


def test_a_traceback_needs_debug(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "engine.cli", "cohort", str(tmp_path), "--json"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert asked.returncode == 1
    assert asked.stderr == ""
    assert set(json.loads(asked.stdout)) == {"error", "hint"}
    assert "Traceback" in subprocess.run([*command, "--debug"], capture_output=True, text=True, check=False).stderr


def test_help_needs_no_torch() -> None:
    program = "import sys; from engine.cli import main; main(['--help']); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode == 0
