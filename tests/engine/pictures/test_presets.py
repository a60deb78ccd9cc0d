import numpy as np
import pytest

from engine.imaging.volume import Facts, Volume
from engine.pictures.presets import HOUNSFIELD, Preset, presets
from engine.pictures.window import Window

SAMPLE = np.arange(1001.0)


def offered(modality: str, sample: np.ndarray = SAMPLE, unit: str = "") -> dict[str, Window]:
    volume = Volume(np.zeros((1, 1, 2, 2)), np.eye(4), facts=Facts("dicom", modality, unit=unit))
    return {preset.name: preset.window for preset in presets(volume, sample)}


def test_only_ct_is_offered_windows_in_hounsfield_units() -> None:
    names = {preset.name for preset in HOUNSFIELD}
    assert names <= offered("CT").keys()
    for modality in ("MR", "CR", "PT", "NM", "US", ""):
        assert not (names - {"Bone", "Soft tissue"}) & offered(modality).keys()


@pytest.mark.parametrize(
    ("name", "level", "width"),
    [("Brain", 40, 80), ("Lung", -600, 1500), ("Soft tissue", 50, 400), ("Liver", 30, 150), ("Bone", 400, 1800)],
)
def test_ct_windows_are_those_usually_published(name: str, level: float, width: float) -> None:
    assert offered("CT")[name] == Window(level, width)


def test_of_mr_soft_is_flatter_and_bright_is_brighter_than_automatic() -> None:
    found = offered("MR")
    assert found["Soft"].width > found["Automatic"].width > found["Bright"].width
    assert found["Bright"].high < found["Automatic"].high


def test_of_x_rays_bone_lies_in_the_brighter_values_and_soft_tissue_below_them() -> None:
    for modality in ("CR", "DX", "MG"):
        found = offered(modality)
        assert found["Bone"].level > found["Full range"].level > found["Soft tissue"].level


def test_tracers_are_shown_from_nothing_on_and_by_suv_only_where_that_is_the_unit() -> None:
    assert offered("NM")["From 0 to 99 %"] == Window.between(0, 990)
    assert offered("PT", unit="BQML")["From 0 to 99 %"].low == 0
    assert offered("PT", unit="GML")["SUV 0 to 5"] == Window(2.5, 5)
    assert "From 0 to 99 %" not in offered("PT", unit="GML")


@pytest.mark.parametrize("modality", ["CT", "MR", "DX", "PT", "NM", ""])
@pytest.mark.parametrize("sample", [np.zeros(0), np.zeros(9), np.array([-1e300, 1e300]), np.array([1e-30, 2e-30])])
def test_no_values_make_a_window_without_width(modality: str, sample: np.ndarray) -> None:
    assert all(window.width > 0 and np.isfinite(window.level) for window in offered(modality, sample).values())


def test_an_automatic_window_that_is_known_is_not_looked_for_again() -> None:
    volume = Volume(np.zeros((1, 1, 2, 2)), np.eye(4))
    assert presets(volume, SAMPLE, Window(7, 3))[0] == Preset("Automatic", Window(7, 3))
