"""The audit of 100,000 pictures from their files to its findings: time, and how much memory it takes at most."""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from sklearn.metrics import adjusted_rand_score

from engine.cohort import import_as_workspace
from tests.benchmarks.harness import Row, seconds
from tests.helpers.slice_stacks import write_stacks

TITLE = "Audit: 100,000 slices of 104 x 88 of 3,125 nameless patients"
PATIENTS, SLICES, SHAPE, TEST_FROM = 3125, 32, (104, 88), 26
GOAL_S, GOAL_MIB, GOAL_RAND = 1200.0, 2048.0, 0.95


def run() -> list[Row]:
    """The whole command in a process of its own; making and importing the pictures is not counted."""
    with tempfile.TemporaryDirectory(prefix="isocenter-audit-") as folder:
        truth = write_stacks(Path(folder) / "stacks", PATIENTS, SLICES, SHAPE, test_from=TEST_FROM)
        import_as_workspace(Path(folder) / "stacks", Path(folder) / "study")
        command = [sys.executable, "-m", "engine.cli", "audit", str(Path(folder) / "study"), "--json"]
        said = Path(folder) / "said.json"
        with said.open("wb") as stream:
            taken = seconds(lambda: subprocess.run(command, check=True, stdout=stream))
        told = json.loads(said.read_text(encoding="utf-8"))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    groups = {Path(place).name: group for place, group in told["proposed_patients"].items()}
    rand = float(adjusted_rand_score([truth[name] for name in groups], list(groups.values()))) if groups else 0.0
    leaks = sum(one["kind"] == "leak" and one["severity"] == "error" for one in told["findings"])
    alarms = sum(one["kind"] in ("duplicate", "near-duplicate") for one in told["findings"])
    return [
        Row("from the files to the findings", "isocenter", "the goal", taken, GOAL_S, "s", 1.0),
        Row("memory at most", "isocenter", "the goal", peak, GOAL_MIB, "MiB", 1.0),
        Row("likely patients: adjusted Rand index", "isocenter", "the goal", rand, GOAL_RAND, "", 1.0, "more"),
        Row("slices 26-32 in test: called a leak", "isocenter", "the goal", leaks, 1, "findings", 1.0, "more"),
        Row("copies found where there are none, plus one", "isocenter", "the goal", alarms + 1, 1, "", 1.0),
    ]


if __name__ == "__main__":
    for row in run():
        print(row.cells())
