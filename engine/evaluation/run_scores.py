"""The figures of a run, from its predictions alone."""

from collections.abc import Mapping
from typing import Any

from engine.errors import RunError
from engine.evaluation.difference import paired_differences
from engine.evaluation.evaluate import evaluate
from engine.evaluation.figure import Metrics, metrics_as_json
from engine.evaluation.repeats import repeat_figures
from engine.evaluation.vault_facts import vault_facts
from engine.evaluation.verdict import verdict
from engine.recipe import Recipe
from engine.runs import RunFolder


def score_run(run: RunFolder, recipe: Recipe, level: str, *, likely: bool | None = None) -> dict[str, Any]:
    """`level`, `metrics`, `baselines`, `differences` (ours less the baseline's) and `verdicts`, as JSON.

    With repeats their spread is in `repeats`, with a test vault its openings in `vault`. `likely` says that scans were
    grouped into patients by a guess; None: as the run said before.
    """
    predictions = run.predictions()
    if not predictions:
        hint = "Resume the run; the predictions are pooled when all folds are done."
        raise RunError("the run has no pooled predictions yet", path=run.path, hint=hint)
    guess = bool(run.metrics().get("likely")) if likely is None else likely
    rows = run.baselines()
    ours = evaluate(predictions, recipe.targets, recipe.evaluation, recipe.seed)
    theirs = {key: evaluate(rows[key], recipe.targets, recipe.evaluation, recipe.seed) for key in rows}
    gaps = paired_differences(predictions, rows, recipe.targets, recipe.evaluation, recipe.seed)
    return {
        "level": level,
        "likely": guess,
        "metrics": metrics_as_json(ours),
        "baselines": {key: metrics_as_json(figures) for key, figures in theirs.items()},
        "differences": {key: {name: gap.as_json() for name, gap in each.items()} for key, each in gaps.items()},
        "verdicts": _verdicts(recipe, level, ours, theirs, gaps, likely=guess),
        "repeats": repeat_figures(run, recipe),
        "vault": vault_facts(run),
    }


def _verdicts(
    recipe: Recipe, level: str, ours: Metrics, theirs: Mapping[str, Metrics], gaps: Metrics, *, likely: bool
) -> dict[str, str]:
    return {
        target.column: verdict(
            ours[target.column],
            {key: figures[target.column] for key, figures in theirs.items()},
            classes=len(target.classes),
            level=level,
            likely=likely,
            differences={key: each[target.column] for key, each in gaps.items()},
        )
        for target in recipe.targets
    }
