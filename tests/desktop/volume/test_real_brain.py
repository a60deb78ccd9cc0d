"""One brain as stored in all 48 axis orders and flips."""

from pathlib import Path

import numpy as np
import pytest

from desktop.volume.presets import first_look
from engine.imaging import inspect
from engine.imaging.reader import open_scan
from engine.pictures.window import auto_window, sampled
from tests.desktop.volume.phantoms import OBLIQUE, colours, scene


@pytest.mark.parametrize("mode", ["mip", "composite"])
def test_a_brain_looks_the_same_however_it_is_stored(shared_data: Path, draw, mode) -> None:
    files = sorted((shared_data / "niftispace").glob("*.nii.gz"))
    volumes = [open_scan(inspect(file).source).load() for file in files[::6]]
    look = first_look("MR", auto_window(sampled(volumes[0].array)))
    first, *others = (colours(draw(scene(volume, OBLIQUE, mode, look), (120, 120))) for volume in volumes)
    assert first.max() > 100
    assert max(float(np.abs(picture - first).mean()) for picture in others) < 1.5 * draw.slack
