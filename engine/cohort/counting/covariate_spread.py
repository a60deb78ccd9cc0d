"""How covariates are spread over groups of patients, such as classes: a group that is older is easy to tell apart."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median, pvariance

from engine.cohort.cohort import Cohort, Patient
from engine.cohort.columns import Column, Type, is_date, is_number
from engine.cohort.counting.apartness import Apartness, of_categories, of_numbers
from engine.cohort.dividing.parts import PartOf

SOURCE = "source"
GroupsOf = Callable[[Patient], Collection[str]]


@dataclass(frozen=True)
class Numbers:
    """The middle and the range of what is known; days are counted as `date.toordinal` does."""

    median: float
    low: float
    high: float
    mean: float
    variance: float


@dataclass(frozen=True)
class Spread:
    """A covariate in one group: of how many it is known, and how it is spread there."""

    known: int
    missing: int
    numbers: Numbers | None
    values: Mapping[str, int]


@dataclass(frozen=True)
class CovariateSpread:
    """A covariate over groups; `apart` are the two that differ most, None where nothing can be compared."""

    name: str
    type: Type
    groups: Mapping[str, Spread]
    apart: Apartness | None


def covariate_spreads(cohort: Cohort, groups_of: GroupsOf, order: Sequence[str]) -> list[CovariateSpread]:
    """Every covariate, and the source where there are several, over the groups in their order.

    Only patients with a scan that may take part count. The group "" is shown, but compared with no other.
    """
    groups: dict[str, list[Patient]] = {name: [] for name in order}
    for patient in cohort.patients:
        if any(not scan.kept_out for scan in patient.scans):
            for name in groups_of(patient):
                groups[name].append(patient)
    spreads = [_spread(cohort.column(name), groups, _told(name)) for name in cohort.covariate_columns]
    origins = {origin for members in groups.values() for patient in members if (origin := _origin(patient))}
    if len(origins) > 1:
        spreads.append(_spread(Column(SOURCE, "covariate", "category"), groups, _origin))
    return spreads


def by_label(column: str) -> GroupsOf:
    """The classes of the scans that take part."""
    return lambda patient: {patient.label_of(scan, column) for scan in patient.scans if not scan.kept_out}


def by_part(part: PartOf) -> GroupsOf:
    """The parts of a division that the scans that take part lie in."""
    return lambda patient: {part(patient, scan) for scan in patient.scans if not scan.kept_out}


def by_source(patient: Patient) -> Collection[str]:
    """Where the scans that take part come from."""
    return {scan.origin for scan in patient.scans if not scan.kept_out}


def spread_words(spread: Spread, kind: Type) -> str:
    """Such as "64 (41 to 88)" or "F 12, M 9"; empty where nothing is known."""
    if spread.numbers is not None:
        middle, low, high = (_worded(value, kind) for value in (
            spread.numbers.median, spread.numbers.low, spread.numbers.high
        ))  # fmt: skip
        return f"{middle} ({low} to {high})"
    if kind == "text":
        return f"{len(spread.values)} different" if spread.values else ""
    return ", ".join(f"{value} {count}" for value, count in spread.values.items())


def _told(name: str) -> Callable[[Patient], str]:
    return lambda patient: patient.covariates.get(name, "")


def _origin(patient: Patient) -> str:
    return next((scan.origin for scan in patient.scans if not scan.kept_out and scan.origin), "")


def _spread(column: Column, groups: Mapping[str, Sequence[Patient]], told: Callable[[Patient], str]) -> CovariateSpread:
    spreads = {name: _of_group(column, [told(patient) for patient in members]) for name, members in groups.items()}
    compared = {name: spread for name, spread in spreads.items() if name and spread.known}
    apart = None
    if column.type in ("number", "date"):
        apart = of_numbers({k: (s.known, s.numbers.mean, s.numbers.variance) for k, s in compared.items() if s.numbers})
    elif column.type != "text":
        apart = of_categories({k: s.values for k, s in compared.items()})
    return CovariateSpread(column.name, column.type, spreads, apart)


def _of_group(column: Column, told: Sequence[str]) -> Spread:
    if column.type in ("number", "date"):
        of_day = column.type == "date"
        known = [_day(text) if of_day else float(text) for text in told if (is_date if of_day else is_number)(text)]
        return Spread(len(known), len(told) - len(known), _numbers(known), {})
    counts = Counter(text for text in told if text)
    values = {value: counts[value] for value in column.ordered(counts)}
    return Spread(counts.total(), len(told) - counts.total(), None, values)


def _numbers(known: Sequence[float]) -> Numbers | None:
    if not known:
        return None
    variance = pvariance(known) * len(known) / (len(known) - 1) if len(known) > 1 else math.nan
    return Numbers(median(known), min(known), max(known), fmean(known), variance)


def _day(text: str) -> float:
    return float(date.fromisoformat(text).toordinal())


def _worded(value: float, kind: Type) -> str:
    return date.fromordinal(round(value)).isoformat() if kind == "date" else f"{value:.4g}"
