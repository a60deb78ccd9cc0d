"""The part of a report that speaks of one target."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.evaluation import Figure, confusion, reliability, roc_points
from engine.evaluation.baseline import baselines
from engine.evaluation.verdict import percents
from engine.recipe import Target
from engine.report.data import Figures, ReportData
from engine.report.figures.intervals import Bar, intervals
from engine.report.figures.matrix import matrix
from engine.report.figures.ranking import ranking
from engine.report.figures.svg import Drawing, class_colors
from engine.report.numbers import label, points, written
from engine.runs.prediction import Prediction

_HEADLINE = ("balanced_accuracy", "accuracy", "auroc", "precision", "f1")


@dataclass(frozen=True)
class Named:
    """A figure in words, with a note where there is something to say about it."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class ClassRow:
    """One class in the cohort table."""

    name: str
    color: str
    heads: int
    share: str
    found: str


@dataclass(frozen=True)
class TargetPart:
    """What the page shows of one target, ready to be placed."""

    column: str
    positive: str
    verdict: str
    pictures: Mapping[str, Drawing]
    figures: list[Named]
    caveats: list[Named]
    comparison: list[tuple[str, str, str]]
    cohort: list[ClassRow]
    classes: tuple[str, ...]
    colors: Mapping[str, str]
    rows: list[Prediction]
    mistakes: int


def target_part(data: ReportData, target: Target) -> TargetPart:
    """The part of one target, from the run alone."""
    figures, rows = data.figures(target), data.rows(target)
    colors = class_colors(target.classes)
    return TargetPart(
        column=target.column,
        positive=target.positive_class if len(target.classes) == 2 else "",
        verdict=data.verdicts.get(target.column, ""),
        pictures=_pictures(data, target, figures, rows),
        figures=[Named(label(name, target), written(name, one), one.reason) for name, one in figures.items()],
        caveats=_caveats(target, figures),
        comparison=_comparison(data, target),
        cohort=_cohort(target, rows, figures, colors),
        classes=target.classes,
        colors=colors,
        rows=rows,
        mistakes=sum(row.truth != row.predicted for row in rows),
    )


def _pictures(data: ReportData, target: Target, figures: Figures, rows: list[Prediction]) -> dict[str, Drawing]:
    of = f"of {target.column}"
    pictures = {
        "figures": intervals(_headline(target, figures), f"Figures {of} with intervals"),
        "confusion": matrix(confusion(rows, target), f"Confusion matrix {of}"),
        "ranking": ranking(
            roc_points(rows, target), reliability(rows, target), target.classes, f"ROC and calibration {of}"
        ),
    }
    if data.baselines:
        pictures["baselines"] = intervals(_compared(data, target), f"Balanced accuracy {of} beside baselines")
    return pictures


def _headline(target: Target, figures: Figures) -> list[Bar]:
    colors = class_colors(target.classes)
    of_class = {f"recall[{name}]": colors[name] for name in target.classes}
    return [
        Bar(
            label(name, target),
            figures[name],
            written(name, figures[name]),
            _chance(name, target),
            of_class.get(name, ""),
            strong=name == "balanced_accuracy",
        )
        for name in (*_HEADLINE, *of_class)
        if name in figures
    ]


def _caveats(target: Target, figures: Figures) -> list[Named]:
    shown = (*_HEADLINE, *(f"recall[{name}]" for name in target.classes))
    named = [(name, figures[name]) for name in shown if name in figures]
    return [Named(label(name, target), written(name, one), one.reason) for name, one in named if one.reason]


def _compared(data: ReportData, target: Target) -> list[Bar]:
    chance = 1 / len(target.classes)
    ours = data.figures(target)["balanced_accuracy"]
    theirs = {key: each["balanced_accuracy"] for key, each in sorted(data.baseline_figures(target).items())}
    return [
        Bar("This model", ours, percents(ours), chance, strong=True),
        *(Bar(_called(key), figure, percents(figure), chance) for key, figure in theirs.items()),
    ]


def _comparison(data: ReportData, target: Target) -> list[tuple[str, str, str]]:
    """Baseline, how much better the model is, and what that amounts to."""
    gaps = data.gaps(target)
    return [(_called(key), points(gaps[key]), _judged(gaps[key])) for key in sorted(gaps)]


def _judged(gap: Figure) -> str:
    if gap.low is None or gap.high is None:
        return "cannot be compared"
    if gap.low > 0:
        return "the model is better"
    return "the baseline is better" if gap.high < 0 else "tied: the interval covers 0"


def _cohort(target: Target, rows: list[Prediction], figures: Figures, colors: Mapping[str, str]) -> list[ClassRow]:
    everyone = {row.patient for row in rows}
    heads = {name: len({row.patient for row in rows if row.truth == name}) for name in target.classes}
    return [
        ClassRow(
            name=name,
            color=colors[name],
            heads=heads[name],
            share=f"{100 * heads[name] / len(everyone):.0f} %",
            found=written("recall", figures[f"recall[{name}]"]) if f"recall[{name}]" in figures else "",
        )
        for name in target.classes
    ]


def _chance(name: str, target: Target) -> float | None:
    return {"balanced_accuracy": 1 / len(target.classes), "auroc": 0.5}.get(name)


def _called(key: str) -> str:
    return baselines.get(key).info.label if key in baselines else key
