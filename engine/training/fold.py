"""One fold: fit on its training patients, predict those kept out, and leave both in the fold's folder."""

import time

from engine.control import Control
from engine.runs import events as ev
from engine.runs import write_predictions
from engine.training.trainer import Trainer
from engine.training.work import Emit, FoldWork

PREDICTIONS = "predictions.csv"


def train_fold(work: FoldWork, control: Control, emit: Emit) -> None:
    """Leave the fold's checkpoint, learned states and predictions in its folder; nothing to do if they are there."""
    folder = work.run.fold_path(work.fold.number)
    if (folder / PREDICTIONS).exists():
        return
    started = time.perf_counter()
    fold = work.fold
    train, test, watched = len(fold.train), len(fold.test), len(fold.validation)
    emit(ev.FoldStarted(fold=fold.number, folds=work.folds, train=train, test=test, validation=watched))
    trainer = Trainer(work)
    trainer.train(control, emit)
    write_predictions(folder / PREDICTIONS, trainer.predictions(control))
    emit(ev.FoldFinished(fold=fold.number, folds=work.folds, seconds=time.perf_counter() - started))
