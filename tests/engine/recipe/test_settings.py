"""`--set key=value`, as the command line and the form use it."""

import pytest

from engine.errors import RecipeError
from tests.helpers.cohorts import tiny_recipe


def refused(setting: str) -> RecipeError:
    with pytest.raises(RecipeError) as caught:
        tiny_recipe(setting)
    return caught.value


def test_a_number_is_a_number() -> None:
    assert tiny_recipe("training.epochs = 7").training.epochs == 7


def test_a_bare_word_is_text() -> None:
    assert tiny_recipe("targets.0.column=body_part").targets[0].column == "body_part"


def test_a_text_may_hold_an_equals_sign() -> None:
    assert tiny_recipe("title=a=b").title == "a=b"


def test_a_list_is_written_as_in_toml() -> None:
    assert tiny_recipe('targets.0.classes=["a", "b", "c"]').targets[0].classes == ("a", "b", "c")


def test_an_option_of_a_choice_can_be_set() -> None:
    assert tiny_recipe("model.width=4").model.options["width"] == 4


def test_an_option_of_a_step_is_reached_by_its_place() -> None:
    recipe = tiny_recipe("inputs.t2.steps.0.floor=0.1")
    assert recipe.inputs["t2"].steps[0].options == {"floor": 0.1}


def test_the_later_of_two_settings_counts() -> None:
    assert tiny_recipe("seed=1", "seed=2").seed == 2


def test_a_setting_never_smuggles_in_another() -> None:
    assert tiny_recipe('title="x"\nseed=99').seed == 3


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("training.epochs", "'training.epochs' is not a setting"),
        ("=3", "'=3' is not a setting"),
        ("training.epoch=3", "the recipe has no setting 'training.epoch'"),
        ("trainin.epochs=3", "the recipe has no setting 'trainin'"),
        ("targets.5.column=x", "'targets.5.column=x' points outside a list of 1"),
        ("targets.-1.column=x", "'targets.-1.column=x' points outside a list of 1"),
        ("targets.².column=x", "'targets.².column=x' points outside a list of 1"),
        ("seed.x=3", "'seed.x=3' leads into a single value"),
        ("training=3", "'training' in the recipe is wrong"),
        ("inputs={}", "'inputs' in the recipe is wrong"),
        (".=3", "the recipe has no setting ''"),
    ],
)
def test_what_cannot_be_set_is_said_in_one_line(setting: str, told: str) -> None:
    error = refused(setting)
    assert error.what.startswith(told)
    assert "\n" not in error.what
    assert error.hint
