"""The cohort as a picture: who has what, and who has not."""

import dataclasses
from pathlib import Path

import pytest

from engine.cohort import Cohort, Patient, Scan
from engine.errors import CohortError
from engine.imaging import Doubt, ScanSource


def patient(key: str, label: str | None = "sick", roles: tuple[str, ...] = ("T1",), excluded: str = "") -> Patient:
    scans = tuple(
        Scan(number, key, role, ScanSource("nifti", (Path("x"),)), "nifti", (1, 1, 1), 1, "d", (), excluded)
        for number, role in enumerate(roles)
    )
    return Patient(key, f"name of {key}", {} if label is None else {"diagnosis": label}, {}, scans)


def test_heads_are_counted_by_column_and_class() -> None:
    cohort = Cohort((patient("a"), patient("b", "well", ("T1", "T2")), patient("c", None)))
    assert cohort.counts() == {"diagnosis": {"sick": {"patients": 1, "scans": 1}, "well": {"patients": 1, "scans": 2}}}


def test_a_column_nobody_has_names_the_nearest() -> None:
    with pytest.raises(CohortError) as caught:
        Cohort((patient("a"),)).require_column("diagnose")
    assert (caught.value.what, caught.value.hint) == (
        "the cohort has no label column 'diagnose'",
        "Did you mean 'diagnosis'?",
    )


def test_a_patient_without_a_label_or_a_scan_is_left_out_with_the_reason() -> None:
    cohort = Cohort((patient("a", None), patient("b", roles=("T2",)), patient("c")))
    kept, reasons = cohort.having(["T1"], ["diagnosis"])
    assert [one.key for one in kept.patients] == ["c"]
    assert reasons == ["a is left out: no label 'diagnosis'", "b is left out: no usable T1 scan"]


def test_an_excluded_scan_is_not_used() -> None:
    assert patient("a", excluded="motion").scan("T1") is None


def failed(accepted: str = "") -> Patient:
    """A patient whose only scan lacks a slice."""
    doubt = Doubt("missing", "slice 7 is missing", "fail")
    (scan,) = patient("a").scans
    return dataclasses.replace(patient("a"), scans=(dataclasses.replace(scan, doubts=(doubt,), accepted=accepted),))


def test_a_scan_whose_geometry_failed_is_kept_out_with_the_reason() -> None:
    _, reasons = Cohort((failed(),)).having(["T1"], ["diagnosis"])
    assert reasons == ["a is left out: no usable T1 scan (slice 7 is missing)"]


def test_a_failed_scan_that_the_user_accepts_takes_part() -> None:
    assert failed("checked by hand").scan("T1") is not None


def test_an_accepted_scan_can_still_be_excluded() -> None:
    scan = dataclasses.replace(failed("checked").scans[0], excluded="motion")
    assert scan.kept_out == "motion"


def test_a_printed_patient_does_not_tell_its_name() -> None:
    assert "name of" not in repr(patient("a"))


def test_a_cohort_is_never_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Cohort().level = "image"  # type: ignore[misc]
