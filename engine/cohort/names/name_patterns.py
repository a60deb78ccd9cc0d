"""Patterns that tell from a file's name what it is: `stage_{label}_patient_{patient}`, `{class}/{patient}_{slice}`."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.cohort.names.gap_matching import Gap, folded, gaps_filled
from engine.cohort.naming import stem_of
from engine.errors import CohortError

KNOWN = ("patient", "role", "visit", "label", "class", "slice", "number")
IGNORED = ("slice", "number")
_HINT = "Write the fields in braces, such as stage_{label}_patient_{patient}; * stands for anything."
_FIELD = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"[^\W\d]\w*( \w+)*")


@dataclass(frozen=True)
class NamePattern:
    """A pattern ready to be matched. `fields` are in their order; `label` and `class` are one field, `label`."""

    text: str
    fields: tuple[str, ...]
    texts: tuple[str, ...]
    gaps: tuple[Gap, ...]

    @property
    def of_path(self) -> bool:
        """Whether it tells of the folders too."""
        return "/" in self.text

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields that become columns of their own."""
        return tuple(field for field in self.fields if field not in KNOWN)

    def fields_of(self, inside: Path) -> Mapping[str, str] | None:
        """The value of each field in a path below the source, or in its name alone; None where it does not match.

        Letters may be large or small. Values begin and end with a letter or digit, and are as short as they can be.
        """
        name = _composed(inside.with_name(stem_of(inside)).as_posix() if self.of_path else stem_of(inside))
        filled = gaps_filled(name, self.texts, self.gaps)
        if filled is None:
            return None
        values = (value for value, gap in zip(filled, self.gaps, strict=True) if gap.field)
        return dict(zip(self.fields, values, strict=True))


def matches(pattern: str, paths: Iterable[Path]) -> list[tuple[Path, Mapping[str, str] | None]]:
    """What a pattern tells of each path below a source; None where it does not match. CohortError as `compiled`."""
    ready = compiled(pattern)
    return [(path, ready.fields_of(path)) for path in paths]


@lru_cache(256)
def compiled(pattern: str) -> NamePattern:
    """The pattern, ready to be matched; CohortError says what is wrong with one that cannot be."""
    text = _composed(pattern.strip().replace("\\", "/").strip("/"))
    pieces = _FIELD.split(text)
    literals, fields = pieces[::2], [_field(name, text) for name in pieces[1::2]]
    _refuse(text, literals, fields)
    texts: list[str] = []
    gaps: list[Gap] = []
    for literal in literals:
        gaps += [Gap(field=True)] if texts else []
        first, *others = literal.split("*")
        texts += [folded(first), *map(folded, others)]
        gaps += [Gap(field=False) for _ in others]
    return NamePattern(text, tuple(fields), tuple(texts), tuple(gaps))


def _refuse(text: str, literals: list[str], fields: list[str]) -> None:
    if any("{" in literal or "}" in literal for literal in literals):
        raise CohortError(f"a brace of the pattern '{text}' has no partner", hint=_HINT)
    if not fields:
        raise CohortError("the pattern has no field" if text else "the pattern is empty", hint=_HINT)
    double = next((field for field in fields if fields.count(field) > 1), None)
    if double is not None:
        named = "{label} (or {class})" if double == "label" else f"{{{double}}}"
        raise CohortError(f"the pattern '{text}' has {named} twice", hint="Call one of them otherwise.")
    for before, literal, after in zip(fields, literals[1:], fields[1:], strict=False):
        if not literal.strip("*"):
            told = f"nothing stands between {{{before}}} and {{{after}}} in the pattern '{text}'"
            raise CohortError(told, hint="Write what stands between them, such as _ or -.")


def _field(name: str, text: str) -> str:
    name = name.strip()
    if not _NAME.fullmatch(name):
        said = f"'{{{name}}}' in the pattern '{text}' is no name of a field"
        raise CohortError(said, hint=f"Fields are letters and digits: {', '.join(KNOWN)}, or a name of your own.")
    lowered = name.casefold()
    if lowered not in KNOWN:
        return name
    return "label" if lowered == "class" else lowered


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
