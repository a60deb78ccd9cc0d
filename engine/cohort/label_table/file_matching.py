"""Which file a table means: names, stems or paths written elsewhere, met by their longest agreeing tail."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from engine.cohort.label_table.labels import composed
from engine.cohort.naming import stem_of

_Parts = tuple[str, ...]


def files_meant(names: Sequence[str], places: Sequence[Path]) -> dict[str, int]:
    """The number of the place that each name means; names that mean none, or one of several alike, are left out.

    A name may have folders before it: the more of them agree the better, and the nearest has to, where both have one.
    Letters count as equal whatever their case only where nothing agrees exactly. Two different names never mean
    one place: the one of which more agrees does, or none.
    """
    found = _meant(names, places, composed)
    left = [name for name in names if name not in found]
    taken = set(found.values())
    others = _meant(left, places, lambda text: composed(text).casefold()) if left else {}
    return found | {name: place for name, place in others.items() if place not in taken}


def _meant(names: Iterable[str], places: Sequence[Path], spelt: Callable[[str], str]) -> dict[str, int]:
    whole, tails, loose = _Numbers(), _Numbers(), _Numbers()
    for number, path in enumerate(places):
        *folders, last = map(spelt, path.parts)
        for called in {last, spelt(stem_of(path))}:
            parts = (*folders, called)
            (tails if folders else loose).put((called,), number)
            whole.put(parts, number)
            for length in range(2, len(parts) + 1):
                tails.put(parts[-length:], number)
    claims = defaultdict[int, list[tuple[int, str]]](list)
    for name in dict.fromkeys(names):
        place, agreeing = _best(_parts(spelt(name)), whole, tails, loose)
        if place is not None:
            claims[place].append((agreeing, name))
    return {name: number for number, found in claims.items() for name in _strongest(found)}


class _Numbers:
    """Numbers by what leads to them; of what leads to several it is only known that there are several."""

    def __init__(self) -> None:
        self._known: dict[_Parts, int | None] = {}

    def put(self, parts: _Parts, number: int) -> None:
        """One more thing leads there."""
        self._known[parts] = number if self._known.get(parts, number) == number else None

    def get(self, parts: _Parts) -> int | None:
        """The one number that these lead to."""
        return self._known.get(parts)

    def __contains__(self, parts: _Parts) -> bool:
        return parts in self._known


def _best(parts: _Parts, whole: _Numbers, tails: _Numbers, loose: _Numbers) -> tuple[int | None, int]:
    """The place of which most agrees with these parts of a name, and how many do; None where several are alike."""
    if len(parts) > 1 and parts in whole:
        return whole.get(parts), len(parts) + 1
    for length in range(len(parts), 1, -1):
        if parts[-length:] in tails:
            return tails.get(parts[-length:]), length
    last = parts[-1:]
    if len(parts) > 1:
        return loose.get(last), 1
    return (None, 1) if last in tails and last in loose else (tails.get(last) if last in tails else loose.get(last), 1)


def _strongest(claims: Sequence[tuple[int, str]]) -> list[str]:
    """The name of which most agrees; none where two are alike."""
    most = max(agreeing for agreeing, _ in claims)
    best = [name for agreeing, name in claims if agreeing == most]
    return best if len(best) == 1 else []


def _parts(name: str) -> _Parts:
    return tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))
