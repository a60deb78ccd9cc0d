"""A check of every part of the installation, each on something small and real."""

import importlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from engine.errors import IsocenterError

_PACKAGES = (
    "torch", "numpy", "scipy", "nibabel", "pydicom", "pillow", "SimpleITK", "isal", "scikit-learn", "pydantic",
    "safetensors",
)  # fmt: skip
_MODULES = {"scikit-learn": "sklearn", "pillow": "PIL"}
_FREE_GIB = 2.0
_PROBE_S = 60


@dataclass(frozen=True)
class Check:
    """One part: good, worth a note, or bad (broken)."""

    name: str
    state: Literal["good", "note", "bad"]
    told: str

    def as_json(self) -> dict[str, str]:
        """The check as plain data."""
        return asdict(self)


def examine(quick: bool = False) -> list[Check]:
    """All checks, none of which raises."""
    checks = [_python(), *(_package(name) for name in _PACKAGES), _guarded("device", _device)]
    checks += [_guarded("readers", _readers), _guarded("DICOM", _dicom), _guarded("disk", _disk)]
    if not quick:
        checks += [_guarded("training", _training), _opengl()]
    return checks


def _guarded(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except IsocenterError as failure:
        return Check(name, "bad", f"{failure}. {failure.hint}")
    except Exception as failure:
        return Check(name, "bad", f"{type(failure).__name__}: {failure}")


def _python() -> Check:
    told = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return Check("python", "good" if sys.version_info >= (3, 11) else "bad", told)


def _package(name: str) -> Check:
    try:
        importlib.import_module(_MODULES.get(name, name))
        return Check(name, "good", version(name))
    except Exception as failure:
        return Check(name, "bad", f"cannot be imported: {failure}")


def _device() -> Check:
    from engine.compute.device import choose_device

    device = choose_device()
    told = f"{device.label}, {device.threads} thread{'' if device.threads == 1 else 's'}"
    if device.key == "cpu":
        return Check("device", "note", f"{told}; no GPU was found, training runs on the CPU")
    return Check("device", "good", f"{told} ({device.key})")


def _readers() -> Check:
    """Write a small volume in each format, and read the same voxels back."""
    import numpy as np

    from engine.imaging import Volume, read
    from engine.imaging.writer import write_nifti, write_npy

    volume = Volume(np.arange(24, dtype=np.int16).reshape(1, 2, 3, 4), np.diag([2.0, 2.0, 3.0, 1.0]))
    with tempfile.TemporaryDirectory() as folder:
        for name, write in (("a.nii", write_nifti), ("a.nii.gz", write_nifti), ("b.npy", write_npy)):
            write(volume, Path(folder) / name)
            if not np.array_equal(np.asarray(read(Path(folder) / name).array), volume.array):
                return Check("readers", "bad", f"{name} did not read back as written")
    return Check("readers", "good", "NIfTI and NumPy files read back as written")


def _dicom() -> Check:
    """Which compressed pixels a plug-in can decode."""
    from pydicom import uid
    from pydicom.pixels.decoders.base import get_decoder

    syntaxes = [*uid.JPEGTransferSyntaxes, *uid.JPEGLSTransferSyntaxes, uid.RLELossless]
    syntaxes += [uid.JPEG2000Lossless, uid.JPEG2000, uid.HTJ2KLossless, uid.HTJ2K]
    lacking = [syntax.name for syntax in syntaxes if not get_decoder(syntax).is_available]
    if lacking:
        return Check("DICOM", "note", f"no plug-in decodes {', '.join(lacking)}")
    return Check("DICOM", "good", "JPEG, JPEG-LS, JPEG 2000 (also high-throughput) and RLE pixels can be decoded")


def _disk() -> Check:
    free = shutil.disk_usage(Path.home()).free / 2**30
    return Check("disk", "good" if free >= _FREE_GIB else "note", f"{free:.1f} GiB free in the home folder")


def _training() -> Check:
    """One real step of the smallest model."""
    import torch

    from engine.compute.device import choose_device
    from engine.models.networks.classifier import Batch
    from engine.models.networks.relaxation_cnn import RelaxationCNN

    device = choose_device().torch
    model = RelaxationCNN({"t2": 4}, {"target": 2}, 4, 2, 8, 0.0).to(device)
    batch = Batch(
        {"t2": torch.randn(2, 4, 2, 16, 16, device=device)},
        {"t2": torch.ones(2, 2, dtype=torch.bool, device=device)},
    )
    loss = torch.nn.functional.cross_entropy(model(batch)["target"], torch.tensor([0, 1], device=device))
    loss.backward()  # type: ignore[no-untyped-call]
    return Check("training", "good", f"one step of a small network ran on {device}")


def _opengl() -> Check:
    """Asked of a process of its own, since a broken driver may take its process down."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return Check("OpenGL", "note", "no display here: the window cannot open, the command line can be used")
    command = [sys.executable, "-m", "desktop.opengl_probe"]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, timeout=_PROBE_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as failure:
        return Check("OpenGL", "note", f"could not be asked: {type(failure).__name__}; volumes may not be drawn")
    if asked.returncode != 0:
        return Check("OpenGL", "note", "not available: slices are shown, volumes may not be")
    return Check("OpenGL", "good", asked.stdout.strip())
