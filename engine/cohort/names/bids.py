"""Names as BIDS has them: `sub-01/ses-2/anat/sub-01_ses-2_acq-high_T1w.nii.gz`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from engine.cohort.naming import role_by_name, stem_of

_ASIDE = ("derivatives", "sourcedata")
_OF_THE_PLACE = ("sub", "ses", "run")


@dataclass(frozen=True)
class BidsName:
    """What a path says. `root` is the data set's folder below the source; `aside` is derivatives or sourcedata.

    `named` tells whether the file itself is called as BIDS asks; else only its folders are.
    """

    root: Path
    subject: str = field(repr=False)
    session: str = ""
    aside: str = ""
    pipeline: str = ""
    suffix: str = ""
    entities: Mapping[str, str] = field(default_factory=dict)
    named: bool = False


def bids_name(inside: Path) -> BidsName | None:
    """What the path of a scan below its source says; None where it lies in no folder of a subject."""
    folders = inside.parts[:-1]
    at = next((place for place, name in enumerate(folders) if _value(name, "sub")), None)
    if at is None:
        return None
    before, subject = folders[:at], _value(folders[at], "sub")
    aside_at = next((place for place, name in enumerate(before) if name.lower() in _ASIDE), None)
    aside = "" if aside_at is None else before[aside_at].lower()
    entities, suffix = _entities(stem_of(inside))
    named = bool(suffix) and entities.get("sub") == subject
    return BidsName(
        root=_root(before[:aside_at]),
        subject=subject,
        session=next(filter(None, (_value(name, "ses") for name in folders[at + 1 :])), entities.get("ses", "")),
        aside=aside,
        pipeline="" if aside_at is None else " ".join(before[aside_at + 1 :]),
        suffix=suffix if named else role_by_name(inside, folders[at]),
        entities=entities if named else {},
        named=named,
    )


def roles_of(names: Iterable[BidsName]) -> list[str]:
    """A role for each: the suffix, before it those entities that tell scans of one visit apart anywhere.

    Runs repeat a scan, so they have one role. What a pipeline made is named after it.
    """
    listed = list(names)
    telling = _telling(listed)
    return [_role(name, telling[name.suffix]) for name in listed]


@lru_cache(64)
def _root(folders: tuple[str, ...]) -> Path:
    return Path(*folders)


def _role(name: BidsName, telling: Iterable[str]) -> str:
    words = [f"{entity}-{name.entities[entity]}" for entity in telling if entity in name.entities]
    role = "_".join([*words, name.suffix])
    return f"{name.pipeline or name.aside} {role}" if name.aside else role


def _telling(names: Iterable[BidsName]) -> Mapping[str, list[str]]:
    """By suffix, the entities in which two scans of one visit differ, in the order of their names."""
    visits: dict[tuple[object, ...], list[Mapping[str, str]]] = defaultdict(list)
    for name in names:
        visits[(name.root, name.pipeline, name.subject, name.session, name.suffix)].append(name.entities)
    telling: dict[str, list[str]] = defaultdict(list)
    for (*_, suffix), group in visits.items():
        for entity in dict.fromkeys(entity for entities in group for entity in entities):
            if entity not in (*_OF_THE_PLACE, *telling[str(suffix)]) and _differ(group, entity):
                telling[str(suffix)].append(entity)
    return telling


def _differ(group: Iterable[Mapping[str, str]], entity: str) -> bool:
    return len({entities.get(entity, "") for entities in group}) > 1


def _entities(stem: str) -> tuple[dict[str, str], str]:
    *pairs, suffix = stem.split("_")
    parted = [pair.partition("-") for pair in pairs]
    if "-" in suffix or not all(key and value for key, _, value in parted):
        return {}, ""
    return {key: value for key, _, value in parted}, suffix


def _value(name: str, key: str) -> str:
    return name.removeprefix(f"{key}-") if name.startswith(f"{key}-") else ""
