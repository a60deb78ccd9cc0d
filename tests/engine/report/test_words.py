"""The sentences of a report are true of the run."""

from dataclasses import replace

import pytest

from engine.evaluation import Figure
from engine.recipe import Target
from engine.report.numbers import label, points, written
from engine.report.words import fitted_on, gap_sentence, limits, methods, protocol_sentences
from tests.engine.report.made import report_data

DATA = report_data()
TWO = DATA.recipe.targets[0]


def test_the_protocol_counts_the_folds_that_were_trained() -> None:
    assert protocol_sentences(DATA)[1] == "33 folds, each with 32 patients to train on and 1 to test."


def test_a_step_that_learns_is_told_from_one_that_does_not() -> None:
    rows = dict(fitted_on(DATA.recipe))
    assert rows["Preparation: standardise (t2)"] == "the fold's training patients"


def test_unused_class_weights_are_called_unused() -> None:
    training = DATA.recipe.training.model_copy(update={"class_weights": "none"})
    assert dict(fitted_on(DATA.recipe.model_copy(update={"training": training})))["Class weights"] == "not used"


def test_methods_name_the_number_of_draws() -> None:
    assert "100 bootstrap draws of patients" in methods(DATA)


def test_methods_name_the_options_of_a_step() -> None:
    assert "resize (size 48 × 48)" in methods(DATA)


@pytest.mark.parametrize(("tested", "grade"), [(0.1, "severe"), (0.82, "mild"), (0.9, "none")])
def test_the_gap_between_training_and_test_is_graded(tested: float, grade: str) -> None:
    assert f"over-fitting: {grade}" in gap_sentence(DATA, tested)


def test_without_epochs_there_is_no_gap_to_speak_of() -> None:
    assert gap_sentence(replace(DATA, events=[]), 0.5) == ""


def test_limits_name_the_smallest_class() -> None:
    assert "healthy, has 12 patients" in limits(DATA)[0]


def test_limits_of_the_image_level_begin_with_it() -> None:
    assert limits(replace(DATA, level="image"))[0].startswith("Patients are unknown")


def test_a_share_is_written_with_its_interval() -> None:
    assert written("recall[healthy]", Figure(0.714, 0.58, 0.82)) == "71 % [58-82]"


def test_a_score_that_is_no_share_is_written_as_a_number() -> None:
    assert written("mcc", Figure(-0.1, -0.32, 0.001)) == "−0.10 [−0.32 to 0.00]"


def test_an_undefined_figure_is_called_so() -> None:
    assert written("auroc", Figure.undefined("no one")) == "not defined"


def test_a_difference_is_written_in_points() -> None:
    assert points(Figure(0.11, -0.004, 0.26)) == "11 points [0 to 26]"


def test_two_class_figures_name_their_class() -> None:
    assert label("precision", TWO) == "Precision of osteoporotic"


def test_figures_of_several_classes_say_that_they_are_means() -> None:
    assert label("f1", Target(column="c", classes=("a", "b", "c"))) == "F1, mean over classes"
