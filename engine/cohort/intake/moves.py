"""Which new files of a source are files that were elsewhere before, by what they hold."""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from engine.cohort.cohort import Scan

Place = tuple[str, str]


def moves(fresh: Sequence[Scan], left: Iterable[Scan]) -> dict[Place, Scan]:
    """By the places of new scans, the former scans whose files are gone and held the same.

    Where several held the same, files of one name belong together; of what is left over nothing is guessed.
    """
    wanted = {_content(scan) for scan in fresh}
    gone: dict[Place, list[Scan]] = defaultdict(list)
    for scan in left:
        if _content(scan) in wanted and not os.path.lexists(scan.source.files[0]):
            gone[_content(scan)].append(scan)
    if not gone:
        return {}
    here: dict[Place, list[Scan]] = defaultdict(list)
    for scan in fresh:
        here[_content(scan)].append(scan)
    return {_place(new): old for content, former in gone.items() for new, old in _paired(here[content], former)}


def _paired(fresh: Sequence[Scan], gone: Sequence[Scan]) -> list[tuple[Scan, Scan]]:
    new, old = _by_name(fresh), _by_name(gone)
    same = [name for name in new if len(new[name]) == len(old.get(name, ())) == 1]
    pairs = [(new.pop(name)[0], old.pop(name)[0]) for name in same]
    left, lost = list(chain(*new.values())), list(chain(*old.values()))
    return [*pairs, (left[0], lost[0])] if len(left) == len(lost) == 1 else pairs


def _by_name(scans: Sequence[Scan]) -> dict[str, list[Scan]]:
    names: dict[str, list[Scan]] = defaultdict(list)
    for scan in scans:
        names[scan.source.files[0].name].append(scan)
    return names


def _content(scan: Scan) -> Place:
    return scan.digest, scan.source.part


def _place(scan: Scan) -> Place:
    return str(scan.source.files[0]), scan.source.part
