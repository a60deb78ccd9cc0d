"""What all benchmarks share: rows, medians of alternating repeats, the table, the machine they ran on."""

import importlib.metadata
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HEADINGS = ("work", "ours", "", "peer", "", "unit", "ratio", "goal")


@dataclass(frozen=True)
class Row:
    """One piece of work done by us and by a peer: `ours` and `peer` say who, the values are in `unit`."""

    work: str
    ours: str
    peer: str
    ours_value: float
    peer_value: float
    unit: str
    goal_ratio: float | None = None
    better: Literal["less", "more"] = "less"

    @property
    def ratio(self) -> float:
        """Our cost in units of the peer's: below 1 we are ahead, whichever direction is better."""
        above, below = (self.ours_value, self.peer_value)[:: 1 if self.better == "less" else -1]
        return above / below if below else float("inf")

    @property
    def verdict(self) -> str:
        if self.goal_ratio is None:
            return ""
        return f"{'met' if self.ratio <= self.goal_ratio else 'NOT met'} (at most {self.goal_ratio:g})"

    def cells(self) -> tuple[str, ...]:
        ours, peer = (f"{value:.4g}" for value in (self.ours_value, self.peer_value))
        return (self.work, self.ours, ours, self.peer, peer, self.unit, f"{self.ratio:.2f}", self.verdict)


def table(rows: Sequence[Row]) -> str:
    """The rows, aligned."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def medians(measures: Mapping[str, Callable[[], float]], repeats: int) -> dict[str, float]:
    """The median of each measure; taken in turns, so that a slow minute of the machine hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(repeats):
        for name, measure in measures.items():
            taken[name].append(measure())
    return {name: statistics.median(values) for name, values in taken.items()}


def machine() -> dict[str, str]:
    """Where the figures come from: absolute ones do not travel, ratios do."""
    return {
        "cores": str(os.cpu_count()),
        "cpu": processor(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "torch": importlib.metadata.version("torch"),
        "PySide6": importlib.metadata.version("PySide6-Essentials"),
    }


def processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
