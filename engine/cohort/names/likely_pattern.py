"""The pattern that file names seem to follow, found by the words in them: stage, patient, slice, visit."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.cohort.names.name_patterns import compiled
from engine.cohort.naming import stem_of

DEFAULT = "stage_{label}_patient_{patient}"
_MEANT = {
    "label": ("stage", "grade", "class", "label", "group", "score", "kl", "cdr", "diagnosis"),
    "patient": ("patient", "subject", "sub", "subj", "pat", "case", "person", "pt"),
    "slice": ("slice", "frame", "img", "image", "pic", "picture"),
    "visit": ("visit", "ses", "session", "timepoint"),
}
_FIELD_OF = {word: field for field, words in _MEANT.items() for word in words}
_COUNTED = re.compile(rf"({'|'.join(_FIELD_OF)})(\d+)", re.IGNORECASE)
_SEPARATOR = re.compile(r"([\W_]+)")
_SAMPLE = 2000
_MOST = 0.95
_MOST_CLASSES = 20


@dataclass(frozen=True)
class Likely:
    """A pattern, and how sure it is."""

    pattern: str
    sure: float


def likely_pattern(paths: Sequence[Path]) -> Likely | None:
    """The pattern that nearly all names follow and that names patients, by a sample; None where there is none."""
    paths = paths[:: max(1, len(paths) // _SAMPLE)]
    stems = [stem_of(path) for path in paths]
    split = [_SEPARATOR.split(stem) for stem in stems]
    if not split:
        return None
    shape, count = Counter(_shape(parts) for parts in split).most_common(1)[0]
    if count < _MOST * len(paths) or any(set(separator) & set("{}*/") for separator in shape):
        return None
    columns = list(zip(*(parts[::2] for parts in split if _shape(parts) == shape), strict=True))
    words = _words(columns)
    if words is None:
        return None
    return _rated("".join(word + gap for word, gap in zip(words, (*shape, ""), strict=True)), paths)


def _words(columns: Sequence[Sequence[str]]) -> list[str] | None:
    """What stands in the pattern for each word of the names; None where no word tells of patients."""
    words: list[str] = []
    used: set[str] = set()
    unknown: list[int] = []
    meant = ""
    for at, column in enumerate(columns):
        word, field = _word(column, meant, used)
        meant = _FIELD_OF.get(word.casefold(), "") if not field else ""
        used.add(field)
        if field == "?":
            unknown.append(at)
        words.append(word)
    if "patient" not in used or len(unknown) > 2:
        return None
    for at in unknown:
        field = _unknown(columns, at, words, used)
        if not field:
            return None
        used.add(field)
        words[at] = f"{{{field}}}"
    return words


def _word(column: Sequence[str], meant: str, used: set[str]) -> tuple[str, str]:
    """The word as it is, with the field that counts in it, or the field that the word before announced."""
    if meant and meant not in used:
        return f"{{{meant}}}", meant
    if len(set(column)) == 1 and not set(column[0]) & set("{}*"):
        counted = _COUNTED.fullmatch(column[0])
        if counted is None:
            return column[0], ""
    matched = [_COUNTED.fullmatch(value) for value in column]
    heads = {match[1].casefold() for match in matched if match is not None}
    if all(matched) and len(heads) == 1:
        head = heads.pop()
        field = _FIELD_OF[head]
        if field not in used:
            return f"{head}{{{field}}}", field
    return "?", "?"


def _unknown(columns: Sequence[Sequence[str]], at: int, words: Sequence[str], used: set[str]) -> str:
    """A number counts something; words are classes where every patient has one, else roles."""
    values = set(columns[at])
    if all(value.isdecimal() for value in values):
        return "number" if "number" not in used else ""
    if len(values) > _MOST_CLASSES:
        return ""
    patient = next(place for place, word in enumerate(words) if word.endswith("{patient}"))
    per_patient: dict[str, set[str]] = defaultdict(set)
    for name, value in zip(columns[patient], columns[at], strict=True):
        per_patient[name].add(value)
    several = sum(len(found) > 1 for found in per_patient.values())
    wanted = "role" if 2 * several > len(per_patient) else "label"
    return wanted if wanted not in used else ""


def _rated(pattern: str, paths: Sequence[Path]) -> Likely | None:
    ready = compiled(pattern)
    found = [fields for path in paths if (fields := ready.fields_of(path)) is not None]
    patients = {(fields.get("label"), fields["patient"]) for fields in found}
    if len(found) < _MOST * len(paths) or len(patients) < 2:
        return None
    if "label" not in ready.fields:
        return Likely(pattern, 0.65)
    classes = {fields["label"] for fields in found}
    sensible = 2 <= len(classes) <= min(_MOST_CLASSES, len(patients) // 2)
    return Likely(pattern, 0.92 if sensible else 0.3)


def _shape(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(parts[1::2])
