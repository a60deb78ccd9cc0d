"""Which scans are of one person."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.imaging import ScanHeader, ScanSource
from engine.imaging.header import Identity
from engine.imaging.pseudonyms import one_person, pseudonymised


def scans(*identities: Identity | None, study: str = "1.2") -> list[ScanHeader]:
    source = ScanSource("dicom", (Path("/scans/1"),))
    return [ScanHeader(source, "dicom", (1, 1, 1), np.eye(4), "uint8", study=study, identity=who) for who in identities]


def patients(*identities: Identity | None) -> list[str]:
    return [scan.patient for scan in pseudonymised(scans(*identities))]


@pytest.mark.parametrize(
    "same",
    [
        (Identity("1", "Doe^Jane", "19700101"), Identity("1")),
        (Identity("1", "DOE^JANE"), Identity("1", "Doé^J")),
        (Identity("1", "Doe^Jane", "19700101"), Identity("1", "Smith^Jane", "19700101")),
        (Identity("1", "Yamada^Taro"), Identity("1", "山田^太郎")),
        (Identity("1", "Anonymous"), Identity("1", "Doe^Jane")),
        (Identity("", "Doe^Jane", "19700101"), Identity("unknown", "doe jane")),
    ],
)
def test_what_does_not_contradict_is_one_person(same):
    assert patients(*same) == ["P-001", "P-001"]


@pytest.mark.parametrize(
    "two",
    [
        (Identity("1", "Doe^Jane", "19700101"), Identity("1", "Doe^Jane", "19800101")),
        (Identity("1", "Doe^Jane"), Identity("1", "Smith^Bert")),
        (Identity("Smith"), Identity("", "Smith")),
        (Identity("ANON", "Doe^Jane"), Identity("ANON", "Smith^Bert")),
        (Identity("", "Doe^Jane", "19700101"), Identity("", "Doe^Jane", "19800101")),
    ],
)
def test_people_are_not_merged(two):
    assert patients(*two) == ["P-001", "P-002"]
    assert not one_person(*two)


def kinds(named: Sequence[ScanHeader]) -> list[list[str]]:
    return [[doubt.kind for doubt in scan.doubts] for scan in named]


def test_a_number_that_two_people_have_is_doubted_on_their_scans_only():
    who = (Identity("1", "Doe^Jane", "19700101"), Identity("1", "Roe^Bert", "19800101"), Identity("2", "Poe^Ann"))
    assert kinds(pseudonymised(scans(*who))) == [["mixed"], ["mixed"], []]


def test_people_are_the_same_in_whatever_order_their_scans_were_met():
    who = [Identity("1"), Identity("1", "Roe^Bert", "19800101"), Identity("1", "Doe^Jane", "19700101")]
    there = dict(zip(who, patients(*who), strict=True))
    back = dict(zip(reversed(who), patients(*reversed(who)), strict=True))
    assert [there[who[0]] == there[one] for one in who] == [back[who[0]] == back[one] for one in who]


def test_of_scans_that_name_nobody_a_study_is_a_person():
    nobody = Identity("ANONYMOUS", "anon")
    named = pseudonymised([*scans(nobody), *scans(nobody, study="1.3"), *scans(nobody)])
    assert [scan.patient for scan in named] == ["P-001", "P-002", "P-001"]


def test_a_scan_that_says_nothing_of_a_patient_gets_no_pseudonym():
    assert patients(None, Identity()) == ["", ""]
