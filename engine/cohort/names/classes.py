"""Folders that are called as classes are, and folders that are called as patients are."""

import re
from collections.abc import Collection

from engine.cohort.columns import Column, natural
from engine.cohort.label_table.scales import on_a_scale

_STEMS = (
    "abnormal", "alzheimer", "benign", "bleed", "broken", "cancer", "carcinoma", "covid", "dement", "disease", "edema",
    "fractur", "glioma", "haemorrhage", "health", "hemorrhage", "infect", "injur", "intact", "lesion", "lymphoma",
    "malignan", "melanoma", "meningioma", "mild", "moderate", "negative", "nodule", "normal", "opacity", "osteopen",
    "osteopor", "parkinson", "pituitary", "pneumonia", "positive", "severe", "sick", "stroke", "tubercul", "tumor",
    "tumour",
)  # fmt: skip
_WORDS = (
    "ad", "benign", "case", "cases", "cn", "control", "controls", "emci", "false", "hc", "ill", "lmci", "mci", "nc",
    "no", "none", "patients", "pd", "smc", "true", "yes",
)  # fmt: skip
_COUNTED = ("class", "label", "stage", "grade", "kl", "type", "level", "category", "cdr", "birads", "score", "group")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+")


def are_classes(names: Collection[str]) -> bool:
    """Whether folders are called as classes are: by a disease, by a state of health, or by counted stages."""
    told = [_is_class(name) for name in names]
    return len(names) > 1 and 2 * sum(told) >= len(told) and not are_counted(names)


def are_counted(names: Collection[str]) -> bool:
    """Whether folders are called alike but for a number, as patients are (P01, P02); stages and grades do not count."""
    plain = {re.sub(r"\d+", "#", name.casefold()) for name in names}
    return len(names) > 1 and len(plain) == 1 and "#" in next(iter(plain)) and not all(map(_is_class, names))


def are_grades(names: Collection[str]) -> bool:
    """Whether folders are bare digits from 0 on, as grades are."""
    return len(names) > 1 and set(names) == {str(number) for number in range(len(names))} and len(names) <= 10


def _is_class(name: str) -> bool:
    words = [word.casefold() for word in _PART.findall(name)]
    numbered = any(character.isdigit() for character in name)
    if numbered:
        return bool(words) and words[0] in _COUNTED and re.search(r"\d$", name) is not None and len(words) == 1
    return any(word in _WORDS or word.startswith(_STEMS) for word in words)


def class_column(name: str, classes: Collection[str]) -> Column:
    """The label column: in order where its classes are a known scale or counted, else merely named."""
    known = on_a_scale(name, classes)
    if known is not None:
        return known
    listed = tuple(sorted(set(classes), key=natural))
    counted = len(listed) > 1 and len({re.sub(r"\d+", "#", label.casefold()) for label in listed}) == 1
    return Column(name, "label", "ordinal" if counted else "category", listed)
