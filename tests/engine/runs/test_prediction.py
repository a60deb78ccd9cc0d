"""Predictions are saved such that reading them gives the very same numbers."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import RunError
from engine.runs import Prediction, read_predictions, write_predictions

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter(lambda t: t.splitlines() == [t.strip()])
shares = st.floats(0, 1)
ODD = ["a,b", 'say "no"', "p(", ")", "p(α)", "nan", "patient", "fold", "1"]


@st.composite
def tables(draw: st.DrawFn) -> list[Prediction]:
    classes = {
        target: draw(st.lists(st.one_of(texts, st.sampled_from(ODD)), min_size=2, max_size=4, unique=True))
        for target in draw(st.lists(texts, min_size=1, max_size=2, unique=True))
    }
    return [
        Prediction(
            patient=f"P-{number:03d}",
            fold=draw(st.integers(1, 99)),
            target=target,
            truth=draw(st.sampled_from(named)),
            predicted=draw(st.sampled_from(named)),
            probabilities={name: draw(shares) for name in named},
        )
        for target, named in classes.items()
        for number in range(draw(st.integers(0, 3)))
    ]


@given(tables())
def test_predictions_read_back_exactly(tmp_path_factory: pytest.TempPathFactory, rows: list[Prediction]) -> None:
    path = tmp_path_factory.mktemp("run") / "predictions.csv"
    write_predictions(path, rows)
    assert read_predictions(path) == rows


def test_the_header_names_the_classes(tmp_path: Path) -> None:
    path = tmp_path / "predictions.csv"
    write_predictions(path, [Prediction("P-001", 1, "x", "a", "b", {"a": 0.1, "b": 0.9})])
    assert path.read_text() == "patient,fold,target,truth,predicted,p(a),p(b)\nP-001,1,x,a,b,0.1,0.9\n"


@pytest.mark.parametrize(
    "content",
    [
        b"patient,fold\nP-001,1\n",
        b"patient,fold,target,truth,predicted\nP-001,one,x,a,a\n",
        b"patient,fold,target,truth,predicted\nP-001,1,x,a,a,left,over\n",
        b"patient,fold,target,truth,predicted,p(a)\nP-001,1,x,a,a,much\n",
        b"patient,fold,target,truth,predicted\nP-001,1,x,\xff,a\n",
        b"patient,fold,target,truth,predicted\nP-001,1,x,a," + b"a" * 200_000,
    ],
    ids=["columns", "fold", "cells", "probability", "no text", "endless field"],
)
def test_a_damaged_file_is_a_run_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "predictions.csv"
    path.write_bytes(content)
    with pytest.raises(RunError, match="the predictions cannot be read"):
        read_predictions(path)
