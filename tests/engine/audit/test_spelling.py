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
        ("HER2+", "HER2-"),
        ("positive +", "positive -"),
    ],
)
def test_classes_of_their_own_are_not_slips(one: str, other: str) -> None:
    assert not slip(one, other)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_edits_are_symmetric_and_zero_for_equal_names(one: str, other: str, third: str) -> None:
    assert edits(one, other) == edits(other, one)
    assert edits(one, one) == 0
    assert max(len(one), len(other)) >= edits(one, other) >= abs(len(one) - len(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("-1", "1"), ("+", "-"), ("<50", ">50"), ("1.5", "15"), ("1 5", "15"), (".5", "5"), ("HER2+", "HER2-"),
        ("ER+", "ER-"), ("T1", "T1*"), ("grade -1", "grade 1"), ("50%", "50"), ("A/B", "AB"),
    ],
)  # fmt: skip
def test_signs_and_decimal_points_make_words_of_their_own(one: str, other: str) -> None:
    assert plain(one) != plain(other)
    assert not slip(one, other)


def test_case_spaces_and_accents_do_not_tell_names_apart() -> None:
    assert plain("Ostéo-Porose ") == plain("osteo porose") == plain("(Osteo_porose.)")
    assert plain("stage-1") == plain("Stage 1")
