"""No protocol ever puts a patient on two sides, and shares are met as near as whole patients allow."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.cohort.dividing.division import Fold, Subjects, chosen, divide, protocols, verify
from engine.cohort.dividing.remarks import gaps
from engine.cohort.dividing.strata import binned
from engine.cohort.protocols.jackknife import MOST
from engine.errors import CohortError, DataLeakageError, RecipeError
from engine.recipe import Choice
from tests.helpers.divided import DRAWN, choices, on_two_sides, subjects

seeds = st.integers(0, 2**31 - 1)


def folds_of(choice: Choice, who: Subjects, seed: int = 0) -> list[Fold]:
    """The folds as they are drawn, before anything about classes is refused."""
    protocol, options = chosen(choice)
    assume(len(who.patients) >= choice.options.get("folds", 2) * 2)
    try:
        return list(protocol.divide(who, options, np.random.default_rng(seed)))
    except CohortError as failure:
        assume("cannot be divided" not in failure.what)
        raise


def counts(part: tuple[str, ...], classes: Mapping[str, str]) -> Counter[str]:
    return Counter(classes[key] for key in part)


@given(subjects(), choices(), seeds)
def test_no_protocol_puts_a_patient_on_two_sides(who: Subjects, choice: Choice, seed: int) -> None:
    folds = folds_of(choice, who, seed)
    assert [on_two_sides(fold) for fold in folds] == [set()] * len(folds)
    verify(folds, who.patients)


@given(subjects(), choices(), seeds)
def test_within_a_repeat_everybody_is_tested_once_or_in_a_holdout_at_most_once(
    who: Subjects, choice: Choice, seed: int
) -> None:
    folds = folds_of(choice, who, seed)
    for repeat in {fold.repeat for fold in folds}:
        tested = Counter(key for fold in folds if fold.repeat == repeat for key in fold.test)
        assert set(tested.values()) <= {1}
        assert choice.key == "holdout" or set(tested) == set(who.patients)


@given(subjects(), choices(), seeds)
def test_the_same_seed_divides_alike_whatever_the_order_of_the_patients(
    who: Subjects, choice: Choice, seed: int
) -> None:
    turned = replace(
        who, targets={name: dict(reversed(list(classes.items()))) for name, classes in who.targets.items()}
    )
    assert folds_of(choice, who, seed) == folds_of(choice, turned, seed)


@given(subjects(targets=1), choices(("k-fold", "repeated-k-fold", "nested")), seeds)
def test_folds_differ_by_one_patient_at_most_in_all_in_each_class_and_in_each_stratum(
    who: Subjects, choice: Choice, seed: int
) -> None:
    (classes,) = who.targets.values()
    strata = [
        dict(zip(who.patients, binned(list(who.column(by).values())), strict=True)) for by in choice.options["by"]
    ]
    folds = [fold for fold in folds_of(choice, who, seed) if fold.repeat == 1]
    nested: list[dict[str, str]] = [dict.fromkeys(classes, "all"), dict(classes)]
    for values in strata:
        nested.append({key: f"{nested[-1][key]} / {values[key]}" for key in classes})
    for kind in nested:
        for name in set(kind.values()):
            heads = [counts(fold.test, kind)[name] for fold in folds]
            assert max(heads) - min(heads) <= 1


@given(subjects(), choices(("k-fold", "repeated-k-fold")), seeds)
def test_with_several_targets_folds_stay_equal_in_size(who: Subjects, choice: Choice, seed: int) -> None:
    sizes = [len(fold.test) for fold in folds_of(choice, who, seed)]
    assert max(sizes) - min(sizes) <= 1


@given(subjects(targets=1), choices(("holdout",)), seeds)
def test_a_holdout_takes_its_share_of_each_class_rounded_up_or_down(who: Subjects, choice: Choice, seed: int) -> None:
    (classes,) = who.targets.values()
    (fold,) = folds_of(choice, who, seed)
    for name, heads in Counter(classes.values()).items():
        tested, trained = counts(fold.test, classes)[name], counts(fold.train, classes)[name]
        watched = counts(fold.validation, classes)[name]
        forced = 1 in (tested, trained, watched) or heads == 1
        assert forced or abs(tested - choice.options["test"] * heads) < 1
        assert forced or abs(watched - choice.options["validation"] * heads) < 2
        assert trained >= 1
        assert heads < 2 or tested >= 1
        assert heads < 3 or watched >= 1 or not choice.options["validation"]


@pytest.mark.parametrize(("preset", "heads"), [("60 / 20 / 20", (120, 40, 40)), ("64 / 16 / 20", (128, 32, 40))])
def test_presets_are_met_exactly_where_they_can_be(preset: str, heads: tuple[int, int, int]) -> None:
    classes = {f"P-{number:03d}": "ab"[number % 2] for number in range(200)}
    options = protocols.get("holdout").presets[preset]
    (fold,) = divide(Choice.model_validate({"key": "holdout", **options}), Subjects({"x": classes}), 7)
    assert (len(fold.train), len(fold.validation), len(fold.test)) == heads
    for part in fold.parts.values():
        assert counts(part, classes)["a"] == counts(part, classes)["b"]


@given(subjects(least=2), seeds)
def test_the_rebalanced_jackknife_leaves_one_of_each_other_class_out(who: Subjects, seed: int) -> None:
    for fold in folds_of(Choice(key="rebalanced-jackknife"), who, seed):
        out = set(who.patients) - set(fold.train)
        missing = Counter(who.joined[key] for key in out)
        heads = Counter(who.joined.values())
        own = who.joined[fold.test[0]]
        assert missing == {name: 1 for name, count in heads.items() if count > 1 or name == own}


def test_two_equal_classes_stay_equal_in_the_rebalanced_jackknife() -> None:
    classes = {f"P-{number:03d}": "ab"[number % 2] for number in range(20)}
    for fold in divide(Choice(key="rebalanced-jackknife"), Subjects({"x": classes}), 0):
        assert counts(fold.train, classes) == {"a": 9, "b": 9}


@pytest.mark.parametrize("classes", ["ab", "abcdefghijklmnopqrstuvwxyz"], ids=["two classes", "a class each"])
def test_repeats_are_drawn_anew(classes: str) -> None:
    who = Subjects({"x": {f"P-{number:03d}": classes[number % len(classes)] for number in range(26)}})
    protocol, options = chosen(Choice(key="repeated-k-fold"))
    folds = protocol.divide(who, options, np.random.default_rng(0))
    assert [fold.number for fold in folds] == list(range(1, 26))
    drawn = {frozenset(frozenset(fold.test) for fold in folds if fold.repeat == repeat) for repeat in range(1, 6)}
    assert len(drawn) == 5


@given(subjects(), choices(), seeds, st.data())
def test_whoever_is_put_on_two_sides_is_found(who: Subjects, choice: Choice, seed: int, data: st.DataObject) -> None:
    folds = folds_of(choice, who, seed)
    place = data.draw(st.integers(0, len(folds) - 1))
    fold = folds[place]
    assume(fold.test)
    extra = data.draw(st.sampled_from(fold.test))
    part = data.draw(st.sampled_from(["train", "validation", *(["inner"] if fold.inner else [])]))
    if part == "inner":
        first = replace(fold.inner[0], train=(*fold.inner[0].train, extra))
        folds[place] = replace(fold, inner=(first, *fold.inner[1:]))
    else:
        both = (*fold.parts[part], extra)
        folds[place] = replace(fold, train=both) if part == "train" else replace(fold, validation=both)
    with pytest.raises(DataLeakageError, match=extra):
        verify(folds, who.patients)


def test_tested_twice_within_a_repeat_is_a_leak_but_not_over_repeats() -> None:
    first, again = Fold(1, ("a",), ("b",)), Fold(2, ("a",), ("b",))
    with pytest.raises(DataLeakageError, match="several folds test the same patient b"):
        verify([first, again], "ab")
    verify([first, replace(again, repeat=2)], "ab")


def test_an_inner_fold_that_tests_twice_is_a_leak() -> None:
    inner = (Fold(1, ("a",), ("b",)), Fold(2, ("a",), ("b",)))
    with pytest.raises(DataLeakageError, match="several inner folds of fold 1 test the same patient b"):
        verify([Fold(1, ("a", "b"), ("c",), inner=inner)], "abc")


@given(subjects(least=4), seeds)
def test_a_column_of_parts_divides_as_it_says(who: Subjects, seed: int) -> None:
    generator = np.random.default_rng(seed)
    words = ["train", "Validation", "TEST", ""]
    parts = dict(zip(who.patients, generator.choice(words, len(who.patients)).tolist(), strict=True))
    assume({"train", "TEST"} <= set(parts.values()))
    column = protocols.get("column")
    given_column = replace(who, told={"split": parts})
    (fold,) = column.divide(given_column, column.options(), generator)
    assert on_two_sides(fold) == set()
    for part, word in (("train", "train"), ("validation", "Validation"), ("test", "TEST")):
        assert set(fold.parts[part]) == {key for key, value in parts.items() if value == word}


@given(subjects(least=6), seeds)
def test_a_column_of_sites_tests_each_once(who: Subjects, seed: int) -> None:
    generator = np.random.default_rng(seed)
    sites = dict(zip(who.patients, generator.choice(["north", "south", "west"], len(who.patients)), strict=True))
    assume(len(set(sites.values())) > 1)
    column, options = chosen(Choice.model_validate({"key": "column", "column": "site"}))
    folds = column.divide(replace(who, told={"site": sites}), options, generator)
    verify(folds, who.patients)
    assert [{sites[key] for key in fold.test} for fold in folds] == [{name} for name in sorted(set(sites.values()))]
    assert all(not {sites[key] for key in fold.train} & {sites[key] for key in fold.test} for fold in folds)


@pytest.mark.parametrize("key", DRAWN)
def test_a_class_of_one_patient_is_refused_by_every_protocol_that_draws(key: str) -> None:
    classes = {f"P-{number}": "common" for number in range(12)} | {"P-x": "rare"}
    with pytest.raises(CohortError, match="class 'rare', which has 1 patient") as caught:
        divide(Choice(key=key), Subjects({"x": classes}), 0)
    assert caught.value.hint


@pytest.mark.parametrize("seed", range(20))
def test_a_rare_combination_of_targets_is_no_reason_to_refuse(seed: int) -> None:
    part = {f"P-{number:02d}": "hand" if number < 15 else "foot" for number in range(30)}
    broken = {key: "yes" if key in ("P-00", "P-01", "P-29") else "no" for key in part}
    for key in ("holdout", "k-fold", "nested"):
        assert divide(Choice.model_validate({"key": key}), Subjects({"part": part, "broken": broken}), seed)


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({"key": "k-fold", "folds": 9}, "8 patients cannot be divided into 9 folds"),
        ({"key": "k-fold", "by": ["hight"]}, "no patient has a column 'hight'"),
        ({"key": "external"}, "nobody of the other workspace takes part"),
        ({"key": "folders"}, "no folder of the scans names a part"),
        ({"key": "saved", "name": "main"}, "saved divisions lie in a workspace, and there is none"),
        ({"key": "column", "column": "age"}, "the column 'age' has 1 different values"),
    ],
)
def test_what_cannot_be_divided_is_said_with_what_to_do(choice: dict[str, object], told: str) -> None:
    classes = {f"P-{number}": "ab"[number % 2] for number in range(8)}
    who = Subjects({"x": classes}, {"age": dict.fromkeys(classes, "40")})
    with pytest.raises(CohortError) as caught:
        divide(Choice.model_validate(choice), who, 0)
    assert (caught.value.what, bool(caught.value.hint)) == (told, True)


def test_parts_that_leave_nobody_to_train_on_are_refused() -> None:
    with pytest.raises(RecipeError, match="leave nobody to train on"):
        divide(Choice.model_validate({"key": "holdout", "test": 0.5, "validation": 0.5}), Subjects({"x": {}}), 0)


def test_the_jackknife_of_a_large_cohort_is_refused() -> None:
    classes = {f"P-{number:05d}": "ab"[number % 2] for number in range(MOST + 1)}
    with pytest.raises(CohortError, match="would train 2,001 models"):
        divide(Choice(key="jackknife"), Subjects({"x": classes}), 0)


def test_a_stratum_of_numbers_is_a_quarter_of_all() -> None:
    assert Counter(binned([str(number) for number in range(100)]).tolist()) == {1: 25, 2: 25, 3: 25, 4: 25}


def test_those_without_a_number_are_a_stratum_by_themselves() -> None:
    assert binned(["", *(str(number) for number in range(8)), ""]).tolist() == [0, 1, 1, 2, 2, 3, 3, 4, 4, 0]


@pytest.mark.parametrize("key", ["k-fold", "holdout", "repeated-k-fold"])
def test_a_hundred_thousand_patients_are_divided(key: str) -> None:
    classes = {f"P-{number:06d}": "abc"[number % 3] for number in range(100_000)}
    sites = {patient: "nsw"[number % 7 % 3] for number, patient in enumerate(classes)}
    choice = {"key": key, "by": ["site"], **({"repeats": 2} if key == "repeated-k-fold" else {})}
    folds = divide(Choice.model_validate(choice), Subjects({"x": classes, "y": sites}, {"site": sites}), 0)
    assert sum(len(part) for part in folds[0].parts.values()) == 100_000


@pytest.mark.parametrize(
    ("key", "constant"), [("jackknife", False), ("rebalanced-jackknife", True)], ids=["plain", "rebalanced"]
)
def test_a_base_rate_that_tells_who_is_left_out_is_said(key: str, constant: bool) -> None:
    who = Subjects({"x": {f"P-{number:03d}": "aab"[number % 3] for number in range(12)}})
    said = any("biases pooled AUROC" in line for line in gaps(divide(Choice(key=key), who, 0), who))
    assert said is not constant


def test_a_combination_of_classes_that_only_one_has_moves_the_base_rate_which_is_said() -> None:
    keys = [f"P-{number:03d}" for number in range(9)]
    first = dict(zip(keys, "aaaabbbbb", strict=True))
    second = dict(zip(keys, "mmnnmmmmn", strict=True))
    who = Subjects({"x": first, "y": second})
    lines = gaps(divide(Choice(key="rebalanced-jackknife"), who, 0), who)
    assert sum("biases pooled AUROC" in line for line in lines) == 2
