import numpy as np
import pytest

from engine.phantoms.relaxation import Timing, Tissue, picture, signal, with_rician_noise

TISSUE = Tissue(density=0.8, t1=900.0, t2=60.0)


def test_the_signal_decays_with_t2_and_recovers_with_t1():
    late, later = signal(TISSUE, Timing(3000, 30)), signal(TISSUE, Timing(3000, 90))
    assert -60 / np.log(later / late) == pytest.approx(60.0)
    assert signal(TISSUE, Timing(900, 0)) == pytest.approx(0.8 * (1 - np.exp(-1)))


def test_a_voxel_is_the_mixture_of_its_tissues():
    half = np.full((1, 2, 2), 0.5, np.float32)
    mixed = picture({"a": half, "b": half}, {"a": TISSUE, "b": Tissue(0, 1, 1)}, [Timing(1000, 20)])
    assert mixed.shape == (1, 1, 2, 2)
    assert np.allclose(mixed, signal(TISSUE, Timing(1000, 20)) / 2)


def test_noise_is_rayleigh_where_there_is_nothing_and_gaussian_where_there_is_much():
    rng = np.random.default_rng(0)
    empty = with_rician_noise(rng, np.zeros((1, 1, 400, 400), np.float32), 0.1)
    full = with_rician_noise(rng, np.ones((1, 1, 400, 400), np.float32), 0.1)
    assert empty.mean() == pytest.approx(0.1 * np.sqrt(np.pi / 2), rel=0.01)
    assert full.mean() == pytest.approx(1.005, rel=0.002)
    assert full.std() == pytest.approx(0.1, rel=0.02)
