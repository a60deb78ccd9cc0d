"""How figures are written for people."""

from engine.evaluation import Figure
from engine.evaluation.verdict import percents
from engine.recipe import Target

_LABELS = {
    "accuracy": "Accuracy",
    "balanced_accuracy": "Balanced accuracy",
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "mcc": "Matthews' correlation",
    "auroc": "AUROC",
    "average_precision": "Average precision",
    "brier": "Brier score",
    "log_loss": "Log loss",
}
_OF_POSITIVE = ("precision", "recall", "f1", "average_precision")
_PLAIN_NUMBERS = ("mcc", "auroc", "average_precision", "brier", "log_loss")


def label(name: str, target: Target) -> str:
    """What a figure is called, with the class it speaks of."""
    if "[" in name:
        stem, _, of = name.partition("[")
        return f"{_LABELS.get(stem, stem)} of {of.removesuffix(']')}"
    told = _LABELS.get(name, name)
    if name in _OF_POSITIVE and len(target.classes) == 2:
        return f"{told} of {target.positive_class}"
    if name in (*_OF_POSITIVE, "auroc") and len(target.classes) > 2:
        return f"{told}, mean over classes"
    return told


def written(name: str, figure: Figure) -> str:
    """`71 % [58-82]` for shares of patients, `0.71 [0.58 to 0.82]` for everything else."""
    if name.partition("[")[0] not in _PLAIN_NUMBERS:
        return percents(figure)
    if figure.value is None or figure.low is None or figure.high is None:
        return "not defined"
    return f"{signed(figure.value)} [{signed(figure.low)} to {signed(figure.high)}]"


def signed(number: float, digits: int = 2) -> str:
    """A number with a true minus sign, and no minus before zero."""
    return f"{number:.{digits}f}".replace("-", "−") if round(number, digits) else f"{0:.{digits}f}"


def points(gap: Figure) -> str:
    """A difference of shares in percentage points."""
    if gap.value is None or gap.low is None or gap.high is None:
        return "not defined"
    value, low, high = (signed(100 * number, 0) for number in (gap.value, gap.low, gap.high))
    return f"{value} points [{low} to {high}]"


def counted(number: int, noun: str) -> str:
    """`1 patient`, `2 patients`; the noun is given for several."""
    return f"{number} {noun.removesuffix('s') if number == 1 else noun}"


def between(numbers: list[int]) -> str:
    """`32`, or `31 to 33`."""
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low} to {high}"
