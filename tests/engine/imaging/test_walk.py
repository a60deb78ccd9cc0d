"""Any tree is walked: every file once, nothing opened that is no file, nothing lost without a word."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.control import Control
from engine.errors import Cancelled
from engine.imaging.walk import Walk, by_place, natural

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def walked(*places: Path, **options) -> tuple[list[Path], list[Path]]:
    walk = Walk(Control(), **options)
    return list(walk.files(places)), [item.path for item in walk.unreadable]


def made(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def test_names_are_in_natural_order(tmp_path):
    made(*(tmp_path / name for name in ("s10", "s9", "S1", "a/2", "a/11")))
    assert [str(path.relative_to(tmp_path)) for path in walked(tmp_path)[0]] == ["S1", "s9", "s10", "a/2", "a/11"]


def test_overlapping_places_give_each_file_once(tmp_path):
    made(tmp_path / "a/b/1", tmp_path / "a/2")
    files, _ = walked(tmp_path / "a/b/1", tmp_path / "a/b", tmp_path, tmp_path / "a", tmp_path / "a/2")
    assert sorted(files) == [tmp_path / "a/2", tmp_path / "a/b/1"]


def test_hidden_names_below_are_left_out(tmp_path):
    made(tmp_path / ".hidden/1", tmp_path / ".2", tmp_path / "3")
    assert walked(tmp_path) == ([tmp_path / "3"], [])


def test_a_hidden_folder_is_walked_when_it_is_given(tmp_path):
    made(tmp_path / ".hidden/1")
    assert walked(tmp_path / ".hidden")[0] == [tmp_path / ".hidden/1"]


def test_folders_to_be_passed_over_are_not_entered(tmp_path):
    made(tmp_path / "study/1", tmp_path / "scans/2")
    assert walked(tmp_path, passing_over=lambda folder: folder.name == "study")[0] == [tmp_path / "scans/2"]


def test_a_place_that_is_not_there_is_told(tmp_path):
    assert walked(tmp_path / "gone") == ([], [tmp_path / "gone"])


def test_a_name_that_no_system_takes_is_told():
    assert walked(Path("a\0b")) == ([], [Path("a\0b")])


@posix
def test_links_in_circles_end(tmp_path):
    made(tmp_path / "a/1")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/self").symlink_to("self")
    assert walked(tmp_path) == ([tmp_path / "a/1"], [tmp_path / "a/self"])


@posix
def test_links_to_one_file_are_files_of_their_own(tmp_path):
    made(tmp_path / "a/1")
    (tmp_path / "b").symlink_to(tmp_path / "a/1")
    assert walked(tmp_path)[0] == [tmp_path / "b", tmp_path / "a/1"]


@posix
def test_a_link_to_nothing_is_told(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    assert walked(tmp_path) == ([], [tmp_path / "link"])


@posix
@pytest.mark.parametrize("given", [True, False])
def test_pipes_are_told_and_not_opened(tmp_path, given):
    os.mkfifo(tmp_path / "pipe")
    assert walked(tmp_path / "pipe" if given else tmp_path) == ([], [tmp_path / "pipe"])


@posix
def test_sockets_are_told_and_not_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        assert walked(tmp_path) == ([], [tmp_path / "socket"])


@posix
def test_devices_are_told_and_not_opened():
    assert walked(Path("/dev/zero")) == ([], [Path("/dev/zero")])


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may look everywhere")
def test_a_folder_without_permission_is_told(tmp_path):
    made(tmp_path / "closed/1", tmp_path / "open/2")
    (tmp_path / "closed").chmod(0)
    try:
        assert walked(tmp_path) == ([tmp_path / "open/2"], [tmp_path / "closed"])
    finally:
        (tmp_path / "closed").chmod(0o700)


@posix
def test_names_that_are_no_text_are_walked(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe\n\x1b[2J"))
    made(path)
    assert walked(tmp_path)[0] == [path]


@posix
def test_a_tree_deeper_than_paths_may_be_long_is_told_and_the_rest_walked(tmp_path, monkeypatch):
    made(tmp_path / "z/1")
    monkeypatch.chdir(tmp_path)
    for _ in range(40):
        os.mkdir("d" * 200)  # noqa: PTH102 - relative to where we are
        os.chdir("d" * 200)
    os.chdir(tmp_path)
    try:
        files, told = walked(tmp_path)
        assert (files, len(told)) == ([tmp_path / "z/1"], 1)
    finally:
        subprocess.run(["rm", "-r", "d" * 200], check=True)


@posix
def test_a_thousand_folders_deep_is_no_matter(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(1500):
        os.mkdir("d")  # noqa: PTH102 - relative to where we are
        os.chdir("d")
    Path("1").write_bytes(b"")
    os.chdir(tmp_path)
    try:
        assert walked(Path("d"))[0] == [Path(*"d" * 1500, "1")]
    finally:
        subprocess.run(["rm", "-r", "d"], check=True)  # deeper than Python's own way of removing can go


def test_the_walk_stops_when_asked(tmp_path):
    made(*(tmp_path / str(n) for n in range(5)))
    control = Control()
    files = Walk(control).files([tmp_path])
    next(files)
    control.cancel()
    with pytest.raises(Cancelled):
        next(files)


@given(st.lists(st.text(max_size=12), unique=True))
def test_the_natural_order_is_total(names):
    assert len({str(natural(name)) for name in names}) == len(names)
    assert sorted(names, key=natural) == sorted(sorted(names), key=natural)


def test_paths_are_ordered_folder_by_folder():
    paths = [Path("a/b"), Path("a-b/1"), Path("a/9"), Path("a/10")]
    assert sorted(paths, key=by_place) == [Path("a/9"), Path("a/10"), Path("a/b"), Path("a-b/1")]
