"""Events are the same facts as lines of a file, whatever is in them."""

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import RunError
from engine.runs import EventLog, read_events
from engine.runs import events as ev

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = {
    "str": texts,
    "int": st.integers(0, 10**9),
    "float": st.floats(allow_nan=False),
    "float | None": st.one_of(st.none(), st.floats(allow_nan=False)),
}


@st.composite
def events(draw: st.DrawFn) -> ev.Event:
    kind: Any = draw(st.sampled_from(list(ev.KINDS.values())))
    kinds = {field.name: getattr(field.type, "__name__", str(field.type)) for field in fields(kind)}
    made: ev.Event = kind(**{name: draw(values[told]) for name, told in kinds.items()})
    return made


def lines(path: Path) -> list[ev.Event]:
    return read_events(path)[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.jsonl"


def append(path: Path, *told: ev.Event) -> None:
    log = EventLog(path)
    for event in told:
        log.append(event)
    log.close()


@given(events())
def test_an_event_reads_back_from_its_line_as_the_same_event(event: ev.Event) -> None:
    line = ev.to_line(event)
    assert ev.from_line(line) == event
    assert "\n" not in line


@given(st.lists(events(), max_size=5))
def test_a_file_of_events_reads_back_as_the_same_events(tmp_path_factory: pytest.TempPathFactory, told: list) -> None:
    path = tmp_path_factory.mktemp("run") / "events.jsonl"
    append(path, *told)
    assert lines(path) == told


def test_every_kind_of_event_can_be_read() -> None:
    kinds = {kind for kind in vars(ev).values() if isinstance(kind, type) and issubclass(kind, ev.Event)}
    assert set(ev.KINDS.values()) == kinds - {ev.Event, ev.Unknown}


def test_a_kind_of_a_newer_version_keeps_its_name() -> None:
    assert ev.from_line('{"event": "Teleported", "at": "2030", "to": 3}') == ev.Unknown(kind="Teleported", at="2030")


def test_fields_of_a_newer_version_are_ignored() -> None:
    line = json.dumps({"event": "RunPaused", "at": "now", "why": "the future knows"})
    assert ev.from_line(line) == ev.RunPaused(at="now")


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "7", "null", '{"event": "Unheard"}', '{"at": "now"}', '{"event": "RunFinished"}', '{"event": []}'],
)
def test_what_is_no_event_is_a_run_error(line: str) -> None:
    with pytest.raises(RunError, match="not a line of events"):
        ev.from_line(line)


def test_a_torn_last_line_is_left_for_later(path: Path) -> None:
    append(path, ev.RunPaused(at="1"))
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"event": "RunCont')
    assert read_events(path) == ([ev.RunPaused(at="1")], len(whole))


def test_a_reader_goes_on_where_it_stopped(path: Path) -> None:
    append(path, ev.RunPaused(at="1"))
    _, place = read_events(path)
    append(path, ev.RunContinued(at="2"))
    assert read_events(path, place)[0] == [ev.RunContinued(at="2")]


def test_a_writer_drops_the_line_that_another_left_torn(path: Path) -> None:
    append(path, ev.RunPaused(at="1"))
    with path.open("ab") as stream:
        stream.write(b'{"event": "RunCont')
    append(path, ev.RunFinished(at="2", seconds=1))
    assert lines(path) == [ev.RunPaused(at="1"), ev.RunFinished(at="2", seconds=1)]


def test_no_file_is_no_events(path: Path) -> None:
    assert read_events(path) == ([], 0)


def test_a_folder_in_place_of_the_file_is_a_run_error(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="the events cannot be read"):
        read_events(tmp_path)


CUT_SHORT = """
import resource, sys
from pathlib import Path
from engine.errors import StorageError
from engine.runs import EventLog, read_events
from engine.runs import events as ev

path = Path(sys.argv[1])
log, kept = EventLog(path), 0
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, most))
try:
    while True:
        log.append(ev.Warned(text="x" * 60))
        kept += 1
except StorageError:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
log.append(ev.RunFinished(seconds=1))
print(kept > 3, len(read_events(path)[0]) == kept + 1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_a_line_the_disk_took_only_half_of_is_taken_back(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CUT_SHORT, str(path)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("True True\n", "")
