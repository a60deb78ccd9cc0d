"""Covariates over groups: what differs is said, and what chance alone would do is not."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.cohort import Cohort, Patient, Scan
from engine.cohort.counting.apartness import of_categories, of_numbers
from engine.cohort.counting.covariate_spread import (
    CovariateSpread,
    by_label,
    by_part,
    by_source,
    covariate_spreads,
    spread_words,
)
from engine.cohort.dividing.parts import by_column
from engine.imaging import ScanSource


def patient(number: int, label: str, origin: str = "", excluded: str = "", **covariates: str) -> Patient:
    source = ScanSource("nifti", (Path(f"{number}.nii"),))
    scan = Scan(number, "", "T1", source, "nifti", (1, 1, 1), 1, "d", (), excluded, origin=origin)
    return Patient(f"P-{number:03d}", str(number), {"diagnosis": label} if label else {}, covariates, (scan,))


def spreads(people: Sequence[Patient], order: Sequence[str] = ("well", "sick", "")) -> dict[str, CovariateSpread]:
    found = covariate_spreads(Cohort(tuple(people)), by_label("diagnosis"), order)
    return {one.name: one for one in found}


def test_numbers_have_a_median_a_range_and_what_is_missing() -> None:
    ages = ["30", "40", "80", ""]
    people = [patient(n, "well", age=age) if age else patient(n, "well") for n, age in enumerate(ages)]
    spread = spreads(people)["age"].groups["well"]
    assert (spread.known, spread.missing) == (3, 1)
    assert spread_words(spread, "number") == "40 (30 to 80)"


def test_categories_are_counted_and_days_have_a_range() -> None:
    people = [
        patient(1, "well", sex="F", seen="2020-01-01"),
        patient(2, "well", sex="M", seen="2020-01-03"),
        patient(3, "well", sex="F", seen="2020-01-02"),
    ]
    found = spreads(people)
    assert spread_words(found["sex"].groups["well"], "category") == "F 2, M 1"
    assert spread_words(found["seen"].groups["well"], "date") == "2020-01-02 (2020-01-01 to 2020-01-03)"


def test_who_takes_part_in_nothing_does_not_count() -> None:
    people = [patient(1, "well", age="30"), patient(2, "well", excluded="motion", age="90")]
    assert spreads(people)["age"].groups["well"].known == 1


def test_a_planted_confounder_tells_the_classes_apart() -> None:
    chance = random.Random(1)
    people = [
        patient(n, label, age=str(round(chance.gauss(mean, 8))), sex=chance.choice("FM"), scanner=scanner)
        for n, (label, mean, scanner) in enumerate([("well", 50, "A"), ("sick", 70, "B")] * 40)
    ]
    told = {name: one.apart.words for name, one in spreads(people).items() if one.apart}
    assert told["age"] == told["scanner"] == "differs strongly"
    assert told["sex"] in ("alike", "within chance")


def test_what_has_no_label_is_shown_but_compared_with_nothing() -> None:
    people = [patient(1, "well", age="30"), patient(2, "", age="90"), patient(3, "", age="80")]
    age = spreads(people)["age"]
    assert (age.groups[""].known, age.apart) == (2, None)


def test_a_difference_in_a_handful_of_patients_may_be_chance() -> None:
    people = [patient(n, label, sex=sex) for n, (label, sex) in enumerate([("well", "F"), ("sick", "M")])]
    apart = spreads(people)["sex"].apart
    assert apart is not None
    assert apart.words == "within chance"


def test_groups_without_a_difference_seldom_seem_to_have_one() -> None:
    chance = random.Random(7)
    alarms = 0
    for _ in range(200):
        groups = {name: [chance.gauss(0, 1) for _ in range(12)] for name in "abcde"}
        apart = of_numbers({name: (12, sum(v) / 12, _variance(v)) for name, v in groups.items()})
        alarms += bool(apart and apart.tells)
    assert alarms < 30


def test_the_difference_of_means_is_in_standard_deviations() -> None:
    apart = of_numbers({"a": (100, 10.0, 4.0), "b": (100, 13.0, 4.0)})
    assert apart is not None
    assert (apart.between, apart.value) == (("a", "b"), 1.5)


def test_the_difference_of_two_values_is_that_of_their_shares() -> None:
    apart = of_categories({"a": {"F": 50, "M": 50}, "b": {"F": 70, "M": 30}})
    assert apart is not None
    assert apart.value == pytest.approx(0.2 / ((0.25 + 0.21) / 2) ** 0.5)


def test_several_sources_are_a_covariate_too_and_parts_and_sources_are_groups() -> None:
    people = [patient(1, "well", origin="x", part="train"), patient(2, "well", origin="y", part="test")]
    cohort = Cohort(tuple(people))
    assert "source" in spreads(people)
    (part, source) = covariate_spreads(cohort, by_part(by_column("part")), ["train", "test"])
    assert (part.name, source.groups["test"].values) == ("part", {"y": 1})
    assert [one.groups["x"].known for one in covariate_spreads(cohort, by_source, ["x", "y"])] == [1, 1]


def _variance(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)
