from dataclasses import replace

import numpy as np
import pytest

from engine.imaging import read
from engine.imaging.doubt import Doubt, Kind
from engine.imaging.volume import Facts, Volume
from engine.pictures.doubt import Unsure, unsure_of
from engine.pictures.legend import edge_explained, edge_letters, legend
from engine.pictures.planes import plane_through
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.helpers.volumes import body


def test_a_volume_with_geometry_leaves_no_doubt() -> None:
    unsure = unsure_of(body())
    assert not unsure.sides
    assert not unsure.sizes


def test_an_array_without_geometry_is_in_doubt_about_sides_and_sizes(tmp_path) -> None:
    path = tmp_path / "scan.npy"
    np.save(path, np.zeros((4, 16, 16), np.int16))
    unsure = unsure_of(read(path))
    assert unsure.sides
    assert unsure.sizes


@pytest.mark.parametrize(("kind", "sides", "sizes"), [("orientation", True, False), ("size", False, True)])
def test_a_doubt_counts_by_its_kind(kind: Kind, sides: bool, sizes: bool) -> None:
    unsure = unsure_of(doubted(Doubt(kind, "something is odd")))
    assert (bool(unsure.sides), bool(unsure.sizes)) == (sides, sizes)


def test_what_is_only_noted_is_trusted() -> None:
    assert unsure_of(doubted(Doubt("size", "its sizes were converted", "note"))) == Unsure()


def test_a_grid_that_leads_nowhere_has_no_sides() -> None:
    assert unsure_of(Volume(np.zeros((1, 2, 2, 2)), np.diag([0.0, 1, 1, 1]))).sides


def test_the_doubt_is_on_the_screen_and_explained() -> None:
    volume = doubted(Doubt("orientation", "left and right are not certain"))
    viewing, unsure = Viewing.of(volume, Window(50, 100)), unsure_of(volume)
    assert edge_letters(viewing, unsure) == ("?", "?", "?", "?")
    assert "Left and right are not certain." in edge_explained("?", unsure)
    assert "mm" not in legend(viewing, (), unsure, (1, 2, 3)).bottom_left[-1]


def test_a_letter_explains_itself() -> None:
    assert edge_explained("L", unsure_of(body())) == "Towards the patient's left"


def doubted(*doubts: Doubt) -> Volume:
    return replace(body(), facts=Facts("nifti", "MR", doubts))


@pytest.mark.parametrize(("kind", "within"), [("size", True), ("thickness", False)])
def test_an_unknown_thickness_is_no_doubt_within_a_stored_slice(kind: Kind, within: bool) -> None:
    volume = doubted(Doubt(kind, "something is not given"))
    unsure, (stored, *others) = unsure_of(volume), [plane_through(volume, axis) for axis in (2, 1, 0)]
    assert unsure.sizes
    assert bool(unsure.in_plane(stored)) is within
    assert all(unsure.in_plane(plane) for plane in others)
