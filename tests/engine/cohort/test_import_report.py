"""What was passed over is told by reason, so that thousands of files are one remark."""

from pathlib import Path

from engine.cohort import Cohort, ImportReport
from engine.cohort.intake.import_report import MOST_NAMED, Remark, Skipped, remarks_of


def report(count: int) -> ImportReport:
    skipped = [Skipped(Path(f"{number}.img"), "it is raw") for number in range(count)]
    return ImportReport(Cohort(()), "oasis1", (Skipped(Path("broken.img"), "it is cut short"), *skipped))


def test_files_passed_over_for_one_reason_are_one_remark() -> None:
    broken, raw = report(3).remarks
    assert broken == Remark("it is cut short", (Path("broken.img"),))
    assert raw == Remark("it is raw", (Path("0.img"), Path("1.img"), Path("2.img")))
    assert remarks_of(()) == ()


def test_of_thousands_the_first_are_named_and_all_are_counted() -> None:
    told = report(5000).as_json()
    assert [item["path"] for item in told["skipped"][:2]] == ["broken.img", "0.img"]
    assert len(told["skipped"]) == 1 + MOST_NAMED
    assert told["remarks"] == [{"reason": "it is cut short", "files": 1}, {"reason": "it is raw", "files": 5000}]
