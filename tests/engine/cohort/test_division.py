"""No patient is ever on both sides of a fold, whatever the protocol and the cohort."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.cohort.dividing.dealing import stratified_part
from engine.cohort.dividing.division import Fold, Subjects, divide, protocols, require_all_classes, verify
from engine.errors import CohortError, DataLeakageError, RecipeError, RegistryError
from engine.recipe import Choice

JACKKNIFE, HOLDOUT = Choice(key="jackknife"), Choice(key="holdout")


@st.composite
def cohorts(draw: st.DrawFn) -> dict[str, str]:
    """The classes of random patients, two patients or more in each class."""
    heads = draw(st.lists(st.integers(2, 6), min_size=2, max_size=4))
    classes = [str(number) for number, count in enumerate(heads) for _ in range(count)]
    return {f"P-{number:03d}": name for number, name in enumerate(draw(st.permutations(classes)))}


parts = st.floats(0.01, 0.99)


@given(cohorts(), st.integers(0, 2**31 - 1))
def test_the_jackknife_tests_everyone_once_on_a_model_of_all_others(classes: dict[str, str], seed: int) -> None:
    folds = divide(JACKKNIFE, Subjects({"x": classes}), seed)
    assert [fold.test for fold in folds] == [(patient,) for patient in sorted(classes)]
    assert all({*fold.train, *fold.test} == set(classes) and len(fold.train) == len(classes) - 1 for fold in folds)


@given(cohorts(), parts, st.integers(0, 2**31 - 1))
def test_a_holdout_has_each_patient_on_one_side_and_each_class_on_both(
    classes: dict[str, str], part: float, seed: int
) -> None:
    (fold,) = divide(Choice.model_validate({"key": "holdout", "test": part}), Subjects({"x": classes}), seed)
    assert sorted(fold.train + fold.test) == sorted(classes)
    for side in (fold.train, fold.test):
        assert {classes[patient] for patient in side} == set(classes.values())


@given(cohorts(), parts, st.integers(0, 2**31 - 1))
def test_a_stratified_part_takes_its_share_of_each_class(classes: dict[str, str], part: float, seed: int) -> None:
    taken = Counter(classes[patient] for patient in stratified_part(classes, part, np.random.default_rng(seed)))
    for name, heads in Counter(classes.values()).items():
        assert 1 <= taken[name] <= heads - 1
        assert abs(taken[name] - part * heads) <= 1


@given(cohorts(), st.integers(0, 99))
def test_the_same_seed_divides_alike_whatever_the_order_of_the_patients(classes: dict[str, str], seed: int) -> None:
    turned = dict(reversed(classes.items()))
    assert divide(HOLDOUT, Subjects({"x": classes}), seed) == divide(HOLDOUT, Subjects({"x": turned}), seed)


@given(cohorts(), st.sampled_from([JACKKNIFE, HOLDOUT]), st.data())
def test_a_patient_put_on_both_sides_is_found(classes: dict[str, str], choice: Choice, data: st.DataObject) -> None:
    folds = divide(choice, Subjects({"x": classes}), 0)
    number = data.draw(st.integers(0, len(folds) - 1))
    fold = folds[number]
    folds[number] = Fold(fold.number, (*fold.train, data.draw(st.sampled_from(fold.test))), fold.test)
    with pytest.raises(DataLeakageError, match=f"fold {fold.number} trains and tests on the same patient"):
        verify(folds, list(classes))


@given(cohorts())
def test_a_patient_tested_by_two_models_is_found(classes: dict[str, str]) -> None:
    folds = divide(JACKKNIFE, Subjects({"x": classes}), 0)
    assume(len(folds) > 1)
    both = {*folds[0].test, *folds[1].test}
    folds[1] = Fold(2, tuple(set(classes) - both), tuple(sorted(both)))
    with pytest.raises(DataLeakageError, match="several folds test the same patient"):
        verify(folds, list(classes))


def test_a_stranger_in_a_fold_is_found() -> None:
    with pytest.raises(DataLeakageError, match="patient P-009 the cohort does not have"):
        verify([Fold(1, ("P-001", "P-009"), ("P-002",))], ["P-001", "P-002"])


def test_a_long_list_of_patients_is_cut() -> None:
    everyone = tuple(f"P-{number}" for number in range(9))
    with pytest.raises(DataLeakageError, match="P-0, P-1, P-2 and 6 more"):
        verify([Fold(1, everyone, everyone)], everyone)


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (JACKKNIFE, "fold 3 would train without class 'rare', which has 1 patient"),
        (HOLDOUT, "no fold would test class 'rare', which has 1 patient"),
    ],
)
def test_a_class_of_one_patient_is_refused(choice: Choice, told: str) -> None:
    classes = {"a": "common", "b": "common", "c": "rare"}
    with pytest.raises(CohortError) as caught:
        divide(choice, Subjects({"x": classes}), 0)
    assert (caught.value.what, bool(caught.value.hint)) == (told, True)


def test_with_several_targets_each_class_counts_but_not_each_pair_of_them() -> None:
    part = {"a": "hand", "b": "hand", "c": "foot", "d": "foot"}
    broken = {"a": "yes", "b": "no", "c": "no", "d": "yes"}
    assert len(divide(JACKKNIFE, Subjects({"part": part, "broken": broken}), 0)) == 4


def test_every_fold_has_to_train_on_every_class() -> None:
    with pytest.raises(CohortError, match="fold 1 would train without class 'b', which has 2 patients"):
        require_all_classes([Fold(1, ("p",), ("q", "r"))], {"p": "a", "q": "b", "r": "b"})


def test_an_unknown_protocol_names_the_nearest() -> None:
    with pytest.raises(RegistryError) as caught:
        divide(Choice(key="jacknife"), Subjects({"x": {"a": "b"}}), 0)
    assert caught.value.hint == "Did you mean 'jackknife'?"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"test": 1.0}, "'test' in the protocol 'holdout' is wrong: input should be less than 1 (it says 1.0)"),
        ({"tset": 0.5}, "the protocol 'holdout' has no setting 'tset'"),
    ],
)
def test_a_bad_option_of_a_protocol_is_one_line(options: dict[str, float], told: str) -> None:
    with pytest.raises(RecipeError) as caught:
        divide(Choice.model_validate({"key": "holdout", **options}), Subjects({"x": {"a": "b"}}), 0)
    assert caught.value.what == told


@pytest.mark.parametrize("key", protocols.keys())
def test_every_protocol_can_say_what_it_does(key: str) -> None:
    protocol = protocols.get(key)
    assert protocol.describe(protocol.options()).endswith(".")
