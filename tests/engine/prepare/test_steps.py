"""What each preparation step promises; above all, that a place in the patient stays where it is."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import PrepareError
from engine.imaging import FrameAxis, Volume
from engine.prepare import FittedStep, Step
from engine.prepare.step import steps
from tests.helpers.cohorts import ECHOES

OBLIQUE = np.array([[-1.5, 0.3, 0.2, 40], [0.3, 1.4, -0.1, -25], [0.1, 0.2, 4, 70], [0, 0, 0, 1]], np.float64)


def applied(key: str, volume: Volume, **options: Any) -> Volume:
    step = steps.get(key)
    assert isinstance(step, Step)
    return step.apply(volume, step.options.model_validate(options))


def blob(shape_xyz: tuple[int, int, int], centre: tuple[float, float, float], frames: int = 2) -> Volume:
    """A smooth bright spot around a voxel position (x, y, z)."""
    z, y, x = np.meshgrid(*(np.arange(length) for length in shape_xyz[::-1]), indexing="ij")
    distance = sum(((axis - at) / 2.5) ** 2 for axis, at in zip((x, y, z), centre, strict=True))
    return Volume(np.stack([np.exp(-distance)] * frames).astype(np.float32), OBLIQUE)


def place(volume: Volume) -> np.ndarray:
    """The centre of mass in world millimetres."""
    weights = volume.array[0] / volume.array[0].sum()
    z, y, x = (float((weights * axis).sum()) for axis in np.indices(weights.shape))
    return np.array(volume.to_world((x, y, z)))


@pytest.mark.parametrize(
    ("key", "size"),
    [
        ("resize", (12, 10)),
        ("resize", (60, 70)),
        ("resize", (17, 64)),
        ("crop-or-pad", (24, 23)),
        ("crop-or-pad", (40, 41)),
        ("crop-or-pad", (21, 60)),
        ("resample", (15, 16, 9)),
        ("resample", (45, 48, 30)),
        ("resample", (20, 50, 13)),
    ],
)
def test_a_feature_stays_at_its_place_in_the_patient(key: str, size: tuple[int, ...]) -> None:
    before = blob((32, 33, 20), (15.2, 17.1, 9.6))
    after = applied(key, before, size=size)
    assert after.shape_xyz[: len(size)] == size
    assert np.linalg.norm(place(after) - place(before)) < 0.05 * min(before.spacing)


@given(st.integers(1, 9), st.integers(1, 9))
def test_resizing_keeps_the_value_of_an_even_picture(have: int, wanted: int) -> None:
    volume = Volume(np.full((1, 1, have, have), 7.0, np.float32), np.eye(4))
    assert np.allclose(applied("resize", volume, size=(wanted, wanted)).array, 7)


def test_shrinking_takes_the_mean_of_the_pixels_covered() -> None:
    volume = Volume(np.arange(16, dtype=np.float32).reshape(1, 1, 4, 4), np.eye(4))
    assert applied("resize", volume, size=(2, 2)).array.tolist() == [[[[2.5, 4.5], [10.5, 12.5]]]]


def test_padding_surrounds_with_zeros_and_cropping_takes_them_off_again() -> None:
    volume = blob((6, 5, 3), (3, 2, 1))
    back = applied("crop-or-pad", applied("crop-or-pad", volume, size=(9, 8)), size=(6, 5))
    assert np.array_equal(back.array, volume.array)
    assert np.allclose(back.affine, volume.affine)


def test_resizing_leaves_slices_and_frames_alone() -> None:
    assert applied("resize", blob((8, 8, 3), (4, 4, 1), frames=5), size=(4, 6)).array.shape == (5, 3, 6, 4)


def test_z_score_gives_mean_zero_and_spread_one() -> None:
    after = applied("z-score", blob((9, 9, 3), (4, 4, 1))).array
    assert (after.mean(), after.std()) == (pytest.approx(0, abs=1e-5), pytest.approx(1, abs=1e-5))


def test_z_score_refuses_a_scan_of_one_value() -> None:
    with pytest.raises(PrepareError, match="all its voxels have one value"):
        applied("z-score", Volume(np.full((1, 2, 2, 2), 1e6, np.float32), np.eye(4)))


def echoes(gain: float, first: float = 1.0) -> Volume:
    decay = np.exp(-np.arange(ECHOES) / 3)
    array = gain * first * decay[:, None, None, None] * np.ones((ECHOES, 2, 4, 4))
    return Volume(array, np.eye(4), FrameAxis("echo time", tuple(10.0 * n for n in range(1, ECHOES + 1))))


def test_echo_normalisation_is_free_of_receiver_gain() -> None:
    assert np.allclose(
        applied("echo-normalise", echoes(1.0)).array, applied("echo-normalise", echoes(3000.0)).array, rtol=1e-5
    )


def test_echo_normalisation_leaves_the_decay_and_drops_the_first_echo() -> None:
    after = applied("echo-normalise", echoes(50.0))
    assert np.allclose(after.array[:, 0, 0, 0], np.exp(-np.arange(1, ECHOES) / 3), rtol=1e-5)
    assert after.frame_axis.values == tuple(10.0 * n for n in range(2, ECHOES + 1))


def test_where_the_first_echo_is_noise_the_ratio_is_zero() -> None:
    volume = echoes(100.0)
    volume.array[:, :, 0, 0] = 0.5
    assert not applied("echo-normalise", volume).array[:, :, 0, 0].any()


def test_echo_normalisation_needs_two_echoes() -> None:
    with pytest.raises(PrepareError, match="two frames or more"):
        applied("echo-normalise", blob((4, 4, 2), (1, 1, 1), frames=1))


@given(st.integers(0, 2**31 - 1))
def test_standardise_gives_training_patients_mean_zero_and_spread_one_in_each_frame(seed: int) -> None:
    generator = np.random.default_rng(seed)
    arrays = [generator.normal(50 * f, 1 + f, (1, 2, 5, 5)) for f in range(3)]
    patients = [np.concatenate(arrays) + shift for shift in (0.0, 2.0)]
    step = steps.get("standardise")
    assert isinstance(step, FittedStep)
    state = step.fit(patients, step.options())
    after = np.stack([step.apply(array, state) for array in patients])
    assert np.allclose(after.mean((0, 2, 3, 4)), 0, atol=1e-4)
    assert np.allclose(after.std((0, 2, 3, 4)), 1, atol=1e-4)
