"""The audit of 100,000 pictures from their files to its findings: time, and how much memory it takes at most."""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from engine.cohort import import_as_workspace
from tests.benchmarks.harness import Row, seconds
from tests.helpers.slice_stacks import write_stacks

TITLE = "Audit: 100,000 slices of 104 x 88 of 3,125 nameless patients"
PATIENTS, SLICES, SHAPE, TEST_FROM = 3125, 32, (104, 88), 26
GOAL_S, GOAL_MIB = 1200.0, 2048.0


def run() -> list[Row]:
    """The whole command in a process of its own; making and importing the pictures is not counted."""
    with tempfile.TemporaryDirectory(prefix="isocenter-audit-") as folder:
        write_stacks(Path(folder) / "stacks", PATIENTS, SLICES, SHAPE, test_from=TEST_FROM)
        import_as_workspace(Path(folder) / "stacks", Path(folder) / "study")
        command = [sys.executable, "-m", "engine.cli", "audit", str(Path(folder) / "study"), "--json"]
        taken = seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        Row("from the files to the findings", "isocenter", "the goal", taken, GOAL_S, "s", 1.0),
        Row("memory at most", "isocenter", "the goal", peak, GOAL_MIB, "MiB", 1.0),
    ]


if __name__ == "__main__":
    for row in run():
        print(row.cells())
