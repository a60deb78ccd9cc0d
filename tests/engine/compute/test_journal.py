"""What a run says reaches its folder and whoever listens, also when the disk takes no more."""

from pathlib import Path

import pytest

from engine.compute.journal import Journal
from engine.errors import StorageError
from engine.runs import RunFolder
from engine.runs import events as ev
from tests.helpers.cohorts import tiny_recipe

full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path, tiny_recipe())


def test_an_event_is_on_disk_before_it_is_told(run: RunFolder) -> None:
    seen: list[list[ev.Event]] = []
    journal = Journal(run, lambda event: seen.append(run.events()))
    journal.emit(ev.RunPaused(at="1"))
    journal.close()
    assert seen == [[ev.RunPaused(at="1")]]


def test_every_kind_of_event_is_a_line_for_people(run: RunFolder) -> None:
    told: list[ev.Event] = [
        ev.RunStarted(run="r", recipe="tiny", folds=2, epochs=3, device="cpu", level="image"),
        ev.RunResumed(run="r", folds_done=1, device="cpu"),
        ev.FoldStarted(fold=1, folds=2, train=3, test=1),
        ev.Evaluated(target="x", balanced_accuracy=0.5, low=0.25, high=0.75),
        ev.RunFailed(error="it broke", hint="Mend it."),
        ev.RunPaused(),
    ]
    journal = Journal(run, lambda event: None)
    for event in told:
        journal.emit(event)
    journal.close()
    assert [line.split(" ", 1)[1] for line in run.log_path.read_text().splitlines()] == [
        "Run of 'tiny' with 2 folds on cpu (image level)",
        "Resumed on cpu: 1 folds were done already",
        "Fold 1 of 2: 3 patients train, 1 are kept out",
        "'x': balanced accuracy 0.500 [0.250 to 0.750]",
        "Failed: it broke. Mend it.",
        "Paused",
    ]


def test_progress_is_told_at_its_end_and_not_at_every_step(run: RunFolder) -> None:
    told: list[ev.Event] = []
    journal = Journal(run, told.append)
    for done in range(1, 1001):
        journal.progress(ev.Prepared(done=done, total=1000))
    journal.close()
    assert len(told) < 500
    assert isinstance(told[-1], ev.Prepared)
    assert told[-1].done == 1000


@full
def test_the_last_event_is_told_even_when_the_disk_is_full(run: RunFolder) -> None:
    run.log_path.symlink_to("/dev/full")
    told: list[ev.Event] = []
    journal = Journal(run, told.append)
    with pytest.raises(StorageError, match="the disk is full"):
        journal.emit(ev.RunPaused())
    journal.emit_last(ev.RunCancelled())
    journal.close()
    assert [type(event) for event in told] == [ev.RunCancelled]
