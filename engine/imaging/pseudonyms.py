"""Which scans are of one person, and names for these people where nobody may know who they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from engine.imaging.doubt import Doubt
from engine.imaging.header import Identity, ScanHeader
from engine.imaging.placeholders import names_nobody
from engine.imaging.words import words_of

_CONFLICT = Doubt("mixed", "scans of another name or birth date have the same patient number; they are kept apart")


def pseudonymised(scans: Iterable[ScanHeader]) -> list[ScanHeader]:
    """The scans, each with a name for its patient that tells nothing, the same for all scans of one patient.

    Where the files say something of the patient that names nobody, a study counts as one. Scans whose number two
    people have are doubted for it.
    """
    listed = list(scans)
    keys = person_keys(scan.identity for scan in listed)
    shared = _shared(keys)
    names: dict[str, str] = {}
    named = []
    for scan in listed:
        key = _key(scan, keys)
        if key:
            doubts = (*scan.doubts, _CONFLICT) if scan.identity in shared else scan.doubts
            scan = replace(scan, patient=names.setdefault(key, f"P-{len(names) + 1:03d}"), doubts=doubts)
        named.append(scan)
    return named


def person_keys(identities: Iterable[Identity | None]) -> Mapping[Identity, str]:
    """What to call each person: the number, where it names somebody, else the name, never taken for a number.

    People of one number or name that differ in birth date, or have no word of their names in common, are numbered.
    An identity that names nobody has no key.
    """
    people: dict[str, list[Identity]] = defaultdict(list)
    for who in sorted({who for who in identities if who is not None}, key=_order):
        if key := _said(who):
            people[key].append(who)
    return {who: name for key, same in people.items() for name, one in _told_apart(key, same) for who in one}


def one_person(one: Identity, other: Identity) -> bool:
    """Whether two identities may be of one person: the same number, or name, and nothing against it."""
    return _said(one) == _said(other) and not _contradict(one, other)


def _key(scan: ScanHeader, keys: Mapping[Identity, str]) -> str:
    who = scan.identity
    if who is None or not (who.id.strip() or who.name.strip()):
        return ""
    return keys.get(who) or (f"study {scan.study}" if scan.study else "")


def _shared(keys: Mapping[Identity, str]) -> set[Identity]:
    """The identities whose number stands for several people."""
    people: dict[str, set[str]] = defaultdict(set)
    for who, key in keys.items():
        people[_said(who)].add(key)
    return {who for who in keys if len(people[_said(who)]) > 1 and not names_nobody(who.id)}


def _said(who: Identity) -> str:
    if not names_nobody(who.id):
        return who.id.strip()
    if names_nobody(who.name):
        return ""
    return " ".join(("name", *words_of(who.name)))


def _told_apart(key: str, same: Sequence[Identity]) -> Iterable[tuple[str, list[Identity]]]:
    """The people among identities of one key; who says little of himself counts as the first that fits."""
    people: list[list[Identity]] = []
    for who in same:
        fitting = (known for known in people if not any(_contradict(who, one) for one in known))
        person = next(fitting, None)
        if person is None:
            people.append([who])
        else:
            person.append(who)
    if len(people) == 1:
        return [(key, people[0])]
    return [(f"{key} ({number})", person) for number, person in enumerate(people, start=1)]


def _order(who: Identity) -> tuple[bool, bool, str, str, str]:
    """Those first that say most, so that the answer does not hang on the order in which scans were met."""
    return (not who.birth_date.strip(), names_nobody(who.name), who.birth_date, who.name, who.id)


def _contradict(one: Identity, other: Identity) -> bool:
    births = {who.birth_date.strip() for who in (one, other)} - {""}
    if len(births) == 2:
        return True
    if names_nobody(one.name) or names_nobody(other.name):
        return False
    return not _alike(words_of(one.name), words_of(other.name))


def _alike(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two names share a word, or are not of one script, so that nobody can tell."""
    return bool(set(words) & set(others)) or _latin(words) != _latin(others)


def _latin(words: Sequence[str]) -> bool:
    return any(word.isascii() for word in words)
