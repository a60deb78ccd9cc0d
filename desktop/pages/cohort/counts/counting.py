"""What the counts show of a cohort, computed without a widget and off the GUI thread."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.cohort import Cohort
from engine.cohort.counting.count_table import NONE, as_csv, counts_csv
from engine.cohort.counting.covariate_spread import (
    CovariateSpread,
    by_label,
    by_part,
    by_source,
    covariate_spreads,
    spread_words,
)
from engine.cohort.counting.head_counts import AXES, Axis, Heads, Pivot
from engine.cohort.dividing.parts import (
    FOLDERS,
    PartOf,
    by_division,
    by_folders,
    has_part_folders,
    no_part,
    part_columns,
    part_of,
    parts_of,
    target_columns,
)
from engine.cohort.dividing.saved_divisions import Division

MOST_FOLDS = 20
_GROUPED: tuple[Axis, ...] = ("label", "part", "source")


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see; empty where that is left open. `columns` may be the same axis as `rows`: no pivot."""

    target: str = ""
    part: str = ""
    rows: Axis = "label"
    columns: Axis | None = None
    groups: Axis = "label"


@dataclass(frozen=True, eq=False)
class Counts:
    """The answer, with the wish as far as it could be granted; `heads` serve the next wish on the same cohort."""

    cohort: Cohort
    wish: Wish
    heads: Heads
    targets: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    pivot: Pivot
    bars: Pivot
    bar_axis: Axis
    spreads: tuple[CovariateSpread, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that covariates are spread over, in order."""
        return self.heads.values[self.wish.groups]

    @property
    def axes(self) -> list[Axis]:
        """Those on which there is anything to tell."""
        return [axis for axis in AXES if axis == "label" or len(self.heads.values[axis]) > 1]

    @property
    def grouping(self) -> list[Axis]:
        """Those that covariates can be spread over."""
        return [axis for axis in _GROUPED if axis in self.axes]

    def csv(self) -> str:
        """Every cell there is, below one another."""
        return counts_csv({self.wish.target: self.heads}, self.axes)

    def covariates_csv(self) -> str:
        """Covariates by group, below one another."""
        rows = [
            (one.name, name or NONE[self.wish.groups], spread.known, spread.missing, spread_words(spread, one.type))
            for one in self.spreads
            for name, spread in one.groups.items()
        ]
        return as_csv([("covariate", self.wish.groups, "known", "missing", "spread"), *rows])


def count(cohort: Cohort, divisions: Sequence[Division], wish: Wish, known: Counts | None = None) -> Counts:
    """Count the heads as wished, as far as the cohort allows."""
    targets = tuple(target_columns(cohort))
    offered = _offered(cohort, divisions)
    wish = replace(
        wish,
        target=wish.target if wish.target in targets else next(iter(targets), ""),
        part=wish.part if wish.part in dict(offered) else offered[-1 if len(offered) > 1 else 0][0],
    )
    heads = _heads(cohort, divisions, wish, known)
    telling = [axis for axis in AXES if axis == "label" or len(heads.values[axis]) > 1]
    rows: Axis = wish.rows if wish.rows in telling else "label"
    columns = wish.columns if wish.columns in telling and wish.columns != rows else None
    groups: Axis = wish.groups if wish.groups in telling else "label"
    bar_axis = _bar_axis(rows, columns)
    return Counts(
        cohort,
        replace(wish, rows=rows, columns=columns, groups=groups),
        heads,
        targets,
        offered,
        heads.pivot(rows, columns or rows),
        heads.pivot(bar_axis, "label"),
        bar_axis,
        _spreads(cohort, divisions, replace(wish, groups=groups), heads, known),
    )


def first_wish(counts: Counts) -> Wish:
    """The table one most likely wants first: classes down, and across what divides, or where they come from."""
    likely: tuple[Axis, ...] = ("part", "source", "role")
    across = next((axis for axis in likely if axis in counts.axes), None)
    return replace(counts.wish, columns=across)


def _offered(cohort: Cohort, divisions: Sequence[Division]) -> tuple[tuple[str, str], ...]:
    """What divides the cohort: keys with their words; the first is nothing, the last the most telling."""
    saved = [(f"saved:{one.name}", one.name) for one in divisions if len(one.folds) <= MOST_FOLDS]
    columns = [(f"column:{name}", f"column {name}") for name in part_columns(cohort)]
    folders = [(FOLDERS, "folders")] if has_part_folders(cohort) else []
    return (("none", "not divided"), *saved, *columns, *folders)


def _part(cohort: Cohort, divisions: Sequence[Division], key: str) -> PartOf:
    kind, _, name = key.partition(":")
    if kind == "saved":
        return by_division(parts_of(next(one for one in divisions if one.name == name)))
    if kind == "column":
        return part_of(cohort, name)
    return by_folders if kind == FOLDERS else no_part


def _heads(cohort: Cohort, divisions: Sequence[Division], wish: Wish, known: Counts | None) -> Heads:
    if known is not None and known.cohort is cohort and _same(known.wish, wish) and not wish.part.startswith("saved:"):
        return known.heads
    return Heads.of(cohort, wish.target, _part(cohort, divisions, wish.part))


def _spreads(
    cohort: Cohort, divisions: Sequence[Division], wish: Wish, heads: Heads, known: Counts | None
) -> tuple[CovariateSpread, ...]:
    if known is not None and known.heads is heads and known.wish.groups == wish.groups:
        return known.spreads
    of = {"label": by_label(wish.target), "part": by_part(_part(cohort, divisions, wish.part)), "source": by_source}
    return tuple(covariate_spreads(cohort, of[wish.groups], heads.values[wish.groups]))


def _same(one: Wish, other: Wish) -> bool:
    return (one.target, one.part) == (other.target, other.part)


def _bar_axis(rows: Axis, columns: Axis | None) -> Axis:
    """What has a bar each: the axis that is not the classes, which are the colours."""
    return columns if rows == "label" and columns is not None else rows
