"""A disk that fills up in the middle of a run: a real one, made of memory, which then gets larger."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.cohorts import make_workspace, write_source

FILL = """
import subprocess, sys
from pathlib import Path
from engine.compute import execute
from engine.control import Control
from engine.errors import StorageError
from engine.runs import read_events
from tests.helpers.cohorts import make_run

workspace = Path(sys.argv[1])
execute(workspace, make_run(workspace), Control(), lambda event: None)  # fills the cache and imports everything
runs = workspace / "runs"
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", runs], check=True)
run = make_run(workspace, "protocol={key = 'jackknife'}")
try:
    execute(workspace, run, Control(), lambda event: None)
    print("it fitted")
except StorageError as failure:
    print(failure.what, "|", failure.hint)
print(run.state().resumable, len(run.events()) > 3)
subprocess.run(["mount", "-o", "remount,size=9m", runs], check=True)
execute(workspace, run, Control(), lambda event: None)
print(run.state(), len(run.predictions()))
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs user namespaces")
def test_a_run_that_filled_the_disk_says_so_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    alone = ["unshare", "--map-root-user", "--mount"]
    if subprocess.run([*alone, "mount", "-t", "tmpfs", "tmpfs", tmp_path], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let users mount")
    workspace = make_workspace(tmp_path / "study", write_source(tmp_path / "scans", 4))
    told = [*alone, sys.executable, "-c", FILL, str(workspace)]
    done = subprocess.run(told, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [
        "the disk is full | Free some space, then resume: nothing is lost.",
        "True True",
        "finished 4",
    ], done.stderr
