"""Matching of a name against literal texts with gaps between them, in a time that cannot explode."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Gap:
    """What may stand between two literal texts: anything, or a field, which is not empty and begins and ends a word."""

    field: bool


def gaps_filled(name: str, texts: Sequence[str], gaps: Sequence[Gap]) -> list[str] | None:
    """What fills each gap, the first ones as short as they can be; None where the name does not match.

    There is one text more than gaps: the name begins with the first and ends with the last. Texts are as `folded`.
    No gap goes over a slash.
    """
    plain = folded(name)
    if not plain.startswith(texts[0]):
        return None
    ends = _Search(plain, texts, gaps).ends(0, len(texts[0]))
    if ends is None:
        return None
    begins = [len(texts[0]), *(end + len(text) for end, text in zip(ends, texts[1:], strict=True))]
    return [name[begin:end] for begin, end in zip(begins, ends, strict=False)]


def folded(text: str) -> str:
    """In small letters, each in its place."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class _Search:
    """Where each gap ends; a gap that cannot end well from some place is not tried from there again."""

    def __init__(self, name: str, texts: Sequence[str], gaps: Sequence[Gap]) -> None:
        self._name, self._texts, self._gaps = name, texts, gaps
        self._failed: set[tuple[int, int]] = set()

    def ends(self, at: int, begin: int) -> list[int] | None:
        """The ends of the gaps from number `at` on, the first of which begins there."""
        if at == len(self._gaps):
            return [] if begin == len(self._name) else None
        if (at, begin) in self._failed:
            return None
        text, end = self._texts[at + 1], begin + self._gaps[at].field
        while (end := self._next(at, text, end)) >= 0 and "/" not in self._name[begin:end]:
            if self._fits(self._gaps[at], begin, end):
                rest = self.ends(at + 1, end + len(text))
                if rest is not None:
                    return [end, *rest]
            end += 1
        self._failed.add((at, begin))
        return None

    def _next(self, at: int, text: str, begin: int) -> int:
        """Where the text occurs next; the last text stands at the end only."""
        if at + 1 < len(self._gaps):
            return self._name.find(text, begin)
        last = len(self._name) - len(text)
        return last if last >= begin and self._name.endswith(text) else -1

    def _fits(self, gap: Gap, begin: int, end: int) -> bool:
        return not gap.field or (self._name[begin].isalnum() and self._name[end - 1].isalnum())
