"""A whole compressed NIfTI scan into memory, and one slice of a plain one."""

import tempfile
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import SimpleITK

from engine.imaging import inspect, open_scan
from engine.imaging.source import ScanSource
from tests.benchmarks.harness import Row, medians, seconds

TITLE = "NIfTI: 256 x 256 x 256 float32"
SIDE = 256
MIDDLE = SIDE // 2
WHOLE, ONE = 7, 101


def run() -> list[Row]:
    """All peers end with an array of voxels in memory; files lie in the page cache."""
    with tempfile.TemporaryDirectory() as folder:
        packed, plain = Path(folder, "scan.nii.gz"), Path(folder, "scan.nii")
        image = nibabel.Nifti1Image(phantom(), np.diag([1.0, 1.0, 1.2, 1.0]))
        for path in (packed, plain):
            image.to_filename(path)
        work = f"read .nii.gz, {plain.stat().st_size / packed.stat().st_size:.1f} : 1"
        return _whole(packed, work) + _slice(plain)


def phantom() -> np.ndarray:
    """A smooth body with noise in whole numbers, before an empty background: about 4.6 : 1 under gzip."""
    along = np.linspace(-1, 1, SIDE, dtype=np.float32)
    distance = along[:, None, None] ** 2 + along[None, :, None] ** 2 + along[None, None, :] ** 2
    noise = np.random.default_rng(0).normal(0, 12, (SIDE,) * 3).astype(np.float32)
    body = np.round(900 * np.exp(-2 * distance) + noise)
    return np.where(distance < 1.0, body, 0).astype(np.float32)


def proxy(path: Path) -> Any:
    """Nibabel's voxels, not yet read."""
    image: Any = nibabel.load(path)
    return image.dataobj


def _whole(path: Path, work: str) -> list[Row]:
    source = inspect(path).source
    measures = {
        "isocenter": lambda: seconds(lambda: open_scan(source).load()),
        "nibabel": lambda: seconds(lambda: np.asanyarray(proxy(path))),
        "SimpleITK": lambda: seconds(lambda: SimpleITK.ReadImage(str(path))),
    }
    medians(measures, 1)
    return _rows(work, medians(measures, WHOLE), {"nibabel": 0.5, "SimpleITK": None})


def _slice(path: Path) -> list[Row]:
    source: ScanSource = inspect(path).source
    measures = {
        "isocenter": lambda: seconds(lambda: open_scan(source).plane(0, MIDDLE)),
        "nibabel": lambda: seconds(lambda: np.asanyarray(proxy(path)[..., MIDDLE])),
    }
    medians(measures, 5)
    return _rows("open .nii, one slice", medians(measures, ONE), {"nibabel": 1.0})


def _rows(work: str, taken: dict[str, float], goals: dict[str, float | None]) -> list[Row]:
    mine = 1000 * taken["isocenter"]
    return [Row(work, "isocenter", peer, mine, 1000 * taken[peer], "ms", goal) for peer, goal in goals.items()]
