"""The audit: its time, how much of what was planted it finds, and how often it is wrong about clean cohorts."""

import tempfile
from pathlib import Path

from sklearn.metrics import adjusted_rand_score

from engine.audit import AuditReport, audit
from engine.cohort import Workspace, import_as_workspace
from tests.benchmarks.harness import Row, seconds
from tests.helpers.faults import recall
from tests.helpers.planted import Planted
from tests.helpers.slice_stacks import write_stacks

TITLE = "Audit: 6,400 slices of 176 x 208 of 200 nameless patients, and cohorts with planted faults"
PATIENTS, SLICES, TEST_FROM = 200, 32, 26
GOAL_S, GOAL_RAND, CLEAN = 60.0, 0.95, 5


def run() -> list[Row]:
    """Each figure beside the goal of the project."""
    with tempfile.TemporaryDirectory(prefix="isocenter-audit-") as folder:
        return [*_stacks(Path(folder)), *_planted(Path(folder))]


def _stacks(folder: Path) -> list[Row]:
    truth = write_stacks(folder / "stacks", PATIENTS, SLICES, test_from=TEST_FROM)
    import_as_workspace(folder / "stacks", folder / "study")
    workspace, reports = Workspace.peek(folder / "study"), list[AuditReport]()
    first, again = (seconds(lambda: reports.append(audit(workspace))) for _ in range(2))
    groups = {scan.path.name: group for scan, group in reports[0].proposed}
    rand = float(adjusted_rand_score([truth[name] for name in groups], list(groups.values()))) if groups else 0.0
    leaks = sum(one.kind == "leak" and one.severity == "error" for one in reports[0].findings)
    return [
        Row("first audit", "isocenter", "the goal", first, GOAL_S, "s", 1.0),
        Row("second audit, signatures kept", "isocenter", "the goal", again, GOAL_S, "s", 1.0),
        Row("likely patients: adjusted Rand index", "isocenter", "the goal", rand, GOAL_RAND, "", 1.0, "more"),
        Row("slices 26-32 in test: called a leak", "isocenter", "the goal", leaks, 1, "findings", 1.0, "more"),
    ]


def _planted(folder: Path) -> list[Row]:
    found, planted = recall(folder / "faulty")
    alarms = sum(_alarms(folder / f"clean {number}", seed=number) for number in range(CLEAN))
    return [
        Row("planted faults found", "isocenter", "planted", found, planted, "faults", 1.0, "more"),
        Row(f"errors in {CLEAN} clean cohorts, plus one", "isocenter", "the goal", alarms + 1, 1, "", 1.0),
    ]


def _alarms(folder: Path, seed: int) -> int:
    return audit(Workspace.peek(Planted(folder, seed=seed).workspace())).count("error")


if __name__ == "__main__":
    for row in run():
        print(row.cells())
