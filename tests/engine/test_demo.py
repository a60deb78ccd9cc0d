"""The demo study: all of it or nothing, and never over somebody's files."""

from pathlib import Path

import pytest

from engine.cohort import Workspace
from engine.control import Control
from engine.demo import make_demo
from engine.errors import Cancelled, CohortError, RecipeError
from engine.recipe import Recipe, load_recipe, with_settings
from tests.helpers.cohorts import tiny_recipe


@pytest.fixture
def recipe() -> Recipe:
    """The shelf's recipe on a very small phantom."""
    knobs = ["phantom.healthy=2", "phantom.osteoporotic=2", "phantom.matrix=16"]
    return with_settings(load_recipe("osteoporosis-mri"), knobs)


def test_the_demo_has_its_patients_and_its_truth(recipe: Recipe, tmp_path: Path) -> None:
    workspace = Workspace.peek(make_demo(recipe, tmp_path))
    assert len(workspace.cohort().patients) == 4
    assert len(list((tmp_path / "phantom" / "truth").iterdir())) == 4


def test_the_scans_of_the_demo_are_found_after_the_folder_moved(recipe: Recipe, tmp_path: Path) -> None:
    make_demo(recipe, tmp_path / "here")
    (tmp_path / "here").rename(tmp_path / "there")
    cohort = Workspace.peek(tmp_path / "there" / "workspace").cohort()
    assert all(scan.path.is_file() for scan in cohort.scans)


def test_a_cancelled_demo_leaves_nothing(recipe: Recipe, tmp_path: Path) -> None:
    control = Control()
    with pytest.raises(Cancelled):
        make_demo(recipe, tmp_path, lambda done, total: control.cancel(), control)
    assert list(tmp_path.iterdir()) == []


def test_a_demo_that_a_crash_left_half_made_is_made_anew(recipe: Recipe, tmp_path: Path) -> None:
    (tmp_path / ".making" / "phantom").mkdir(parents=True)
    assert Workspace.exists(make_demo(recipe, tmp_path))


def test_a_phantom_of_ones_own_is_left_alone(recipe: Recipe, tmp_path: Path) -> None:
    (tmp_path / "phantom").mkdir()
    (tmp_path / "phantom" / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(CohortError, match="not empty"):
        make_demo(recipe, tmp_path)
    assert (tmp_path / "phantom" / "mine.txt").is_file()


def test_a_recipe_without_phantom_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="names no phantom"):
        make_demo(tiny_recipe(), tmp_path)
