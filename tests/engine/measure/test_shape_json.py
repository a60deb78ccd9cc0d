"""Shapes as JSON: every digit comes back, and what is not understood is kept as it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.measure import KINDS, Distance, Unknown, figures, from_json, to_json
from tests.engine.measure.made import AXIAL, OBLIQUE, slice_plane

number = st.floats(-1e9, 1e9)
point = st.tuples(number, number, number)
LINE = Distance(AXIAL, ((0, 0, 0), (2, 3, 6)))


@given(st.sampled_from(sorted(KINDS)), st.lists(point, min_size=3, max_size=3))
def test_every_shape_comes_back_with_every_digit(kind: str, points: list) -> None:
    shape = KINDS[kind](slice_plane(OBLIQUE), tuple(points[: KINDS[kind].most or 3]))
    assert from_json(to_json(shape)) == shape


def test_it_says_version_and_kind() -> None:
    told = json.loads(to_json(LINE))
    assert (told["version"], told["kind"]) == (1, "distance")


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "cobb"}, {"version": 2}, {"points": [[0, 0, 0]]}, {"points": [[0, 0, "1"], [0, 0, 0]]},
        {"points": None}, {"plane": {}}, {"points": [[0, 0, True], [0, 0, 0]]}, {"points": [[0, 0, 10**400]] * 2},
    ],
)  # fmt: skip
def test_what_is_not_understood_is_kept_as_it_is(changed: dict) -> None:
    text = json.dumps(json.loads(to_json(LINE)) | changed)
    shape = from_json(text)
    assert isinstance(shape, Unknown)
    assert to_json(shape) == text


def test_a_kind_of_a_later_version_keeps_its_name() -> None:
    assert from_json('{"version": 2, "kind": "cobb", "arms": []}').kind == "cobb"


@given(
    st.text()
    | st.recursive(st.none() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)).map(json.dumps)
)
def test_any_text_is_taken(text: str) -> None:
    assert to_json(from_json(text)) == text


def test_what_is_not_understood_measures_nothing_and_says_so() -> None:
    found = figures(Unknown("cobb", "{}"))
    assert (found.length_mm, found.frames) == (None, ())
    assert "another version" in found.notes[0]
