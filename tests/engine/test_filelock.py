"""The lock belongs to one at a time, and goes with its holder, however that ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.filelock import FileLock, is_locked
from tests.helpers.unprivileged import public_folder, without_rights

HOLD = """
import sys
from pathlib import Path
from engine.filelock import FileLock
lock = FileLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".lock"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it is told to end."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


def test_a_lock_that_is_held_elsewhere_is_refused_and_names_its_holder(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    lock = FileLock(path)
    assert not lock.acquire()
    assert lock.holder() == str(holder.pid)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_lock_is_free_again_when_its_holder_was_killed(path: Path, holder: subprocess.Popen[str]) -> None:
    assert is_locked(path)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert not is_locked(path)


def test_a_lock_can_be_taken_again_after_release(path: Path) -> None:
    lock = FileLock(path)
    assert lock.acquire()
    lock.release()
    assert lock.acquire()
    assert lock.holder() == str(os.getpid())
    lock.release()


def test_release_without_holding_is_harmless(path: Path) -> None:
    FileLock(path).release()
    assert not path.exists()


def test_looking_makes_no_file(path: Path) -> None:
    assert not is_locked(path)
    assert not path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX locks can be shared")
def test_two_who_look_at_once_do_not_take_each_other_for_the_holder(path: Path) -> None:
    import fcntl

    path.touch()
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_SH)
        assert not is_locked(path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_does_not_keep_anybody_from_locking(path: Path) -> None:
    path.symlink_to("/dev/full")
    lock = FileLock(path)
    assert lock.acquire()
    lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_lock_in_a_folder_of_somebody_else_is_a_storage_error() -> None:
    with public_folder() as folder:
        told = without_rights(folder, "FileLock(folder / '.lock').acquire()")
    assert told == "StorageError: the folder may not be written to"
