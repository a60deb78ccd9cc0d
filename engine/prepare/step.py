"""The step registry. A step turns a volume into a volume; a fitted step learns from training patients first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from engine.imaging import Volume
from engine.imaging.volume import Array
from engine.registry import Info, Options, Registry


@dataclass(frozen=True)
class Step:
    """`apply` may raise PrepareError; it keeps the affine true to the voxels. `revision` counts its changes."""

    info: Info
    options: type[Options]
    apply: Callable[[Volume, Any], Volume]
    revision: int = 1


@dataclass(frozen=True)
class FittedStep:
    """Learns a JSON-able state from the arrays (frames, z, y, x) of a fold's training patients, and no others.

    It comes after all plain steps, since what it does differs from fold to fold and is not cached.
    """

    info: Info
    options: type[Options]
    fit: Callable[[Iterable[Array], Any], dict[str, Any]]
    apply: Callable[[Array, dict[str, Any]], Array]
    revision: int = 1


steps: Registry[Step | FittedStep] = Registry("preparation step", "engine.prepare.steps")
