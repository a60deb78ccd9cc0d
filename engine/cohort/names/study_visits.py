"""Visits of a patient, counted by the days of the studies; what the days are is not told."""

from collections.abc import Sequence

from engine.imaging import ScanHeader


def visits_of(scans: Sequence[ScanHeader]) -> list[str]:
    """A visit for each scan of one patient: "1" for the first day, "2" for the next; none where there is one only.

    Studies of one day are one visit. Where the day of any study is not known, each study is a visit, in the order of
    the days that are known, then as they come. Scans without a study belong to none.
    """
    studies = list(dict.fromkeys(scan.study for scan in scans if scan.study))
    days = {study: _day(scans, study) for study in studies}
    known = all(day is not None for day in days.values())
    ordered = sorted(studies, key=lambda study: (days[study] is None, days[study] or 0))
    moments = list(dict.fromkeys(days[study] if known else study for study in ordered))
    if len(moments) < 2:
        return ["" for _ in scans]
    numbers = {study: moments.index(days[study] if known else study) + 1 for study in studies}
    return [str(numbers[scan.study]) if scan.study else "" for scan in scans]


def _day(scans: Sequence[ScanHeader], study: str) -> int | None:
    return min((scan.day for scan in scans if scan.study == study and scan.day is not None), default=None)
