"""Whatever a guarded task does, the program lives on and hears of it as a ReadError of that one file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import ReadError, RegistryError
from engine.imaging.guard import guarded
from tests.engine.imaging import misbehaving

FILE = Path("scan.dcm")
REPOSITORY = Path(__file__).resolve().parents[3]
OUTSIDE = """
from pathlib import Path
from engine.imaging.guard import guarded
from tests.engine.imaging.misbehaving import doubled
print("begun")
print(guarded(doubled, Path("a"), {"size": 3})[1][0].tolist())
"""


def test_a_guarded_task_works_in_another_process_and_gives_back_its_arrays():
    head, (values, empty) = guarded(misbehaving.doubled, FILE, {"size": 1000})
    assert head["process"] != os.getpid()
    assert values.tolist() == list(range(1000))
    assert (empty.shape, empty.dtype.str) == ((0, 3), "<f4")


def test_the_process_is_kept_for_the_next_task():
    first, second = (guarded(misbehaving.doubled, FILE, {"size": 1})[0]["process"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("task", "limits", "said"),
    [
        (misbehaving.crash, {}, "decoder crashed"),
        (misbehaving.hang, {"seconds": 0.2}, "did not finish within 0.2 seconds"),
        (misbehaving.stumble, {}, "damaged: it has no end"),
        (misbehaving.doubled, {"most": 10, "size": 1000}, "decoder crashed"),
    ],
)
def test_a_failing_task_is_a_read_error_of_its_file_and_the_next_one_works(task, limits, said):
    arguments = {"size": limits.pop("size")} if "size" in limits else {}
    with pytest.raises(ReadError, match=said) as failure:
        guarded(task, FILE, arguments, **limits)
    assert failure.value.path == FILE
    assert failure.value.hint
    assert guarded(misbehaving.doubled, FILE, {"size": 1})[0]["name"] == "scan.dcm"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no memory limit on this system")
def test_a_task_that_wants_too_much_memory_is_refused_it():
    with pytest.raises(ReadError, match="does not fit in memory"):
        guarded(misbehaving.gorge, FILE, memory=1 << 28)


def test_what_a_decoder_prints_stays_out_of_our_output(capfd):
    guarded(misbehaving.chatter, FILE)
    assert capfd.readouterr() == ("", "")


def test_only_registered_functions_are_tasks():
    with pytest.raises(RegistryError, match="no guarded task"):
        guarded(misbehaving.unregistered, FILE)


@pytest.mark.parametrize("way", ["stdin", "file"])
def test_a_script_without_a_main_guard_is_run_once(tmp_path, way):
    script = tmp_path / "script.py"
    script.write_text(OUTSIDE)
    command, text = ([sys.executable, "-"], OUTSIDE) if way == "stdin" else ([sys.executable, str(script)], None)
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    ran = subprocess.run(command, input=text, capture_output=True, text=True, timeout=120, env=environment)
    assert (ran.stdout.split("\n"), ran.stderr) == (["begun", "[0, 1, 2]", ""], "")


def test_where_no_process_can_be_started_the_task_is_done_here():
    code = "import multiprocessing.process as p\np.current_process()._config['daemon'] = True\n"
    code += OUTSIDE.replace("print(guarded(", "import os\nprint(os.getpid(), guarded(").replace(
        "[1][0].tolist()", "[0]['process']"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=REPOSITORY)
    begun, line = ran.stdout.splitlines()
    ours, theirs = line.split()
    assert (begun, ours) == ("begun", theirs)
