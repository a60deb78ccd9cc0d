"""Recipes from files and from the shelf; whatever is wrong in one is said in a line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import RecipeError
from engine.recipe import load_recipe, parse_recipe, shelf
from tests.helpers.cohorts import RECIPE


def refused(text: str) -> RecipeError:
    with pytest.raises(RecipeError) as caught:
        parse_recipe(text)
    return caught.value


@pytest.mark.parametrize(
    ("right", "wrong", "told", "hint"),
    [
        ("seed = 3", "sed = 3", "the recipe has no setting 'sed'", "Did you mean 'seed'?"),
        ("epochs", "epoch", "the recipe has no setting 'training.epoch'", "Did you mean 'epochs'?"),
        ("column", "colum", "the recipe lacks 'targets.0.column'", "Add targets.0.column to the recipe."),
        ("bootstrap", "bootstraps", "the recipe has no setting 'evaluation.bootstraps'", "Did you mean 'bootstrap'?"),
        ("role = \"T1\"", "rolle = \"T1\"", "the recipe lacks 'inputs.t1.role'", "Add inputs.t1.role to the recipe."),
        ("[inputs.t1]", "[inputs.t1]\nstep = 1", "the recipe has no setting 'inputs.t1.step'", "Did you mean 'steps'?"),
    ],
)  # fmt: skip
def test_a_typo_is_refused_and_the_nearest_name_told(right: str, wrong: str, told: str, hint: str) -> None:
    error = refused(RECIPE.replace(right, wrong, 1))
    assert (error.what, error.hint) == (told, hint)


def test_a_typo_in_a_target_is_refused_and_the_nearest_name_told() -> None:
    error = refused(RECIPE.replace("[[targets]]", '[[targets]]\npositiv = "healthy"'))
    assert (error.what, error.hint) == ("the recipe has no setting 'targets.0.positiv'", "Did you mean 'positive'?")


def test_a_newer_version_is_refused() -> None:
    error = refused(RECIPE.replace("version = 1", "version = 2"))
    assert (error.what, error.hint) == (
        "the recipe is of version 2; this Isocenter reads version 1",
        "Update Isocenter.",
    )


def test_what_is_not_toml_is_refused_with_its_line() -> None:
    assert "line 2" in refused("version = 1\nname = = 'x'").what


@given(st.text(max_size=60))
def test_any_text_is_a_recipe_or_a_recipe_error_of_one_line(text: str) -> None:
    assert "\n" not in refused(text).what


@pytest.mark.parametrize("text", ["x = " + "[" * 3000, "x = " + "9" * 5000], ids=["deep", "long number"])
def test_a_monstrous_text_is_refused(text: str) -> None:
    assert refused(text).what.startswith("the recipe is not valid TOML")


def test_a_recipe_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(RECIPE, encoding="utf-8")
    assert load_recipe(path).name == "tiny"


def test_the_mark_that_windows_editors_put_first_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(RECIPE, encoding="utf-8-sig")
    assert load_recipe(path).name == "tiny"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"absent\.toml: the recipe file is not there"):
        load_recipe(tmp_path / "absent.toml")


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scan.toml"
    path.write_bytes(b"\x93NUMPY\xff\xfe")
    with pytest.raises(RecipeError, match="cannot be read"):
        load_recipe(path)


def test_a_folder_with_the_name_of_a_recipe_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(RecipeError, match="cannot be read"):
        load_recipe(tmp_path / "folder.toml")


def test_an_unknown_name_names_the_nearest_of_the_shelf() -> None:
    with pytest.raises(RecipeError) as caught:
        load_recipe("osteoporosis")
    assert caught.value.hint.startswith("Did you mean 'osteoporosis-mri'?")


def test_every_recipe_of_the_shelf_is_called_as_its_file() -> None:
    assert [load_recipe(recipe.name) for recipe in shelf()] == shelf() != []
