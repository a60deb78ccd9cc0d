"""A pipeline is checked before it works, and its name changes with what it does."""

import numpy as np
import pytest

from engine.errors import PrepareError, RecipeError, RegistryError
from engine.imaging import Volume
from engine.prepare import Pipeline
from engine.recipe import Choice


def choice(key: str, **options: object) -> Choice:
    return Choice.model_validate({"key": key, **options})


def volume(value: float) -> Volume:
    array = np.arange(64, dtype=np.float64).reshape(2, 2, 4, 4)
    array[0, 0, 0, 0] = value
    return Volume(array, np.eye(4))


def test_an_unknown_step_names_the_nearest() -> None:
    with pytest.raises(RegistryError) as caught:
        Pipeline.of([choice("zscore")])
    assert (caught.value.what, caught.value.hint) == (
        "there is no preparation step called 'zscore'",
        "Did you mean 'z-score'?",
    )


def test_a_bad_option_of_a_step_is_one_line() -> None:
    with pytest.raises(RecipeError, match=r"'size\.0' in the step 'resize' is wrong: input should be greater than"):
        Pipeline.of([choice("resize", size=[0, 12])])


def test_an_option_a_step_does_not_have_names_the_nearest() -> None:
    with pytest.raises(RecipeError) as caught:
        Pipeline.of([choice("echo-normalise", flor=0.1)])
    assert caught.value.hint == "Did you mean 'floor'?"


def test_a_plain_step_after_a_fitted_one_is_refused() -> None:
    with pytest.raises(RecipeError) as caught:
        Pipeline.of([choice("standardise"), choice("z-score")])
    assert caught.value.hint == "Put 'z-score' before 'standardise'."


def test_the_name_of_a_pipeline_changes_with_its_options_and_not_with_fitted_steps() -> None:
    one = Pipeline.of([choice("resize", size=[8, 8])])
    assert one.digest != Pipeline.of([choice("resize", size=[8, 9])]).digest
    assert one.digest == Pipeline.of([choice("resize", size=[8, 8]), choice("standardise")]).digest


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300])
def test_values_that_are_no_numbers_or_too_large_are_refused(value: float) -> None:
    with pytest.raises(PrepareError, match="not numbers"):
        Pipeline.of([]).prepare(volume(value))


def test_what_a_step_makes_too_large_is_refused() -> None:
    with pytest.raises(PrepareError, match="not numbers"):
        Pipeline.of([choice("z-score")]).prepare(volume(1e300))


def test_a_scan_of_one_value_is_refused_whatever_the_steps() -> None:
    with pytest.raises(PrepareError, match="all its voxels have one value"):
        Pipeline.of([]).prepare(Volume(np.full((2, 2, 4, 4), 3), np.eye(4)))


def test_states_of_another_recipe_are_refused() -> None:
    with pytest.raises(PrepareError, match="do not fit the recipe"):
        Pipeline.of([choice("standardise")]).finish(np.ones((1, 1, 2, 2)), [])


def test_later_fitted_steps_learn_from_what_earlier_ones_leave() -> None:
    pipeline = Pipeline.of([choice("standardise"), choice("standardise")])
    states = pipeline.fit([volume(0).array])
    assert states[1] == {"mean": pytest.approx([0, 0], abs=1e-6), "spread": pytest.approx([1, 1])}
