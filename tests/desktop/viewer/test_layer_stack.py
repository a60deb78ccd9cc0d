from dataclasses import replace

from desktop.viewer.layer_stack import LayerStack
from engine.pictures.layer import Layer, Region
from engine.pictures.overlay import Overlay
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.helpers.volumes import body


def layer(key: str) -> Layer:
    return Layer(key, key, "scan", Overlay(body(), 0, 1))


def test_a_compared_scan_lies_below_maps_and_masks_whoever_came_first() -> None:
    stack = LayerStack()
    stack.put("layers", (layer("map"), layer("mask")))
    stack.put("compare", (layer("other"),))
    assert [each.key for each in stack.all] == ["other", "map", "mask"]


def test_taking_one_away_leaves_what_others_have_laid() -> None:
    stack = LayerStack()
    stack.put("compare", (layer("other"),))
    stack.put("layers", (layer("map"),))
    stack.put("compare", ())
    assert [each.key for each in stack.all] == ["map"]


def test_a_viewing_kept_from_before_gets_the_layers_of_now() -> None:
    stack, viewing = LayerStack(), Viewing.of(body(), Window(500, 1000))
    kept = replace(viewing, layers=(layer("gone"),))
    assert stack.laid_over(kept) is kept
    stack.put("layers", (layer("map"),))
    assert [each.key for each in stack.laid_over(kept).layers] == ["map"]
    stack.put("layers", ())
    assert stack.laid_over(kept).layers == ()


def test_nothing_is_kept_once_it_is_cleared() -> None:
    stack = LayerStack()
    stack.put("layers", (layer("map"),))
    stack.clear()
    assert stack.all == ()


def test_a_compared_scan_lies_over_maps_and_masks_where_it_takes_the_place_of_the_other() -> None:
    stack = LayerStack()
    stack.put("layers", (layer("map"), layer("mask")))
    stack.put("compare", (replace(layer("other"), region=Region("swipe")),))
    assert [each.key for each in stack.all] == ["map", "mask", "other"]
