"""Files are written whole or not at all, and a disk that refuses is said to."""

import errno
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from engine.errors import StorageError
from engine.files import storage_error, write_atomically, write_text
from tests.helpers.unprivileged import public_folder, without_rights

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


def test_a_text_is_written_with_its_line_ends_as_they_are(tmp_path: Path) -> None:
    write_text(tmp_path / "new" / "a.txt", "ä\r\nb\n")
    assert (tmp_path / "new" / "a.txt").read_bytes() == "ä\r\nb\n".encode()


def test_a_failure_half_way_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def half(stream: BinaryIO) -> None:
        stream.write(b"ne")
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        write_atomically(path, half)
    assert {entry.name: entry.read_text() for entry in tmp_path.iterdir()} == {"a.txt": "old"}


@posix
def test_colleagues_may_read_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_text(tmp_path / "atomic", "text")
    assert (tmp_path / "atomic").stat().st_mode == (tmp_path / "plain").stat().st_mode


@posix
def test_a_folder_without_permission_is_a_storage_error() -> None:
    with public_folder() as folder:
        told = without_rights(folder, "write_text(folder / 'a.txt', 'x')")
    assert told == "StorageError: the folder may not be written to"


def test_a_full_disk_is_named_as_such() -> None:
    error = storage_error(Path("a"), OSError(errno.ENOSPC, "No space left on device"))
    assert (error.what, error.hint) == ("the disk is full", "Free some space, then resume: nothing is lost.")


def test_another_failure_of_the_disk_keeps_its_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="the disk refused: "):
        write_text(tmp_path / "file" / "inside", "text")
