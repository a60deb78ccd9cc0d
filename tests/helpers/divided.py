"""Patients to divide, of any classes, covariates and numbers, as hypothesis draws them."""

from hypothesis import strategies as st

from engine.cohort.dividing.fold import Fold
from engine.cohort.dividing.subjects import Subjects
from engine.recipe import Choice

DRAWN = ("holdout", "k-fold", "repeated-k-fold", "jackknife", "rebalanced-jackknife", "nested")
STRATA = ("age", "sex")


@st.composite
def subjects(draw: st.DrawFn, targets: int = 3, least: int = 1) -> Subjects:
    """One to thirty patients, up to three targets, classes of any size; also at image level and guessed groups."""
    count = draw(st.integers(least, 30))
    keys = [f"P-{number:03d}" for number in draw(st.permutations(range(count)))]
    classes = st.lists(st.sampled_from("abcd"), min_size=count, max_size=count)
    chosen = draw(st.integers(1, targets))
    made = {f"target {number}": dict(zip(keys, draw(classes), strict=True)) for number in range(chosen)}
    ages = draw(st.lists(st.one_of(st.just(""), st.integers(20, 90).map(str)), min_size=count, max_size=count))
    sexes = draw(st.lists(st.sampled_from(["f", "m", ""]), min_size=count, max_size=count))
    told = {"age": dict(zip(keys, ages, strict=True)), "sex": dict(zip(keys, sexes, strict=True))}
    image = draw(st.booleans())
    return Subjects(made, told, level="image" if image else "patient", likely=image and draw(st.booleans()))


@st.composite
def choices(draw: st.DrawFn, keys: tuple[str, ...] = DRAWN) -> Choice:
    """A protocol that draws, with any options."""
    key = draw(st.sampled_from(keys))
    options: dict[str, object] = {}
    if "jackknife" not in key:
        options["by"] = draw(st.lists(st.sampled_from(STRATA), unique=True))
    if key == "holdout":
        test = draw(st.floats(0.02, 0.7))
        options |= {"test": test, "validation": draw(st.floats(0, 0.95 - test))}
    if key in ("k-fold", "repeated-k-fold", "nested"):
        options["folds"] = draw(st.integers(2, 6))
    if key == "repeated-k-fold":
        options["repeats"] = draw(st.integers(2, 4))
    if key == "nested":
        options["inner_folds"] = draw(st.integers(2, 3))
    return Choice.model_validate({"key": key, **options})


def on_two_sides(fold: Fold) -> set[str]:
    """Who is in more than one part of a fold, or tested in it and in one of its inner folds; found the slow way."""
    parts = [fold.train, fold.validation, fold.test]
    found = {key for key in (*fold.train, *fold.validation, *fold.test) if sum(key in part for part in parts) > 1}
    for inner in fold.inner:
        inside = (*inner.train, *inner.validation, *inner.test)
        found |= on_two_sides(inner) | {key for key in inside if key not in fold.train}
    return found
