"""A kill while patients are divided anew leaves a workspace that opens, with every division that was acknowledged."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cohort import Workspace
from engine.cohort.dividing.division import verify
from engine.cohort.dividing.saved_divisions import saved_divisions

DIVIDING = """
import itertools, sys
from pathlib import Path
from engine.cohort import Workspace
from engine.cohort.dividing.division import Subjects, divide
from engine.cohort.dividing.saved_divisions import Division
from engine.cohort.edits import DropDivision, GiveBack, PutDivision, SetAside
from engine.recipe import Choice

choice = Choice.model_validate({"key": "repeated-k-fold", "folds": 2, "repeats": 20})
with Workspace.open(Path(sys.argv[1])) as study:
    for seed in itertools.count(1):
        aside = f"P-{seed % 8 + 1:03d}"
        study.store.edit(GiveBack(), SetAside((aside,)))
        who = Subjects.of(study.cohort(), ["diagnosis"], study.path)
        folds = tuple(divide(choice, who, seed))
        named = [Division.of(name, choice, seed, folds, who) for name in ("main", f"seed {seed}")]
        study.store.edit(*map(PutDivision, named))
        if seed % 5 == 0:
            study.store.edit(DropDivision(f"seed {seed}"))
        print(seed, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("after", [1, 5, 14])
def test_a_kill_while_dividing_anew_loses_no_division_that_was_acknowledged(workspace: Path, after: int) -> None:
    acknowledged = 0
    with subprocess.Popen(
        [sys.executable, "-c", DIVIDING, str(workspace)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for _ in range(after):
            acknowledged = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
    with Workspace.open(workspace) as again:
        found = {one.name: one for one in saved_divisions(workspace)}
        kept = {f"seed {seed}" for seed in range(1, acknowledged + 1) if seed % 5}
        assert kept <= set(found)
        newest = found["main"]
        assert newest.seed >= acknowledged
        twin = found.get(f"seed {newest.seed}")
        assert twin is not None or newest.seed % 5 == 0
        assert twin is None or twin.folds == newest.folds
        for one in found.values():
            verify(one.folds, one.patients)
        assert len(again.cohort().vault) == 1
        assert again.store.undo() is not None
