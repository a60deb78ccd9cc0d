"""One sentence, and an honest one."""

from engine.evaluation import Figure, verdict


def score(value: float | None, low: float | None, high: float | None, reason: str = "") -> dict[str, Figure]:
    return {"balanced_accuracy": Figure(value, low, high, reason)}


GOOD = score(0.78, 0.63, 0.90)
DOUBTFUL = score(0.51, 0.41, 0.62)


def test_an_interval_above_chance_is_better_than_chance() -> None:
    assert verdict(GOOD, {}) == "Better than chance (balanced accuracy 78 % [63-90], chance 50 %)."


def test_an_interval_over_chance_is_not_told_from_chance() -> None:
    assert verdict(DOUBTFUL, {}) == (
        "Not distinguishable from chance: the interval of balanced accuracy, 51 % [41-62], covers 50 %."
    )


def test_an_interval_that_touches_chance_is_not_better() -> None:
    assert verdict(score(0.7, 0.5, 0.8), {}).startswith("Not distinguishable from chance")


def test_chance_follows_the_number_of_classes() -> None:
    assert verdict(score(0.45, 0.38, 0.52), {}, classes=3).startswith("Better than chance")


def test_below_chance_is_said() -> None:
    assert verdict(score(0.2, 0.1, 0.3), {}).startswith("Worse than chance")


def test_an_end_that_would_be_rounded_onto_chance_gets_a_digit_more() -> None:
    assert "[50.4-80.0]" in verdict(score(0.65, 0.504, 0.8), {})


def test_a_beaten_baseline_is_named() -> None:
    told = verdict(GOOD, {"linear": DOUBTFUL}, differences={"linear": Figure(0.27, 0.05, 0.4)})
    assert told.endswith(", and better than the linear baseline.")


def test_a_difference_over_zero_is_not_better() -> None:
    told = verdict(GOOD, {"linear": DOUBTFUL}, differences={"linear": Figure(0.1, -0.01, 0.2)})
    assert told.endswith(", but not better than the linear baseline.")


def test_beaten_and_unbeaten_baselines_are_both_named() -> None:
    gaps = {"forest": Figure(0.0, -0.1, 0.1), "linear": Figure(0.2, 0.1, 0.3), "svm": Figure(0.2, 0.1, 0.3)}
    told = verdict(GOOD, dict.fromkeys(gaps, DOUBTFUL), differences=gaps)
    assert told.endswith(", and better than the linear and svm baselines, but not better than the forest baseline.")


def test_without_paired_differences_overlapping_intervals_are_not_better() -> None:
    assert "not better than the linear baseline" in verdict(GOOD, {"linear": score(0.6, 0.5, 0.7)})


def test_a_baseline_that_looks_at_nothing_is_not_worth_a_word() -> None:
    assert "majority" not in verdict(GOOD, {"majority": score(0.5, 0.5, 0.5)})


def test_a_baseline_that_does_better_than_a_useless_model_is_named() -> None:
    told = verdict(DOUBTFUL, {"linear": GOOD}, differences={"linear": Figure(-0.27, -0.4, -0.1)})
    assert told.endswith("The linear baseline does better.")


def test_image_level_is_said() -> None:
    assert "Image level: patients are unknown" in verdict(GOOD, {}, level="image")


def test_an_undefined_figure_is_not_judged() -> None:
    told = verdict(score(None, None, None, "no patient of class osteoporotic was tested"), {})
    assert told.startswith("Not judged")
