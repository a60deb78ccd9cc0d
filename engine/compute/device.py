"""Which device trains: CUDA before MPS before the CPU, unless the recipe names one."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import TrainingError

if TYPE_CHECKING:
    import torch

_DETERMINISTIC_CUBLAS = ":4096:8"


@dataclass(frozen=True)
class Device:
    """`key` as torch names it, `label` as people do, `threads` as many as the CPU part uses."""

    key: str
    label: str
    threads: int

    @property
    def torch(self) -> "torch.device":
        """The device for torch."""
        import torch

        return torch.device(self.key)


def choose_device(wish: str = "auto") -> Device:
    """The best device there is, or the one wished for; TrainingError where that is not here."""
    key = _best() if wish == "auto" else _wished(wish)
    return Device(key, _label(key), _threads())


def make_repeatable(device: Device) -> None:
    """Set torch up so that the same seed gives the same numbers on the same kind of device."""
    import torch

    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", _DETERMINISTIC_CUBLAS)
    torch.set_num_threads(device.threads)
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.backends.cudnn.benchmark = False


def _best() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda:0"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _wished(wish: str) -> str:
    import torch

    kind, _, number = wish.partition(":")
    here = {"cpu": 1, "cuda": torch.cuda.device_count(), "mps": int(torch.backends.mps.is_available())}
    if kind not in here or (number and not number.isdigit()):
        hint = "Known are: auto, cpu, cuda, cuda:1, mps."
        raise TrainingError(f"'{wish}' is not a device", hint=hint)
    if int(number or 0) >= here[kind]:
        raise TrainingError(
            f"the device '{wish}' is not on this machine",
            hint="Use device = \"auto\", or install the driver and the torch build for it; see 'isocenter doctor'.",
        )
    return f"cuda:{number or 0}" if kind == "cuda" else kind


def _label(key: str) -> str:
    import torch

    if key.startswith("cuda"):
        return str(torch.cuda.get_device_name(key))
    if key == "mps":
        return "Apple GPU"
    return _cpu_name()


def _cpu_name() -> str:
    """The processor's model where the system tells it, its architecture otherwise."""
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, model = line.partition(":")
            if name.strip() == "model name" and model.strip():
                return model.strip()
    return f"{platform.processor() or platform.machine()} CPU"


def _threads() -> int:
    """Physical cores, less one that stays free for the window; the same everywhere, so that results are too."""
    import psutil

    return max(1, min(psutil.cpu_count(logical=False) or 1, len(_usable_cores())) - 1)


def _usable_cores() -> list[int]:
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))
