"""The trainer of one fold: what is fitted on whom, epoch by epoch, from the last checkpoint on."""

import json
import math

import numpy as np
import torch

from engine.cohort.dividing.dealing import stratified_part
from engine.control import Control
from engine.errors import DataLeakageError
from engine.files import write_text
from engine.models import build
from engine.models.networks.classifier import Classifier
from engine.recipe import Target
from engine.runs import Prediction
from engine.runs import events as ev
from engine.training.checkpoint import load_checkpoint, restore, save_checkpoint
from engine.training.loop import EpochResult, assess, predict, train_epoch
from engine.training.loss import WeightedLoss
from engine.training.samples import Samples
from engine.training.seeding import derive
from engine.training.work import Emit, FoldWork, input_shapes

CHECKPOINT = "checkpoint.safetensors"
FITTED = "fitted.json"


class Trainer:
    """Everything that changes while a fold is trained. All chance comes from the recipe's seed and the fold."""

    def __init__(self, work: FoldWork) -> None:
        self.work = work
        self.folder = work.run.fold_path(work.fold.number)
        self.seed = derive(work.recipe.seed, "fold", work.fold.number)
        fitting, watched = self._inner_division()
        states = work.cohort.fit(fitting)
        write_text(self.folder / FITTED, json.dumps(states))
        self.samples = self._samples(fitting, states)
        self.watched = self._samples(watched, states) if watched else None
        self.tested = self._samples(work.fold.test, states)
        settings = work.recipe.training
        self.loss = WeightedLoss(self.samples.labels, work.recipe.targets, settings.class_weights)
        torch.manual_seed(derive(self.seed, "weights"))
        self.model: Classifier = build(work.recipe, input_shapes(work.cohort)).to(work.device)
        self.optimiser = torch.optim.AdamW(
            self.model.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay
        )

    def train(self, control: Control, emit: Emit) -> None:
        """The epochs that are still to do, each ending in a checkpoint."""
        first = self._take_up() + 1
        for epoch in range(first, self.work.recipe.training.epochs + 1):
            self._set_rate(epoch)
            result = train_epoch(
                self.model,
                self.optimiser,
                self.loss,
                self.samples,
                self.work.recipe.training.batch_size,
                derive(self.seed, "epoch", epoch),
                control.check,
            )
            save_checkpoint(self.folder / CHECKPOINT, self.model, self.optimiser, epoch, self._facts())
            emit(self._event(epoch, result))

    def predictions(self, control: Control) -> list[Prediction]:
        """What the model says of the patients it never saw."""
        shares = predict(self.model, self.tested, self.work.recipe.training.batch_size, control)
        return [
            _prediction(self.work, patient, target, shares[target.column][number])
            for target in self.work.recipe.targets
            for number, patient in enumerate(self.tested.patients)
        ]

    def _inner_division(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who is fitted on and who is watched: as the fold says, else a part of its training patients."""
        part, train = self.work.recipe.training.validation, self.work.fold.train
        if self.work.fold.validation:
            return train, self.work.fold.validation
        if part == 0:
            return train, ()
        columns = [target.column for target in self.work.recipe.targets]
        fitting = frozenset(train)
        classes = {patient: name for patient, name in self.work.cohort.classes(columns).items() if patient in fitting}
        held = stratified_part(classes, part, np.random.default_rng(derive(self.seed, "validation")))
        return tuple(p for p in train if p not in held), tuple(p for p in train if p in held)

    def _samples(self, patients: tuple[str, ...], states: dict[str, list[dict[str, object]]]) -> Samples:
        return Samples(self.work.cohort, patients, states, self.work.recipe.targets, self.work.device)

    def _take_up(self) -> int:
        """Restore the checkpoint, if any; how many epochs are done."""
        checkpoint = load_checkpoint(self.folder / CHECKPOINT)
        if checkpoint is None:
            return 0
        if checkpoint.facts != self._facts():
            hint = "The run folder was changed by hand; start a new run."
            raise DataLeakageError("the checkpoint was trained on other patients than the fold names", hint=hint)
        restore(checkpoint, self.model, self.optimiser)
        return checkpoint.epoch

    def _set_rate(self, epoch: int) -> None:
        """A half cosine from the recipe's rate to a hundredth of it; a function of the epoch, so nothing to save."""
        settings = self.work.recipe.training
        done = (epoch - 1) / max(settings.epochs - 1, 1)
        share = 0.01 + 0.99 * (1 + math.cos(math.pi * done)) / 2
        for group in self.optimiser.param_groups:
            group["lr"] = settings.learning_rate * share

    def _event(self, epoch: int, result: EpochResult) -> ev.EpochEnded:
        watched: tuple[float | None, float | None] = (None, None)
        if self.watched is not None:
            watched = assess(self.model, self.loss, self.watched, self.work.recipe.training.batch_size)
        return ev.EpochEnded(
            fold=self.work.fold.number,
            epoch=epoch,
            epochs=self.work.recipe.training.epochs,
            loss=result.loss,
            accuracy=result.accuracy,
            validation_loss=watched[0],
            validation_accuracy=watched[1],
            learning_rate=self.optimiser.param_groups[0]["lr"],
            samples_per_second=result.samples_per_second,
            seconds=result.seconds,
        )

    def _facts(self) -> dict[str, object]:
        fold = self.work.fold
        watched = {"validation": list(fold.validation)} if fold.validation else {}
        return {"fold": fold.number, "train": list(fold.train), "seed": self.seed, **watched}


def _prediction(work: FoldWork, patient: str, target: Target, shares: list[float]) -> Prediction:
    return Prediction(
        patient=patient,
        fold=work.fold.number,
        target=target.column,
        truth=work.cohort.by_key[patient].labels[target.column],
        predicted=target.classes[int(np.argmax(shares))],
        probabilities=dict(zip(target.classes, shares, strict=True)),
    )
