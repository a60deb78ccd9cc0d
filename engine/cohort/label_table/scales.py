"""Orders that classes have in medicine, so that a table of them knows what is more and what is less."""

from collections.abc import Collection

from engine.cohort.columns import Column

_SCALES = (
    ("normal", "osteopenia", "osteoporosis"),
    ("healthy", "osteopenic", "osteoporotic"),
    ("none", "doubtful", "minimal", "mild", "moderate", "severe"),
    ("normal", "doubtful", "minimal", "mild", "moderate", "severe"),
    ("low", "medium", "high"),
    ("cn", "smc", "emci", "mci", "lmci", "ad"),
    ("nondemented", "verymilddemented", "milddemented", "moderatedemented"),
    ("i", "ii", "iii", "iv", "v"),
    ("stage i", "stage ii", "stage iii", "stage iv"),
    ("grade i", "grade ii", "grade iii", "grade iv"),
)  # fmt: skip
_FEWEST = 3


def on_a_scale(name: str, classes: Collection[str]) -> Column | None:
    """The label column, in order, where at least three classes are all of one known scale."""
    for scale in _SCALES:
        places = {label: scale.index(label.casefold()) for label in classes if label.casefold() in scale}
        if len(places) == len(classes) >= _FEWEST:
            return Column(name, "label", "ordinal", tuple(sorted(places, key=places.__getitem__)))
    return None
