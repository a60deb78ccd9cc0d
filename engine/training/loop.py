"""The loop: epochs of steps over the training patients, stoppable after every step."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.control import Control
from engine.errors import TrainingError
from engine.models.networks.classifier import Classifier
from engine.training.loss import WeightedLoss
from engine.training.samples import Samples
from engine.training.seeding import derive


@dataclass(frozen=True)
class EpochResult:
    """`loss` and `accuracy` are means over patients, taken while the weights were changing."""

    loss: float
    accuracy: float
    seconds: float
    samples_per_second: float


SafePoint = Callable[[], None]


def train_epoch(
    model: Classifier,
    optimiser: torch.optim.Optimizer,
    loss: WeightedLoss,
    samples: Samples,
    batch_size: int,
    seed: int,
    safe_point: SafePoint,
) -> EpochResult:
    """One pass in the order that `seed` gives. All chance in it comes from `seed`, so it can be repeated exactly."""
    started = time.perf_counter()
    torch.manual_seed(derive(seed, "chance"))
    order = torch.randperm(len(samples), generator=torch.Generator().manual_seed(derive(seed, "order"))).tolist()
    model.train()
    total, hits = 0.0, 0.0
    for numbers in _chunks(order, batch_size):
        safe_point()
        logits, value = _step(model, optimiser, loss, samples, numbers)
        total += value * len(numbers)
        hits += _hits(logits, samples, numbers)
    seconds = time.perf_counter() - started
    return EpochResult(total / len(samples), hits / len(samples), seconds, len(samples) / max(seconds, 1e-9))


def assess(model: Classifier, loss: WeightedLoss, samples: Samples, batch_size: int) -> tuple[float, float]:
    """Loss and accuracy on patients that are only watched."""
    model.eval()
    total, hits = 0.0, 0.0
    with torch.inference_mode():
        for numbers in _chunks(range(len(samples)), batch_size):
            logits = model(samples.batch(numbers))
            total += float(loss(logits, _labels(samples, numbers))) * len(numbers)
            hits += _hits(logits, samples, numbers)
    return total / len(samples), hits / len(samples)


def predict(model: Classifier, samples: Samples, batch_size: int, control: Control) -> dict[str, list[list[float]]]:
    """Per target the class probabilities of each patient, in the samples' order."""
    model.eval()
    rows: dict[str, list[list[float]]] = {target: [] for target in model.targets}
    with torch.inference_mode():
        for numbers in _chunks(range(len(samples)), batch_size):
            control.check()
            for target, logits in model(samples.batch(numbers)).items():
                _require_numbers(logits, "a prediction")
                rows[target] += torch.softmax(logits.double(), dim=1).cpu().tolist()
    return rows


def _step(
    model: Classifier, optimiser: torch.optim.Optimizer, loss: WeightedLoss, samples: Samples, numbers: Sequence[int]
) -> tuple[dict[str, Tensor], float]:
    optimiser.zero_grad(set_to_none=True)
    logits = model(samples.batch(numbers))
    value = loss(logits, _labels(samples, numbers))
    _require_numbers(value, "the loss")
    value.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return logits, float(value.detach())


def _require_numbers(values: Tensor, what: str) -> None:
    if not bool(torch.isfinite(values).all()):
        hint = "Lower the learning rate, or look for scans with extreme values."
        raise TrainingError(f"{what} is no longer a number", hint=hint)


def _labels(samples: Samples, numbers: Sequence[int]) -> dict[str, Tensor]:
    return {target: labels[list(numbers)] for target, labels in samples.labels.items()}


def _hits(logits: dict[str, Tensor], samples: Samples, numbers: Sequence[int]) -> float:
    """How many patients were right, on average over targets."""
    labels = _labels(samples, numbers)
    right = [(logits[target].argmax(1) == labels[target]).float().sum() for target in logits]
    return float(torch.stack(right).mean())


def _chunks(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
