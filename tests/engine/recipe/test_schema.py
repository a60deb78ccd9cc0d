"""What a recipe says is kept exactly, and what it cannot say is refused."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import RecipeError
from engine.recipe import Choice, Evaluation, Input, Recipe, Target, Training, parse_recipe, with_settings
from tests.helpers.cohorts import RECIPE, tiny_recipe

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = texts.filter(bool)
lines = texts.filter(lambda text: text.splitlines() == [text.strip()])
values = st.one_of(
    texts,
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.integers(0, 99), max_size=3),
)


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    options = draw(st.dictionaries(names.filter(lambda name: name not in ("key", "options")), values, max_size=3))
    return Choice.model_validate({**options, "key": draw(texts)})


@st.composite
def targets(draw: st.DrawFn, column: str) -> Target:
    classes = tuple(draw(st.lists(lines, min_size=2, max_size=4, unique=True)))
    return Target(column=column, classes=classes, positive=draw(st.one_of(st.none(), st.sampled_from(classes))))


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    columns = draw(st.lists(lines, min_size=1, max_size=2, unique=True))
    return Recipe(
        name=draw(st.from_regex(r"[a-z0-9][a-z0-9-]*", fullmatch=True)),
        title=draw(texts),
        summary=draw(texts),
        seed=draw(st.integers(0, 2**31 - 1)),
        targets=tuple(draw(targets(column)) for column in columns),
        inputs=draw(st.dictionaries(names, inputs, min_size=1, max_size=2)),
        model=draw(choices()),
        training=draw(st.builds(Training, epochs=st.integers(1, 9), learning_rate=st.floats(1e-9, 10))),
        protocol=draw(choices()),
        evaluation=draw(st.builds(Evaluation, bootstrap=st.integers(100, 999))),
        phantom=draw(st.one_of(st.none(), choices())),
    )


inputs = st.builds(Input, role=texts, steps=st.lists(choices(), max_size=2).map(tuple))


@given(recipes())
def test_a_recipe_reads_back_from_its_file_as_the_same_recipe(recipe: Recipe) -> None:
    assert parse_recipe(recipe.to_toml()) == recipe


def test_settings_left_out_have_their_defaults() -> None:
    assert tiny_recipe().training.class_weights == "balanced"


def test_the_last_of_two_classes_is_the_positive_one_unless_said() -> None:
    assert Target(column="x", classes=("no", "yes")).positive_class == "yes"
    assert Target(column="x", classes=("no", "yes"), positive="no").positive_class == "no"


def test_options_of_a_choice_are_everything_beside_its_key() -> None:
    assert tiny_recipe().model.options == {"width": 2, "depth": 1, "hidden": 4}


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("targets.0.classes=['a']", "'targets.0.classes' in the recipe is wrong"),
        ("targets.0.classes=['a', 'a']", "a class is listed twice"),
        ("targets.0.classes=['a', '']", "a column or class is empty"),
        ("targets.0.classes=['a', ' b']", "a column or class is empty, has spaces around it"),
        ('targets.0.column="a\\rb"', "or more than one line"),
        ("targets.0.positive=sick", "the positive class 'sick' is not one of the classes"),
        ("training.epochs=0", "greater than or equal to 1 (it says 0)"),
        ("training.epochs=many", "valid integer"),
        ("training.learning_rate=nan", "'training.learning_rate' in the recipe is wrong"),
        ("evaluation.confidence=1", "less than 1"),
        ("seed=-1", "greater than or equal to 0"),
        ("name='Two words'", "'name' in the recipe is wrong"),
        ("name='../../elsewhere'", "'name' in the recipe is wrong"),
        ("version=2", "'version' in the recipe is wrong"),
    ],
)
def test_a_bad_value_is_one_line_that_names_the_field(setting: str, told: str) -> None:
    with pytest.raises(RecipeError) as caught:
        tiny_recipe(setting)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_label_column_can_be_the_target_only_once() -> None:
    values = tomllib.loads(RECIPE)
    values["targets"] *= 2
    text = Recipe.model_validate({**values, "targets": values["targets"][:1]}).to_toml()
    doubled = text + '\n[[targets]]\ncolumn = "diagnosis"\nclasses = ["a", "b"]\n'
    with pytest.raises(RecipeError, match="a label column is the target twice"):
        parse_recipe(doubled)


def test_a_changed_recipe_leaves_the_first_as_it_was() -> None:
    recipe = tiny_recipe()
    with_settings(recipe, ["training.epochs=9"])
    assert recipe.training.epochs == 2
