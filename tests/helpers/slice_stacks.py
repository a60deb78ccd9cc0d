"""Heads in axial slices whose patients are known to the test only: neighbouring slices of one head are alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter, zoom

ROWS, COLUMNS = 208, 176
_FINE, _COARSE = 4, 16


@dataclass(frozen=True)
class Stack:
    """The slices of one patient as (z, y, x) grey levels."""

    patient: int
    slices: np.ndarray


def stack(
    patient: int,
    slices: int = 32,
    shape: tuple[int, int] = (ROWS, COLUMNS),
    noise: float = 0.03,
    individual: float = 1.0,
    seed: int = 0,
) -> Stack:
    """A head: outline, skull, folds and ventricles change slowly with height, and differ from head to head.

    All heads are cut at about the same heights; `individual` scales how far heads differ. Noise is drawn anew in every
    slice.
    """
    rng = np.random.default_rng([seed, patient])
    z = (np.arange(slices) + rng.uniform(-2, 2) * individual) / slices
    y, x = (np.linspace(-1.15, 1.15, count, dtype=np.float32) for count in shape)
    y, x = np.meshgrid(y, x, indexing="ij")
    body = np.stack([_slice(rng_of, y, x) for rng_of in _heights(rng, z, individual)])
    folds = _cloud(rng, slices, shape, _FINE, along=2.0) * 0.10 + _cloud(rng, slices, shape, _COARSE, along=5.0) * 0.07
    bias = 1 + 0.06 * individual * (rng.normal() * x + rng.normal() * y)
    brain = body[..., 0] * bias + body[..., 1] * folds * individual**0.5
    grey = np.clip(brain, 0, None) * (1 + 0.08 * individual * rng.normal())
    noisy = np.hypot(grey + noise * _grain(rng, grey), noise * _grain(rng, grey))
    return Stack(patient, np.clip(noisy * 170, 0, 255).astype(np.uint8))


def write_stacks(
    folder: Path,
    patients: int,
    slices: int = 32,
    shape: tuple[int, int] = (ROWS, COLUMNS),
    *,
    classes: Sequence[str] = ("healthy", "demented"),
    test_from: int | None = None,
    ending: str = ".png",
    noise: float = 0.03,
    individual: float = 1.0,
    seed: int = 0,
) -> dict[str, int]:
    """One picture per slice in a folder per class, without a patient's name; returns the patient of each file name.

    With `test_from`, slices from that number (counted from 1) on lie below `test`, the others below `train`.
    """
    truth: dict[str, int] = {}
    order = np.random.default_rng([seed, 10**6]).permutation(patients * slices)
    for patient in range(patients):
        made = stack(patient, slices, shape, noise, individual, seed)
        for height, picture in enumerate(made.slices):
            name = f"{order[patient * slices + height]:06d}{ending}"
            part = "" if test_from is None else "test" if height + 1 >= test_from else "train"
            place = folder / part / classes[patient % len(classes)] / name
            place.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(picture).save(place, compress_level=1)
            truth[name] = patient
    return truth


def _heights(rng: np.random.Generator, z: np.ndarray, individual: float) -> list[dict[str, float]]:
    person = {
        "across": 0.72 + 0.035 * individual * rng.normal(),
        "along": 0.90 + 0.035 * individual * rng.normal(),
        "skull": 0.07 + 0.012 * individual * rng.normal(),
        "ventricle": 0.16 + 0.04 * individual * rng.normal(),
        "turn": 0.05 * individual * rng.normal(),
        "left": 0.03 * individual * rng.normal(),
        "front": 0.03 * individual * rng.normal(),
    }
    return [{**person, "z": float(height)} for height in z]


def _slice(head: dict[str, float], y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Grey level, and how much of a pixel is brain."""
    z, turn = head["z"], head["turn"]
    across, along = x - head["left"], y - head["front"]
    across, along = across * np.cos(turn) + along * np.sin(turn), along * np.cos(turn) - across * np.sin(turn)
    size = np.sqrt(max(1 - 0.55 * (z - 0.35) ** 2 * 2, 0.1))
    reach = np.hypot(across / (head["across"] * size), along / (head["along"] * size))
    brain, scalp = (
        _inside(reach, 1 - head["skull"] * 1.6),
        _inside(reach, 1.08) - _inside(reach, 1 + head["skull"] * 0.3),
    )
    open_at = np.exp(-(((z - 0.45) / 0.22) ** 2))
    hole = np.hypot((np.abs(across) - 0.10) / (0.4 * head["ventricle"]), (along + 0.05) / (1.9 * head["ventricle"]))
    fluid = _inside(hole, 1) * open_at
    return np.stack([0.62 * brain * (1 - 0.75 * fluid) + 0.85 * scalp, brain * (1 - fluid)], axis=-1)


def _grain(rng: np.random.Generator, grey: np.ndarray) -> np.ndarray:
    return rng.standard_normal(grey.shape, np.float32)


def _inside(reach: np.ndarray, border: float) -> np.ndarray:
    return 1 / (1 + np.exp(np.clip((reach - border) * 60, -50, 50)))


def _cloud(rng: np.random.Generator, slices: int, shape: tuple[int, int], grain: int, along: float) -> np.ndarray:
    """A smooth random field of deviation 1, drawn coarsely and stretched."""
    small = (slices, shape[0] // grain + 2, shape[1] // grain + 2)
    field = gaussian_filter(rng.standard_normal(small, np.float32), (along, 1.0, 1.0), mode="nearest")
    factors = (1, shape[0] / small[1], shape[1] / small[2])
    return np.asarray(zoom(field / field.std(axis=(1, 2), keepdims=True), factors, order=1)[:, : shape[0], : shape[1]])
