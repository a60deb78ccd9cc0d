"""Many headers at once: in order, in other processes, whatever becomes of these, and until it is cancelled."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from engine.control import Control
from engine.errors import Cancelled
from engine.imaging.dicom import survey_pool
from engine.imaging.dicom.survey_pool import Head, Pool, head_of, heads_alone, scan_heads
from engine.imaging.unreadable import Unreadable
from tests.conftest import REPOSITORY
from tests.engine.imaging.dicom.made_headers import write

DEADLY, DEADLY_ONCE = "deadly", "deadly-once"
SCRIPT = """
from pathlib import Path
from engine.control import Control
from engine.imaging.dicom.survey_pool import Pool
print("ran", len(list(Pool([Path(r"{path}")] * 2000, Control()).heads())))
"""


def read_or_die(path: Path) -> Head:
    """As `head_of`, but ends the process at a file of one name, and once at a file of another."""
    if path.name == DEADLY or (path.name == DEADLY_ONCE and path.stat().st_size):
        path.write_bytes(b"")
        os.kill(os.getpid(), signal.SIGTERM)
    return head_of(path)


OTHERS: set[int] = set()


@pytest.fixture(autouse=True)
def others() -> None:
    """Processes that were there before the test are not its helpers."""
    OTHERS.clear()
    OTHERS.update(child.pid for child in psutil.Process().children())


def helping() -> list[psutil.Process]:
    """The processes that read for this one."""
    new = [child for child in psutil.Process().children() if child.pid not in OTHERS]
    return [child for child in new if "spawn_main" in " ".join(child.cmdline())]


def refusal(head: Head) -> Unreadable:
    assert isinstance(head, Unreadable)
    return head


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """Pictures, and notes among them."""
    first, second = (write(tmp_path / f"{n}.dcm", InstanceNumber=n) for n in (1, 2))
    notes = tmp_path / "notes"
    notes.write_text("no picture", encoding="utf-8")
    return [first, notes, second] * 150


def test_a_few_files_are_read_in_their_order(paths):
    heads = list(scan_heads(paths[:3], Control(), lambda done, total: None))
    assert [type(head) for head in heads] == [list, Unreadable, list]


def test_other_processes_tell_the_same_in_the_same_order(paths):
    assert list(Pool(paths, Control()).heads()) == list(heads_alone(paths, Control()))


def test_other_processes_can_do_all_of_it(paths):
    assert list(Pool(paths, Control(), here=False).heads()) == list(heads_alone(paths, Control()))


def test_many_files_are_given_to_other_processes(paths, monkeypatch):
    monkeypatch.setattr(survey_pool, "MANY", 10)
    monkeypatch.setattr(survey_pool, "worker_count", lambda: 3)
    heads = scan_heads(paths, Control(), lambda done, total: None)
    next(heads)
    assert len(helping()) == 2


def test_progress_ends_at_the_whole(paths):
    told: list[tuple[int, int]] = []
    list(scan_heads(paths, Control(), lambda done, total: told.append((done, total))))
    assert told[-1] == (450, 450)


def test_a_file_without_a_picture_is_foreign(shared_data):
    report = shared_data / "pydicom_bundled/test_files/test-SR.dcm"
    (head,) = heads_alone([report], Control())
    assert (refusal(head).error, refusal(head).foreign) == ("a structured report, not a picture", True)


def test_a_damaged_file_is_not_foreign(tmp_path):
    path = write(tmp_path / "a")
    path.write_bytes(path.read_bytes()[:400])
    (head,) = heads_alone([path], Control())
    assert not refusal(head).foreign


def test_a_file_that_ends_a_process_is_unreadable_and_the_others_are_read(paths, tmp_path):
    deadly = tmp_path / DEADLY
    deadly.write_bytes(b"DICM")
    heads = list(Pool([*paths[:40], deadly, *paths[40:]], Control(), read_or_die, here=False).heads())
    assert "ended the process" in refusal(heads.pop(40)).error
    assert heads == list(heads_alone(paths, Control()))


def test_files_that_were_with_it_when_a_process_ended_are_read(paths, tmp_path):
    once = tmp_path / DEADLY_ONCE
    once.write_bytes(b"DICM")
    heads = list(Pool([*paths, once], Control(), read_or_die, here=False).heads())
    assert refusal(heads[-1]).error == "not a DICOM file"


def test_without_other_processes_files_are_read_here(paths, monkeypatch):
    monkeypatch.setattr("engine.imaging.dicom.survey_pool.start", lambda read: None)
    assert len(list(Pool(paths, Control()).heads())) == len(paths)


def test_cancelled_work_stops_and_leaves_no_process(paths):
    control = Control()
    heads = Pool(paths, control, here=False).heads()
    next(heads)
    control.cancel()
    with pytest.raises(Cancelled):
        list(heads)
    assert not helping()


def test_work_that_is_not_wanted_any_more_leaves_no_process(paths):
    heads = Pool(paths, Control(), here=False).heads()
    next(heads)
    del heads
    assert not helping()


@pytest.mark.parametrize("as_file", [True, False])
def test_a_script_that_starts_it_is_not_run_again_by_its_processes(tmp_path, as_file):
    script = SCRIPT.format(path=write(tmp_path / "a"))
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "script.py") if as_file else "-"]
    done = subprocess.run(
        command,
        input="" if as_file else script,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        timeout=120,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("ran 2000\n", "")
