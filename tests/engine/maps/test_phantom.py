"""The maps of the osteoporosis phantom against the tissues that it was made of."""

import numpy as np
import pytest

from engine.imaging.volume import FrameAxis, Volume
from engine.maps import relaxation_maps
from engine.phantoms.cohorts.osteoporosis_mri import T1_FRAMES, T2_FRAMES, draw_marrow
from engine.phantoms.lumbar.bones import MARROW
from engine.phantoms.lumbar.grid import Grid
from engine.phantoms.lumbar.person import draw_person
from engine.phantoms.lumbar.section import TISSUES, disc_cores, draw_section
from engine.phantoms.relaxation import picture, with_rician_noise


def section(kind, lean=0.5):
    """The clean scan of a patient, the marrow's tissue, and the voxels that hold nothing but marrow."""
    rng = np.random.default_rng(0)
    person, marrow = draw_person(rng), draw_marrow(rng, lean)
    grid = Grid(96, 2)
    drawn = draw_section(person, grid, marrow.grain, rng)
    frames = T2_FRAMES if kind == "echo time" else T1_FRAMES
    clean = picture(drawn.parts, {**TISSUES, **disc_cores(person), MARROW: marrow.tissue}, frames)
    others = sum(part for name, part in drawn.parts.items() if name != MARROW)
    times = [timing.echo if kind == "echo time" else timing.repetition for timing in frames]
    pure = drawn.marrow & (others < 1e-4)
    return Volume(clean.astype(np.float32), grid.affine, FrameAxis(kind, tuple(times))), marrow.tissue, pure


@pytest.mark.parametrize(("kind", "which"), [("echo time", "t2"), ("repetition time", "t1")])
def test_pure_marrow_has_its_time_within_a_hundredth(kind, which):
    volume, tissue, pure = section(kind)
    found = relaxation_maps(volume).time.array[0][pure]
    assert pure.sum() > 50
    assert np.abs(found / getattr(tissue, which) - 1).max() < 0.01


@pytest.mark.parametrize(("kind", "which"), [("echo time", "t2"), ("repetition time", "t1")])
def test_noise_moves_the_median_of_the_marrow_by_less_than_five_percent(kind, which):
    volume, tissue, pure = section(kind)
    noisy = with_rician_noise(np.random.default_rng(1), volume.array, float(volume.array.max()) / 50)
    found = relaxation_maps(volume.with_array(noisy)).time.array[0][pure]
    assert np.nanmedian(found) == pytest.approx(getattr(tissue, which), rel=0.05)
