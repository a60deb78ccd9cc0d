import numpy as np
import pytest

from desktop.viewer.doubt import doubt_of
from desktop.viewer.legend import edge_explained, edge_letters, legend
from desktop.viewer.viewing import Viewing
from desktop.viewer.windowing import Window
from engine.imaging import read
from engine.imaging.volume import Facts, Volume
from tests.desktop.viewer.volumes import body


def test_a_volume_with_geometry_leaves_no_doubt() -> None:
    doubt = doubt_of(body())
    assert not doubt.sides
    assert not doubt.sizes


def test_an_array_without_geometry_is_in_doubt_about_sides_and_sizes(tmp_path) -> None:
    path = tmp_path / "scan.npy"
    np.save(path, np.zeros((4, 16, 16), np.int16))
    doubt = doubt_of(read(path))
    assert doubt.sides
    assert doubt.sizes


@pytest.mark.parametrize("form", ["png", "jpeg"])
def test_a_plain_picture_is_always_in_doubt(form: str) -> None:
    doubt = doubt_of(Volume(np.zeros((1, 1, 4, 4)), np.eye(4), facts=Facts(form)))
    assert doubt.sides
    assert doubt.sizes


def test_the_doubt_is_on_the_screen_and_explained() -> None:
    warning = "the file does not say how it lies in the body: left and right are not certain"
    sure = body()
    volume = Volume(sure.array, sure.affine, facts=Facts("nifti", "MR", (warning,)))
    viewing = Viewing.of(volume, Window(50, 100))
    doubt = doubt_of(volume)
    assert edge_letters(viewing, doubt) == ("?", "?", "?", "?")
    assert "left and right are not certain" in edge_explained("?", doubt)
    assert "mm" not in legend(viewing, (), doubt, (1, 2, 3)).bottom_left[-1]


def test_a_letter_explains_itself() -> None:
    assert edge_explained("L", doubt_of(body())) == "Towards the patient's left"
