"""Divisions that somebody gave, by folders, tables or another workspace, leak as little as those that are drawn."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.cohort import Cohort, Patient, Scan
from engine.cohort.dividing.copies import copies_on_two_sides
from engine.cohort.dividing.division import Fold, Subjects, protocols, verify
from engine.cohort.dividing.joining import joined
from engine.cohort.protocols.by_column import ColumnOptions
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


def by_column(patients: tuple[Patient, ...], column: str = "split") -> list[dict[str, tuple[str, ...]]]:
    column_protocol = protocols.get("column")
    found = column_protocol.divide(
        Subjects.of(Cohort(patients), ["x"]), ColumnOptions(column=column), np.random.default_rng(0)
    )
    return [fold.parts for fold in found]


def told(key: str, *values: str) -> Patient:
    """A patient whose scans say in which part they are; one value is the patient's own."""
    made = patient(key, ["raw"] * len(values))
    if len(values) == 1:
        return replace(made, covariates={"split": values[0]})
    scans = tuple(replace(scan, labels={"split": value}) for scan, value in zip(made.scans, values, strict=True))
    return replace(made, scans=scans)


def test_a_column_of_parts_with_other_words_among_them_is_refused_and_the_words_are_named() -> None:
    people = (told("P-001", "train"), told("P-002", "test"), told("P-003", "unused"))
    with pytest.raises(CohortError, match="name parts, but not 'unused'"):
        by_column(people)
    assert by_column((*people[:2], told("P-003", "")))[0]["test"] == ("P-002",)


def test_scans_of_one_patient_in_two_parts_of_a_column_are_a_leak_and_the_patient_is_named() -> None:
    people = (told("P-001", "train", "train"), told("P-002", "test", "test"), told("P-003", "train", "test"))
    with pytest.raises(DataLeakageError, match="scans of 1 patient have different values of 'split': P-003"):
        by_column(people)


def test_a_patient_in_two_folders_is_named_and_may_be_divided_once_one_scan_is_excluded() -> None:
    people = [patient("P-001", ["train"]), patient("P-002", ["testing"]), patient("P-003", ["train", "testing"])]
    folders = protocols.get("folders")
    with pytest.raises(DataLeakageError, match="scans of 1 patient lie in folders of two parts: P-003"):
        folders.divide(Subjects.of(Cohort(tuple(people)), ["x"]), folders.options(), np.random.default_rng(0))
    first, second = people[2].scans
    people[2] = replace(people[2], scans=(first, replace(second, excluded="in test too")))
    (fold,) = folders.divide(Subjects.of(Cohort(tuple(people)), ["x"]), folders.options(), np.random.default_rng(0))
    assert (fold.train, fold.test) == (("P-001", "P-003"), ("P-002",))


def test_the_same_picture_on_two_sides_is_said_whatever_the_patients_are_called() -> None:
    digests = ("same", "other", "same")
    people = Cohort(tuple(patient(f"P-{n:03d}", ["raw"], digests=(digest,)) for n, digest in enumerate(digests)))
    who = Subjects.of(people, ["x"])
    (line,) = copies_on_two_sides([Fold(1, ("P-000", "P-001"), ("P-002",))], who)
    assert line.startswith("Scans of 2 patients have the same content as those of somebody on another side")
    assert "P-000, P-002" in line
    assert not [*copies_on_two_sides([Fold(1, ("P-000", "P-002"), ("P-001",))], who)]
