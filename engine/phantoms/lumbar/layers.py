"""Tissues painted over each other; the fractions of a voxel always add up to at most one."""

import numpy as np

from engine.phantoms.shapes import Field


class Layers:
    """A stack of painted shapes, the last one on top."""

    def __init__(self, shape: tuple[int, int, int]) -> None:
        self._shape = shape
        self._painted: list[tuple[str, Field]] = []

    def paint(self, tissue: str, where: Field) -> None:
        """Cover what lies below with a tissue, by the fraction `where` (0 to 1)."""
        self._painted.append((tissue, where))

    def fractions(self) -> dict[str, Field]:
        """The fraction of each tissue per voxel, (z, y, x)."""
        free = np.ones(self._shape, np.float32)
        found: dict[str, Field] = {}
        for tissue, where in reversed(self._painted):
            found.setdefault(tissue, np.zeros(self._shape, np.float32))
            found[tissue] += free * where
            free *= 1 - where
        return found
