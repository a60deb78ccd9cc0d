"""What a run folder holds of results, read at once and without a widget."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.evaluation.figure import Figure, figures_from_json
from engine.recipe import Recipe, Target
from engine.runs import Prediction, RunFolder
from engine.runs.progress import RunProgress

HEADLINES = ("balanced_accuracy", "accuracy", "auroc", "precision", "recall", "f1", "mcc")
NAMES = {
    "balanced_accuracy": "Balanced acc.",
    "accuracy": "Accuracy",
    "auroc": "AUROC",
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "mcc": "MCC",
    "average_precision": "Average precision",
    "brier": "Brier score",
    "log_loss": "Log loss",
}
IN_FULL = {"balanced_accuracy": "Balanced accuracy"}
OURS = "This model"


@dataclass(frozen=True)
class Found:
    """A run's results; without `metrics` it is not finished, and `progress` says where it stands."""

    folder: RunFolder
    recipe: Recipe
    progress: RunProgress
    predictions: tuple[Prediction, ...] = ()
    level: str = ""
    metrics: dict[str, dict[str, Figure]] = field(default_factory=dict)
    baselines: dict[str, dict[str, dict[str, Figure]]] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    report: Path | None = None

    @property
    def finished(self) -> bool:
        """Whether there are figures to show."""
        return bool(self.metrics and self.predictions)

    def rows(self, target: Target) -> list[Prediction]:
        """The predictions of one target, by patient."""
        return sorted((row for row in self.predictions if row.target == target.column), key=lambda row: row.patient)

    def headlines(self, target: Target) -> dict[str, Figure]:
        """The figures of the first view, then the recall of each class that they do not name."""
        figures = self.metrics.get(target.column, {})
        two = len(target.classes) == 2
        recalls = [f"recall[{name}]" for name in target.classes if not two or name != target.positive_class]
        return {name: figures[name] for name in (*HEADLINES, *recalls) if name in figures}

    def beside(self, target: Target, name: str) -> dict[str, Figure]:
        """One figure of the run and of each baseline."""
        ours = self.metrics.get(target.column, {}).get(name)
        theirs = {key: figures.get(target.column, {}).get(name) for key, figures in self.baselines.items()}
        every = {OURS: ours, **{key.capitalize(): figure for key, figure in theirs.items()}}
        return {key: figure for key, figure in every.items() if figure is not None}

    def chance(self, target: Target, name: str) -> float | None:
        """What guessing would reach, where that can be said."""
        if name in ("balanced_accuracy", "auroc") or name.startswith("recall["):
            return 0.5 if name == "auroc" else 1 / len(target.classes)
        if name == "mcc":
            return 0.0
        if name == "accuracy":
            heads = Counter(row.truth for row in self.rows(target))
            return max(heads.values()) / sum(heads.values()) if heads else None
        return None


def read_found(folder: RunFolder) -> Found:
    """Read a run folder; IsocenterErrors say what is damaged."""
    told: dict[str, Any] = folder.metrics()
    return Found(
        folder,
        folder.recipe(),
        RunProgress.read(folder),
        tuple(folder.predictions()),
        str(told.get("level", "")),
        _by_target(told.get("metrics", {})),
        {key: _by_target(each) for key, each in told.get("baselines", {}).items()},
        dict(told.get("verdicts", {})),
        folder.report_path if folder.report_path.exists() else None,
    )


def named(name: str, target: Target) -> str:
    """What a figure is called."""
    if name.startswith("recall[") and len(target.classes) == 2:
        return "Specificity"
    if name.startswith("recall["):
        return f"Recall, {name[7:-1]}"
    return NAMES.get(name, name)


def explained(name: str, target: Target) -> str:
    """What a figure speaks of, for whoever hovers over it."""
    if name == "balanced_accuracy":
        return "Balanced accuracy: the mean of the classes' recalls"
    if name in ("precision", "recall", "f1"):
        of = f"the class {target.positive_class}" if len(target.classes) == 2 else "all classes, on average"
        return f"Of {of}"
    if name.startswith("recall["):
        return f"The part of class {name[7:-1]} that was found"
    return ""


def scale_of(name: str) -> tuple[float, float]:
    """The ends of a figure's bar."""
    return (-1.0, 1.0) if name == "mcc" else (0.0, 1.0)


def in_words(name: str, figure: Figure) -> tuple[str, str]:
    """A figure and its interval, as "71 %" and "[58-82]"; plain numbers where no share is meant."""
    if figure.value is None:
        return "n/a", ""
    share = name != "mcc"
    digits, factor, unit = (0, 100, " %") if share else (2, 1, "")
    interval = ""
    if figure.low is not None and figure.high is not None:
        low, high = (f"{end * factor:.{digits}f}" for end in (figure.low, figure.high))
        interval = f"[{low}-{high}]" if share else f"[{low}, {high}]"
    return f"{figure.value * factor:.{digits}f}{unit}", interval


def _by_target(values: dict[str, Any]) -> dict[str, dict[str, Figure]]:
    return {target: figures_from_json(figures) for target, figures in values.items()}
