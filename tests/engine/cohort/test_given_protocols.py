"""Divisions that somebody gave, by folders, tables or another workspace, leak as little as those that are drawn."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.cohort import Cohort, Patient, Scan
from engine.cohort.dividing.division import Subjects, protocols, verify
from engine.cohort.dividing.joining import joined
from engine.errors import CohortError, DataLeakageError
from engine.imaging import ScanSource
from tests.helpers.divided import on_two_sides

FOLDERS = ("train", "Val", "testing", "raw")
MEANT = {"train": "train", "Val": "validation", "testing": "test"}


def patient(key: str, places: list[str], source: str = "", digests: tuple[str, ...] = ()) -> Patient:
    """A patient with a scan in each of some folders."""
    scans = tuple(
        Scan(number, key, "T1", ScanSource("nifti", (Path("/data") / place / f"{key}-{number}.nii",)), "NIfTI",
             (1, 1, 1), 1, digests[number] if digests else f"{key}-{number}")
        for number, place in enumerate(places)
    )  # fmt: skip
    return Patient(key, source or key, {"x": "ab"[len(key + source) % 2]}, {}, scans)


@given(st.lists(st.lists(st.sampled_from(FOLDERS), min_size=1, max_size=3), min_size=2, max_size=12))
def test_folders_divide_as_they_say_or_are_called_a_leak(placed: list[list[str]]) -> None:
    cohort = Cohort(tuple(patient(f"P-{number:03d}", places) for number, places in enumerate(placed)))
    who, folders = Subjects.of(cohort, ["x"]), protocols.get("folders")
    told = {one.key: {MEANT[place] for place in places if place in MEANT} for one, places in _both(cohort, placed)}
    try:
        (fold,) = folders.divide(who, folders.options(), np.random.default_rng(0))
    except DataLeakageError:
        assert any(len(parts) > 1 for parts in told.values())
        return
    except CohortError:
        assert not {"train", "test"} <= set().union(*told.values())
        return
    verify([fold], who.patients)
    assert on_two_sides(fold) == set()
    assert {key: {part} for part, members in fold.parts.items() for key in members} == {
        key: parts for key, parts in told.items() if parts
    }


def _both(cohort: Cohort, placed: list[list[str]]) -> list[tuple[Patient, list[str]]]:
    return list(zip(cohort.patients, placed, strict=True))


people = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("12345678"), min_size=1, max_size=6)


@given(people, people, st.sampled_from(["patient", "image"]))
def test_an_external_test_never_has_a_person_or_a_picture_of_here(
    here: Mapping[str, str], there: Mapping[str, str], level: str
) -> None:
    ours, theirs = (
        Cohort(
            tuple(
                patient(f"P-{number:03d}", ["raw"], source, (digest,))
                for number, (source, digest) in enumerate(some.items())
            ),
            "image" if level == "image" else "patient",
        )
        for some in (here, there)
    )
    same_picture = bool(set(here.values()) & set(there.values()))
    same_person = level == "patient" and bool(set(here) & set(there))
    try:
        both = joined(ours, theirs, Path("/work/clinic-b/workspace"))
    except DataLeakageError:
        assert same_picture or same_person
        return
    assert not same_picture
    assert not same_person
    external, who = protocols.get("external"), Subjects.of(both, ["x"])
    assume(who.patients)
    (fold,) = external.divide(who, external.options(), np.random.default_rng(0))
    verify([fold], who.patients)
    assert set(fold.train) == {one.key for one in ours.patients}
    assert set(fold.test) == {f"{one.key}@clinic-b" for one in theirs.patients}
