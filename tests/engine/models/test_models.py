"""The zoo: what a model may be given, and what never changes its answer."""

from collections.abc import Iterable

import pytest
import torch
from torch import Tensor

from engine.errors import ModelError, RecipeError, RegistryError
from engine.models import InputShape, build, models
from engine.models.model import check, parameters
from engine.models.networks.classifier import Batch, Classifier
from engine.recipe import Choice
from tests.helpers.cohorts import tiny_recipe

SIDE = 12
ONE_INPUT = ("inputs={image = {role = 'T1'}}", "model={key = 'simple-3d-cnn', width = 2}")


def relaxation(*settings: str) -> Classifier:
    torch.manual_seed(0)
    shapes = {"t1": InputShape(3, 1, SIDE, SIDE), "t2": InputShape(4, None, SIDE, SIDE)}
    return build(tiny_recipe(*settings), shapes).eval()


def batch(slices: Iterable[int], padded_to: int = 0) -> Batch:
    """Patients of so many T2 slices each, padded to the longest or further."""
    counts = list(slices)
    longest = max([*counts, padded_to])
    inputs = {"t1": torch.zeros(len(counts), 3, 1, SIDE, SIDE), "t2": torch.zeros(len(counts), 4, longest, SIDE, SIDE)}
    masks = {
        "t1": torch.ones(len(counts), 1, dtype=torch.bool),
        "t2": torch.zeros(len(counts), longest, dtype=torch.bool),
    }
    for number, count in enumerate(counts):
        chance = torch.Generator().manual_seed(number)
        inputs["t1"][number] = torch.randn(3, 1, SIDE, SIDE, generator=chance)
        inputs["t2"][number, :, :count] = torch.randn(4, count, SIDE, SIDE, generator=chance)
        masks["t2"][number, :count] = True
    return Batch(inputs, masks)


def logits(model: Classifier, given: Batch) -> Tensor:
    with torch.inference_mode():
        return model(given)["diagnosis"]


def test_the_3d_network_has_about_two_million_weights_as_it_says() -> None:
    assert parameters(Choice(key="simple-3d-cnn")) == pytest.approx(2e6, rel=0.05)


def test_empty_slices_that_fill_a_batch_do_not_change_the_answer() -> None:
    model = relaxation()
    assert torch.allclose(logits(model, batch([2])), logits(model, batch([2], padded_to=9)), atol=1e-6)


def test_who_else_is_in_the_batch_does_not_change_the_answer() -> None:
    model = relaxation()
    assert torch.allclose(logits(model, batch([2])), logits(model, batch([2, 7, 1]))[:1], atol=1e-6)


@pytest.mark.parametrize("slices", [1, 2, 31])
def test_a_scan_may_have_any_number_of_slices(slices: int) -> None:
    assert logits(relaxation(), batch([slices])).isfinite().all()


def test_the_order_of_slices_does_not_matter_to_the_relaxation_network() -> None:
    model, given = relaxation(), batch([5])
    turned = Batch({**given.inputs, "t2": given.inputs["t2"].flip(2)}, given.masks)
    assert torch.allclose(logits(model, given), logits(model, turned), atol=1e-6)


def test_the_order_of_echoes_matters_to_the_relaxation_network() -> None:
    model, given = relaxation(), batch([5])
    turned = Batch({**given.inputs, "t2": given.inputs["t2"].flip(1)}, given.masks)
    assert not torch.allclose(logits(model, given), logits(model, turned), atol=1e-4)


def test_every_target_has_a_head_of_its_own() -> None:
    model = relaxation("targets=[{column='part', classes=['a', 'b', 'c']}, {column='broken', classes=['no', 'yes']}]")
    with torch.inference_mode():
        answers = model(batch([2, 3]))
    assert {target: tuple(answer.shape) for target, answer in answers.items()} == {"part": (2, 3), "broken": (2, 2)}


@pytest.mark.parametrize("width", range(2, 8))
def test_the_3d_network_can_be_as_wide_as_its_options_allow(width: int) -> None:
    recipe = tiny_recipe(*ONE_INPUT, f"model.width={width}")
    model = build(recipe, {"image": InputShape(1, 1, SIDE, SIDE)}).eval()
    given = Batch({"image": torch.ones(1, 1, 1, SIDE, SIDE)}, {"image": torch.ones(1, 1, dtype=torch.bool)})
    assert logits(model, given).isfinite().all()


@pytest.mark.parametrize("depth", [1, 6])
def test_the_relaxation_network_can_learn_from_one_patient_however_deep_it_is(depth: int) -> None:
    answer = relaxation(f"model.depth={depth}").train()(batch([1]))["diagnosis"]
    answer.sum().backward()
    assert answer.isfinite().all()


def test_the_same_seed_gives_the_same_weights() -> None:
    first, second = relaxation().state_dict(), relaxation().state_dict()
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_an_unknown_model_names_the_nearest() -> None:
    with pytest.raises(RegistryError) as caught:
        check(tiny_recipe("model.key=relaxation-cn"))
    assert caught.value.hint == "Did you mean 'relaxation-cnn'?"


def test_an_option_a_model_does_not_have_names_the_nearest() -> None:
    with pytest.raises(RecipeError) as caught:
        check(tiny_recipe("model.widht=3"))
    assert (caught.value.what, caught.value.hint) == (
        "the model 'relaxation-cnn' has no setting 'widht'",
        "Did you mean 'width'?",
    )


def test_a_model_of_one_input_refuses_two() -> None:
    with pytest.raises(ModelError, match="'simple-3d-cnn' takes 1 input, the recipe has 2"):
        check(tiny_recipe("model={key = 'simple-3d-cnn'}"))


def test_a_model_of_one_grid_asks_for_a_resample_where_slices_differ() -> None:
    with pytest.raises(ModelError, match="same number of slices") as caught:
        build(tiny_recipe(*ONE_INPUT), {"image": InputShape(1, None, SIDE, SIDE)})
    assert "resample" in caught.value.hint


@pytest.mark.parametrize("key", models.keys())
def test_every_model_can_be_built_with_its_defaults(key: str) -> None:
    assert parameters(Choice(key=key), classes=5) > 1000
