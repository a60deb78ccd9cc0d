"""How good the out-of-fold predictions are, how sure that is, and what they have to beat."""

from engine.evaluation.baseline import Baseline, predict_out_of_fold
from engine.evaluation.confusion import ConfusionMatrix, confusion
from engine.evaluation.curves import Bin, RocCurve, reliability, roc_points
from engine.evaluation.difference import paired_difference, paired_differences
from engine.evaluation.evaluate import evaluate
from engine.evaluation.figure import Figure, figures_from_json, metrics_as_json
from engine.evaluation.verdict import verdict

__all__ = [
    "Baseline",
    "Bin",
    "ConfusionMatrix",
    "Figure",
    "RocCurve",
    "confusion",
    "evaluate",
    "figures_from_json",
    "metrics_as_json",
    "paired_difference",
    "paired_differences",
    "predict_out_of_fold",
    "reliability",
    "roc_points",
    "verdict",
]
