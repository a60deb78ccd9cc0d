"""Healthy and osteoporotic patients in multi-echo MRI: the marrow of the spine differs, nothing else.

Osteoporotic marrow holds more fat, so its T2 is longer and its T1 shorter, and fewer trabeculae, so it is
brighter and more uneven. Every random number is drawn without looking at the diagnosis; the diagnosis only
moves the marrow's means, by `effect`. Age and sex follow the diagnosis but leave no trace in the pictures.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import Field as Setting

from engine.control import Control
from engine.files import write_text
from engine.imaging.volume import Facts, FrameAxis, FrameKind, Volume
from engine.phantoms.cohort_folder import NOTE, cut_short, truth_of, write_patient, write_table
from engine.phantoms.lumbar.bones import MARROW
from engine.phantoms.lumbar.grid import Grid
from engine.phantoms.lumbar.person import draw_person
from engine.phantoms.lumbar.section import TISSUES, disc_cores, draw_section, receiver_gain
from engine.phantoms.registry import Phantom, Progress, phantoms
from engine.phantoms.relaxation import Timing, Tissue, picture, with_rician_noise
from engine.registry import Info, Options

HEALTHY, OSTEOPOROTIC = "healthy", "osteoporotic"
T1_FRAMES = tuple(
    Timing(float(repetition), 12.0) for repetition in (100, 200, 350, 500, 750, 1000, 1500, 2200, 3300, 5000)
)
T2_FRAMES = tuple(Timing(3000.0, 25.0 * echo) for echo in range(1, 10))
_COUNTS_AT_FULL_SIGNAL = 2400
_SLICES = (6, 9)
_PICTURES, _COVARIATES, _FAULTS, _ORDER = range(4)


class OsteoporosisOptions(Options):
    """The knobs of the cohort."""

    healthy: int = Setting(12, ge=1, le=2000, title="Healthy patients")
    osteoporotic: int = Setting(21, ge=1, le=2000, title="Osteoporotic patients")
    effect: float = Setting(
        1.0,
        ge=0,
        le=5,
        title="Effect",
        description="How far the classes lie apart; at 0 the labels are noise.",
    )
    matrix: int = Setting(48, ge=16, le=512, title="Matrix", description="Voxels along each side of a slice.")
    noise: float = Setting(
        0.02,
        ge=0,
        le=0.5,
        title="Noise",
        description="Deviation of the Rician noise, as a part of full signal.",
    )
    format: Literal["nifti", "npy"] = Setting("nifti", title="File format")
    broken_files: int = Setting(0, ge=0, title="Broken files", description="Patients whose T2 file is cut short.")
    missing_labels: int = Setting(0, ge=0, title="Missing labels", description="Patients without a diagnosis.")


@dataclass(frozen=True)
class Marrow:
    """What the class acts on: the tissue, and the strength of its grain."""

    tissue: Tissue
    grain: float


def draw_marrow(rng: np.random.Generator, lean: float) -> Marrow:
    """Marrow at random around means that `lean` moves: -1/2 healthy, +1/2 osteoporotic, 0 neither."""
    fat = float(np.clip(rng.normal(0.50, 0.055) + 0.17 * lean, 0.05, 0.95))
    bone = float(np.clip(rng.normal(0.14, 0.022) - 0.03 * lean, 0.03, 0.3))
    tissue = Tissue(density=0.92 * (1 - bone), t1=900 - 650 * fat, t2=40 + 80 * fat)
    return Marrow(tissue, grain=0.05 + 0.7 * max(0.20 - bone, 0))


def make(options: OsteoporosisOptions, folder: Path, seed: int, progress: Progress, control: Control) -> int:
    """Fill `folder`; the number of patients."""
    diagnoses = _diagnoses(options, seed)
    names = [f"OST-{number:04d}" for number in range(1, len(diagnoses) + 1)]
    rows: list[dict[str, object]] = []
    for index, (name, diagnosis) in enumerate(zip(names, diagnoses, strict=True)):
        control.check()
        scans, truth = _scans(options, _chance(seed, _PICTURES, index), _lean(options, diagnosis))
        write_patient(folder, name, scans, truth, options.format)
        covariates = _covariates(_chance(seed, _COVARIATES, index), _lean(options, diagnosis))
        rows.append({"patient": name, "diagnosis": diagnosis, **covariates})
        progress(index + 1, len(names))
    _plant_faults(options, folder, rows, _chance(seed, _FAULTS))
    write_table(folder / "data" / "labels.csv", rows)
    write_text(folder / "SYNTHETIC.txt", NOTE)
    return len(names)


def _plant_faults(
    options: OsteoporosisOptions, folder: Path, rows: list[dict[str, object]], rng: np.random.Generator
) -> None:
    for index in rng.permutation(len(rows))[: options.broken_files]:
        cut_short(folder, str(rows[index]["patient"]), "T2")
    for index in rng.permutation(len(rows))[: options.missing_labels]:
        rows[index]["diagnosis"] = ""


def _chance(seed: int, purpose: int, index: int = 0) -> np.random.Generator:
    """Chance of its own for each purpose and patient, so that no draw can tell of another."""
    return np.random.default_rng([seed, purpose, index])


def _diagnoses(options: OsteoporosisOptions, seed: int) -> list[str]:
    """One per patient, mixed."""
    diagnoses = [HEALTHY] * options.healthy + [OSTEOPOROTIC] * options.osteoporotic
    return [diagnoses[place] for place in _chance(seed, _ORDER).permutation(len(diagnoses))]


def _lean(options: OsteoporosisOptions, diagnosis: str) -> float:
    return options.effect * (0.5 if diagnosis == OSTEOPOROTIC else -0.5)


def _scans(
    options: OsteoporosisOptions, rng: np.random.Generator, lean: float
) -> tuple[dict[str, Volume], dict[str, Volume]]:
    """The scans and truth masks of a patient by role."""
    person, marrow = draw_person(rng), draw_marrow(rng, lean)
    tissues = {**TISSUES, **disc_cores(person), MARROW: marrow.tissue}
    scans, truth = {}, {}
    for role, slices, frames, axis in (
        ("T1", 1, T1_FRAMES, _axis("repetition time", T1_FRAMES)),
        ("T2", int(rng.integers(_SLICES[0], _SLICES[1] + 1)), T2_FRAMES, _axis("echo time", T2_FRAMES)),
    ):
        grid = Grid(options.matrix, slices)
        section = draw_section(person, grid, marrow.grain, rng)
        clean = picture(section.parts, tissues, frames) * receiver_gain(person, grid, rng)
        noisy = with_rician_noise(rng, clean, options.noise)
        stored = np.clip(np.rint(noisy * _COUNTS_AT_FULL_SIGNAL), 0, 32767).astype(np.int16)
        scans[role] = Volume(stored, grid.affine, axis, Facts("phantom", "MR"))
        truth[role] = truth_of(scans[role], section.marrow)
    return scans, truth


def _axis(kind: FrameKind, frames: tuple[Timing, ...]) -> FrameAxis:
    times = (timing.repetition if kind == "repetition time" else timing.echo for timing in frames)
    return FrameAxis(kind, tuple(times))


def _covariates(rng: np.random.Generator, lean: float) -> dict[str, object]:
    age = int(np.clip(round(rng.normal(66, 8) + 6 * lean), 45, 92))
    return {"age": age, "sex": "F" if rng.random() < np.clip(0.65 + 0.2 * lean, 0, 1) else "M"}


phantoms.register(
    Phantom(
        Info(
            "osteoporosis-mri",
            "Osteoporosis in multi-echo MRI",
            "Lumbar spines with T1 recovery over ten repetition times and T2 decay over nine echo times.",
        ),
        OsteoporosisOptions,
        make,
    )
)
