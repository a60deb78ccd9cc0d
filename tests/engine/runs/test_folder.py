"""Everything about a run is in its folder, also where it stands."""

from pathlib import Path

import pytest

from engine.errors import IsocenterError, RunError
from engine.runs import EventLog, RunFolder, RunState, list_runs
from engine.runs import events as ev
from tests.helpers.cohorts import tiny_recipe

STARTED = ev.RunStarted(run="r", recipe="tiny", folds=1, epochs=2, device="cpu", level="patient")


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "runs", tiny_recipe())


def tell(run: RunFolder, *events: ev.Event) -> None:
    log = EventLog(run.events_path)
    for event in events:
        log.append(event)
    log.close()


def test_a_run_keeps_its_recipe(run: RunFolder) -> None:
    assert RunFolder.open(run.path).recipe() == tiny_recipe()


def test_runs_made_within_a_second_have_folders_of_their_own(tmp_path: Path) -> None:
    made = [RunFolder.create(tmp_path / "runs", tiny_recipe()) for _ in range(5)]
    assert len({run.name for run in made}) == 5


def test_runs_are_listed_newest_first(tmp_path: Path) -> None:
    made = [RunFolder.create(tmp_path / "runs", tiny_recipe()).name for _ in range(3)]
    assert [run.name for run in list_runs(tmp_path)] == made[::-1]


def test_a_folder_whose_making_was_cut_short_is_no_run(tmp_path: Path, run: RunFolder) -> None:
    (run.path.parent / "20990101-000000-tiny").mkdir()
    assert [found.name for found in list_runs(tmp_path)] == [run.name]


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="this folder is not a run"):
        RunFolder.open(tmp_path)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], RunState.CREATED),
        ([ev.Prepared(done=1, total=2)], RunState.RUNNING),
        ([STARTED], RunState.RUNNING),
        ([STARTED, ev.Warned(text="x")], RunState.RUNNING),
        ([STARTED, ev.RunPaused()], RunState.PAUSED),
        ([STARTED, ev.RunPaused(), ev.RunContinued()], RunState.RUNNING),
        ([STARTED, ev.RunFinished(seconds=1)], RunState.FINISHED),
        ([STARTED, ev.RunFailed(error="x", hint="")], RunState.FAILED),
        ([STARTED, ev.RunCancelled()], RunState.CANCELLED),
        ([STARTED, ev.RunInterrupted()], RunState.INTERRUPTED),
        (
            [STARTED, ev.RunFailed(error="x", hint=""), ev.RunResumed(run="r", folds_done=0, device="")],
            RunState.RUNNING,
        ),
    ],
)
def test_the_state_follows_from_the_events_while_somebody_works(run: RunFolder, events: list, state: RunState) -> None:
    tell(run, *events)
    lock = run.lock()
    try:
        assert run.state() == state
    finally:
        lock.release()


@pytest.mark.parametrize("last", [STARTED, ev.Prepared(done=1, total=2), ev.RunPaused()])
def test_a_run_nobody_works_on_any_more_was_interrupted(run: RunFolder, last: ev.Event) -> None:
    tell(run, last)
    assert run.state() == RunState.INTERRUPTED


def test_a_run_that_ended_since_its_events_were_read_is_not_taken_for_interrupted(run: RunFolder) -> None:
    tell(run, STARTED)
    early = run.events()
    tell(run, ev.RunFinished(seconds=1))
    assert run.state(early) == RunState.FINISHED


@pytest.mark.parametrize("state", RunState)
def test_what_stopped_before_its_end_can_be_resumed(state: RunState) -> None:
    assert state.resumable == (state in {"created", "failed", "cancelled", "interrupted"})


def test_what_is_not_there_yet_is_empty(run: RunFolder) -> None:
    assert (run.predictions(), run.metrics(), run.environment(), run.baselines()) == ([], {}, {}, {})


@pytest.mark.parametrize("content", ["{", "\udcff"])
def test_a_damaged_json_is_a_run_error(run: RunFolder, content: str) -> None:
    run.metrics_path.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(RunError, match=r"metrics\.json: cannot be read"):
        run.metrics()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"name = 1"])
def test_a_damaged_recipe_is_an_error_people_can_read(run: RunFolder, content: bytes) -> None:
    (run.path / "recipe.toml").write_bytes(content)
    with pytest.raises(IsocenterError):
        run.recipe()


def test_a_run_is_deleted_with_everything_in_it(run: RunFolder) -> None:
    tell(run, STARTED)
    run.delete()
    assert not run.path.exists()


def test_a_run_somebody_works_on_is_not_deleted(run: RunFolder) -> None:
    lock = run.lock()
    with pytest.raises(RunError, match="the run is under way"):
        run.delete()
    lock.release()
    assert run.path.is_dir()
