"""Which names are one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.audit.spelling import edits, plain, slip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("osteoporotic", "osteoprotic"),
        ("demented", "demneted"),
        ("fractured", "fractued"),
        ("Osteopenia", "osteopinia"),
    ],
)
def test_slips_are_seen(one: str, other: str) -> None:
    assert slip(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stage_1", "stage_2"),
        ("grade a", "grade b"),
        ("normal", "abnormal"),
        ("MildDemented", "VeryMildDemented"),
        ("male", "female"),
        ("hip", "hop"),
        ("typical", "atypical"),
    ],
)
def test_classes_of_their_own_are_not_slips(one: str, other: str) -> None:
    assert not slip(one, other)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_edits_are_symmetric_and_zero_for_equal_names(one: str, other: str, third: str) -> None:
    assert edits(one, other) == edits(other, one)
    assert edits(one, one) == 0
    assert max(len(one), len(other)) >= edits(one, other) >= abs(len(one) - len(other))


def test_case_spaces_and_accents_do_not_tell_names_apart() -> None:
    assert plain("Ostéo-Porose ") == plain("osteo porose")
