"""One honest sentence about a result, for the top of the results page and of the report."""

from collections.abc import Mapping

from engine.evaluation.figure import Figure

_SCORE = "balanced_accuracy"
_ROUNDING = 1e-9
IMAGE_LEVEL = (
    "Image level: patients are unknown, images of one patient may lie on both sides of the split, "
    "and the figures may be far too high."
)
LIKELY = (
    "Image level: images are grouped into likely patients by a guess, so images of one patient may lie on both sides "
    "of the split, and the figures may be too high."
)


def verdict(
    metrics: Mapping[str, Figure],
    baselines: Mapping[str, Mapping[str, Figure]],
    *,
    classes: int = 2,
    level: str = "patient",
    likely: bool = False,
    differences: Mapping[str, Figure] | None = None,
) -> str:
    """Whether one target was predicted better than chance, and better than the baselines.

    `metrics` and each of `baselines` are the figures of that target by name; `differences` are ours minus a
    baseline's balanced accuracy, from `paired_difference`. Without them only intervals apart count as better.
    """
    judged = _against_chance(metrics[_SCORE], baselines, classes, differences or {})
    return f"{judged} {LIKELY if likely else IMAGE_LEVEL}" if level == "image" else judged


def percents(figure: Figure, digits: int = 0) -> str:
    """A share as `71 % [58-82]`; "not defined" where it is not."""
    if figure.value is None or figure.low is None or figure.high is None:
        return "not defined"
    value, low, high = (f"{100 * number:.{digits}f}" for number in (figure.value, figure.low, figure.high))
    return f"{value} % [{low}-{high}]"


def _against_chance(
    score: Figure,
    baselines: Mapping[str, Mapping[str, Figure]],
    classes: int,
    differences: Mapping[str, Figure],
) -> str:
    if score.value is None or score.low is None or score.high is None:
        return f"Not judged: the balanced accuracy is not defined, because {score.reason}."
    chance = 1 / classes
    digits = _digits(score, chance)
    said, level = percents(score, digits), f"{100 * chance:.{digits}f} %"
    better, not_better, worse = _against_baselines(score, baselines, chance, differences)
    if score.low > chance + _ROUNDING:
        caveat = f" But {score.reason}." if score.reason else ""
        compared = _joined(better, not_better)
        return f"Better than chance (balanced accuracy {said}, chance {level}){compared}.{caveat}"
    note = f" The {_names(worse)} {_does(worse)} better." if worse else ""
    if score.high < chance - _ROUNDING:
        return (
            f"Worse than chance: balanced accuracy {said}, chance {level}. "
            f"Check whether labels are exchanged or the folds' base rates mislead.{note}"
        )
    reason = f"the interval of balanced accuracy, {said}, covers {level}"
    return f"Not distinguishable from chance: {reason}.{note}"


def _against_baselines(
    score: Figure,
    baselines: Mapping[str, Mapping[str, Figure]],
    chance: float,
    differences: Mapping[str, Figure],
) -> tuple[list[str], list[str], list[str]]:
    """The baselines that were beaten, those that were not, and those of the latter that do better, chance included."""
    better, not_better, worse = [], [], []
    for key, figures in baselines.items():
        theirs = figures[_SCORE]
        if _looks_at_nothing(theirs, chance):
            continue
        gap = differences.get(key) or _unpaired_gap(score, theirs)
        if gap.low is not None and gap.low > 0:
            better.append(key)
        else:
            not_better.append(key)
            if gap.high is not None and gap.high < 0 and theirs.low is not None and theirs.low > chance:
                worse.append(key)
    return better, not_better, worse


def _looks_at_nothing(theirs: Figure, chance: float) -> bool:
    """One answer for everybody: beating it says no more than beating chance."""
    return theirs.value is None or (theirs.low == theirs.high and theirs.value <= chance)


def _unpaired_gap(score: Figure, theirs: Figure) -> Figure:
    """A gap that is sure only where the two intervals lie apart."""
    if score.low is None or score.high is None or theirs.low is None or theirs.high is None:
        return Figure.undefined("no intervals to compare")
    return Figure(None, score.low - theirs.high, score.high - theirs.low)


def _joined(better: list[str], not_better: list[str]) -> str:
    beaten = f", and better than the {_names(better)}" if better else ""
    unbeaten = f", but not better than the {_names(not_better)}" if not_better else ""
    return beaten + unbeaten


def _names(keys: list[str]) -> str:
    listed = keys[0] if len(keys) == 1 else f"{', '.join(keys[:-1])} and {keys[-1]}"
    return f"{listed} baseline{'' if len(keys) == 1 else 's'}"


def _does(keys: list[str]) -> str:
    return "does" if len(keys) == 1 else "do"


def _digits(score: Figure, chance: float) -> int:
    """One digit more where rounding would put an end of the interval onto chance or hide it beside it."""
    ends = [end for end in (score.low, score.high) if end is not None and end != chance]
    return 1 if any(round(100 * end) == round(100 * chance) for end in ends) else 0
