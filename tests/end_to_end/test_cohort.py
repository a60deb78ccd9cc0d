"""A cohort by the command alone: two downloads in one workspace, audited, divided, and a run that keeps to it."""

import contextlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from PIL import Image

from engine.cli import main
from engine.cohort import Workspace
from engine.cohort.dividing.saved_divisions import saved_division
from engine.runs import RunFolder
from tests.helpers.slice_stacks import stack

RECIPE = """
version = 1
name = "fractures"

[[targets]]
column = "class"
classes = ["intact", "broken"]
positive = "broken"

[inputs.image]
role = "image"
steps = [{ key = "resize", size = [16, 16] }, { key = "z-score" }]

[model]
key = "relaxation-cnn"
width = 2

[training]
epochs = 1
batch_size = 8
device = "cpu"

[protocol]
key = "saved"
name = "three"

[evaluation]
bootstrap = 100
"""
HEADS = 16
Isocenter = Callable[..., Any]


class Way(NamedTuple):
    """The workspace at the end of the way, and what each verb said."""

    workspace: Path
    told: dict[str, Any]


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Way:
    """The whole way, gone once; the tests below look at what it left."""
    home = tmp_path_factory.mktemp("way")
    hospital, download = write_downloads(home)
    workspace, recipe, told = home / "study", home / "recipe.toml", {}
    recipe.write_text(RECIPE, encoding="utf-8")

    def isocenter(*words: object, out: Path = home / "out.json") -> Any:
        told[str(words[0])] = said = spoken([str(word) for word in words], out)
        return said

    isocenter("import", hospital, workspace, "--class", "class:fractured=broken", "--class", "class:normal=intact")
    renamed = ("--class", "class:Fracture=broken", "--class", "class:No Fracture=intact")
    isocenter("import", download, workspace, "--name", "web", *renamed)
    isocenter("audit", workspace)
    isocenter("audit", workspace, "--fix", "duplicate")
    isocenter("label", workspace, "class", "", "P-012")
    isocenter("vault", workspace, "--set-aside", "0.15")
    isocenter("split", workspace, "--protocol", "k-fold", "--set", "folds=3", "--name", "three")
    isocenter("cohort", workspace, "--part", "three")
    isocenter("run", workspace, recipe)
    isocenter("suggest", told["run"]["run"])
    isocenter("decide", workspace, "P-012", "--accept")
    isocenter("history", workspace)
    return Way(workspace, told)


def spoken(words: list[str], out: Path) -> Any:
    """What a verb answers as JSON; it must succeed."""
    with out.open("w", encoding="utf-8") as file, contextlib.redirect_stdout(file):
        status = main([*words, "--json"])
    answer = json.loads(out.read_text(encoding="utf-8"))
    assert status == 0, answer
    return answer


def write_downloads(home: Path) -> tuple[Path, Path]:
    """Six patients with a folder of three slices each, and ten single pictures whose classes are called otherwise.

    One of the pictures is there twice.
    """
    hospital, download = home / "hospital", home / "download"
    for number in range(HEADS):
        slices = stack(number, 8, (48, 40), seed=5).slices
        if number < 6:
            folder = hospital / ("fractured", "normal")[number % 2] / f"patient_{number + 1:02d}"
            for place in (2, 3, 4):
                save(slices[place], folder / f"slice_{place}.png")
        else:
            save(slices[3], download / ("Fracture", "No Fracture")[number % 2] / f"img{number:02d}.png")
    shutil.copy(download / "Fracture" / "img06.png", download / "Fracture" / "img06 (1).png")
    return hospital, download


def save(grey: np.ndarray, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(grey).save(path)


def test_two_sources_with_other_words_become_one_cohort(way: Way) -> None:
    assert way.told["import"]["patients"] == HEADS + 1
    heads = {name: count["patients"] for name, count in way.told["import"]["targets"]["class"].items()}
    assert heads == {"broken": 9, "intact": 8}
    assert way.told["cohort"]["level"] == "image"


def test_the_copy_is_found_and_left_out(way: Way) -> None:
    past = [one["words"] for one in way.told["history"]]
    assert "Exclude 1 scan" in past
    assert sum(scan.excluded != "" for scan in Workspace.peek(way.workspace).cohort().scans) == 1


def test_the_run_tests_whom_the_saved_division_tests_and_nobody_of_the_vault(way: Way) -> None:
    run = RunFolder.open(Path(way.told["run"]["run"]))
    saved = {frozenset(fold.test) for fold in saved_division(way.workspace, "three").folds}
    assert {frozenset(fold["test"]) for fold in json.loads((run.path / "division.json").read_text("utf-8"))} == saved
    tested = {row.patient for row in run.predictions()}
    cohort = Workspace.peek(way.workspace).cohort()
    assert len(cohort.vault) >= 2
    assert not tested & cohort.vault
    assert "image level" in run.report_path.read_text(encoding="utf-8").lower()


def test_what_the_run_suggests_is_a_label_only_once_accepted(way: Way) -> None:
    (given,) = way.told["suggest"]["suggestions"]["class"]
    assert given == "P-012"
    assert way.told["decide"]["open"] == 0
    assert Workspace.peek(way.workspace).cohort().by_key["P-012"].label("class") in ("broken", "intact")


def test_every_step_of_the_way_is_told_and_can_be_taken_back(way: Way, tmp_path: Path) -> None:
    past = [one["words"] for one in way.told["history"]]
    assert past[-1].startswith("Accept")
    assert any(words.startswith("Save the division") for words in past)
    with Workspace.open(shutil.copytree(way.workspace, tmp_path / "copy")) as opened:
        while opened.store.undo() is not None:
            pass
        cohort = opened.cohort()
    assert not cohort.vault
    assert not any(scan.excluded for scan in cohort.scans)
    assert all(patient.label("class") for patient in cohort.patients)
