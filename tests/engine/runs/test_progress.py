from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.runs import EventLog, RunFolder, RunState
from engine.runs import events as ev
from engine.runs.curves import Curve
from engine.runs.progress import RunProgress
from tests.desktop.run_folders import EPOCH_S, small_recipe, story, truths_of, write_run

TRUTHS = truths_of(5)
RECIPE = small_recipe(epochs=4)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


def an_hour_later(event: ev.Event) -> ev.Event:
    return replace(event, at=(datetime.fromisoformat(event.at) + timedelta(hours=1)).isoformat())


def after(*, folds: int) -> RunProgress:
    return RunProgress.of(story(RECIPE, TRUTHS, folds_done=folds))


@pytest.mark.parametrize("folds_done", [0, 2, None])
def test_a_run_read_from_its_folder_is_the_run_that_was_followed_live(workspace: Path, folds_done: int | None) -> None:
    live = RunProgress()
    for event in story(RECIPE, TRUTHS, folds_done=folds_done, watched=True):
        live.apply(event)
    run = write_run(workspace, RECIPE, TRUTHS, folds_done=folds_done, watched=True)
    assert RunProgress.of(run.events()) == live


def test_the_fraction_never_falls_and_ends_at_one() -> None:
    progress, seen = RunProgress(), []
    for event in story(RECIPE, TRUTHS):
        progress.apply(event)
        seen.append(progress.fraction or 0.0)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_half_of_the_folds_is_about_half_of_the_work() -> None:
    assert after(folds=2).fraction == pytest.approx(0.5, abs=0.05)


def test_the_forecast_is_what_is_left_at_the_pace_so_far() -> None:
    progress = after(folds=3)
    epochs_left = 5 * 4 - 3 * 4 - 2
    assert progress.seconds_left == pytest.approx(epochs_left * EPOCH_S, rel=0.1)


def test_nothing_is_forecast_from_a_single_epoch() -> None:
    events = list(story(RECIPE, TRUTHS))
    first = next(i for i, event in enumerate(events) if isinstance(event, ev.EpochEnded))
    assert RunProgress.of(events[: first + 1]).seconds_left is None


def test_a_pause_does_not_count_as_work() -> None:
    events = list(story(RECIPE, TRUTHS, folds_done=3))
    half = len(events) // 2
    held, gone_on = ev.RunPaused(at=events[half].at), ev.RunContinued(at=an_hour_later(events[half]).at)
    paused = [*events[: half + 1], held, gone_on, *(an_hour_later(event) for event in events[half + 1 :])]
    assert RunProgress.of(paused).seconds_left == pytest.approx(RunProgress.of(events).seconds_left)


def test_a_resumed_fold_forgets_the_epochs_it_does_again() -> None:
    curve = Curve()
    for epoch, value in ((1, 0.9), (2, 0.8), (3, 0.7)):
        curve.put(1, epoch, value)
    curve.put(1, 2, 0.5)
    assert curve.line(1).tolist() == [[1, 2], [0.9, 0.5]]
    assert curve.mean().tolist() == [[1, 2], [0.9, 0.5]]


def test_the_mean_is_over_the_folds_that_have_got_so_far() -> None:
    curve = Curve()
    for fold, values in ((1, (1.0, 0.5)), (2, (0.6,))):
        for epoch, value in enumerate(values, start=1):
            curve.put(fold, epoch, value)
    assert curve.mean()[1].tolist() == [pytest.approx(0.8), 0.5]


def test_a_gap_keeps_two_folds_from_being_joined() -> None:
    curve = Curve()
    curve.put(1, 1, 0.9)
    curve.put(2, 1, 0.8)
    assert str(curve.lines().tolist()) == "[[1.0, nan, 1.0], [0.9, nan, 0.8]]"
    assert curve.lines(but=1).tolist() == [[1.0], [0.8]]


def test_a_run_that_nobody_works_on_any_more_was_interrupted(workspace: Path) -> None:
    run = write_run(workspace, RECIPE, TRUTHS, folds_done=2)
    assert RunProgress.read(run).state == RunState.INTERRUPTED


def test_a_run_that_somebody_works_on_is_at_work(workspace: Path) -> None:
    run = write_run(workspace, RECIPE, TRUTHS, folds_done=2)
    lock = run.lock()
    assert RunProgress.read(run).state == RunState.RUNNING
    lock.release()


def test_a_failure_is_told_and_resuming_takes_it_back() -> None:
    progress = after(folds=1)
    progress.apply(ev.RunFailed(error="the disk is full", hint="Free some space."))
    assert (progress.state, progress.error, progress.hint) == (RunState.FAILED, "the disk is full", "Free some space.")
    progress.apply(ev.RunResumed(run="the-run", folds_done=1, device="cpu"))
    assert (progress.state, progress.error, progress.hint) == (RunState.RUNNING, "", "")


def test_preparing_is_work_even_before_the_run_is_opened() -> None:
    progress = RunProgress.of([ev.Prepared(done=1, total=4)])
    assert progress.at_work
    assert progress.phase == "Preparing"
    assert progress.fraction == pytest.approx(0.01)


def test_warnings_and_results_are_kept_and_logged() -> None:
    progress = RunProgress.of(story(RECIPE, TRUTHS))
    assert progress.warnings == ["P-099 is left out: no usable T2 scan"]
    assert progress.result["diagnosis"].balanced_accuracy == 0.71
    assert "diagnosis: balanced accuracy 71 % [58-82]" in [line.text for line in progress.log]


def test_a_line_half_written_is_taken_up_when_it_is_whole(workspace: Path) -> None:
    run = RunFolder.create(workspace / "runs", RECIPE)
    log = EventLog(run.events_path)
    log.append(ev.Prepared(done=1, total=2))
    log.close()
    with run.events_path.open("a", encoding="utf-8") as stream:
        stream.write('{"event": "Prep')
    assert RunProgress.of(run.events()).prepared == (1, 2)
