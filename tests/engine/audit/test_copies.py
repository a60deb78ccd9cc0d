"""Shapes without noise are alike without being copies: only noise tells that two pictures are one."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter

from engine.audit.full_detail import agreement
from tests.engine.audit.conftest import Audited
from tests.helpers.planted import Planted
from tests.helpers.slice_stacks import stack

SIDE = 200
Y, X = np.mgrid[:SIDE, :SIDE]
PHANTOM = 3 * gaussian_filter(np.random.default_rng(0).normal(120, 30, (SIDE, SIDE)), 3) - 240


def smooth_body(chance: np.random.Generator) -> np.ndarray:
    row, column = SIDE / 2 + chance.normal(0, 3, 2)
    rows, columns = 60 + chance.normal(0, 3), 45 + chance.normal(0, 3)
    return np.asarray(180 * np.exp(-((((Y - row) / rows) ** 2 + ((X - column) / columns) ** 2) ** 3)))


def mask(chance: np.random.Generator) -> np.ndarray:
    drawn = Image.new("L", (SIDE, SIDE))
    (row, column), radius = chance.integers(60, 140, 2), chance.integers(20, 50)
    ImageDraw.Draw(drawn).ellipse((column - radius, row - radius, column + radius, row + radius), fill=255)
    return np.array(drawn)


def phantom_with_a_lesion(chance: np.random.Generator) -> np.ndarray:
    row, column = chance.integers(40, 160, 2)
    lesion = 60 * np.exp(-((Y - row) ** 2 + (X - column) ** 2) / 60)
    return np.asarray(PHANTOM + lesion + chance.normal(0, 3, PHANTOM.shape))


@pytest.mark.parametrize("shape", [smooth_body, mask, phantom_with_a_lesion])
def test_shapes_of_different_patients_are_no_copies(
    shape: Callable[[np.random.Generator], np.ndarray], planted: Planted, audited: Audited
) -> None:
    chance = np.random.default_rng(3)
    for name in planted.table:
        planted.save(name, np.clip(shape(chance), 0, 255).astype(np.uint8))
    report = audited(planted.workspace(), "leak", "near-duplicate", "label-clash")
    assert [one.reason for one in report.findings] == []


def test_the_noise_of_a_copy_is_that_of_its_original_and_no_neighbours() -> None:
    slices = stack(3).slices
    for copy in (slices[14][:, ::-1], np.roll(slices[14], 3, axis=0), slices[14][:, 4:], slices[14] // 2):
        assert agreement(slices[14], np.ascontiguousarray(copy)) > 0.9
    assert agreement(slices[14], slices[15]) < 0.2
