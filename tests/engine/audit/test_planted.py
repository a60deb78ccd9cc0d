"""Every planted fault is found where it was planted, and a clean cohort has no errors."""

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.audit import AuditReport, MergeClasses, apply, audit
from engine.cohort import Workspace
from engine.cohort.edits import SetLabel, SetScanLabel, SetVisit
from tests.engine.audit.conftest import Audited
from tests.helpers.faults import faulty
from tests.helpers.planted import CLASSES, PATIENTS, SHAPE, Planted, cut, picture, pixels
from tests.helpers.slice_stacks import stack


def found(report: AuditReport, kind: str, severity: str = "") -> list[set[str]]:
    """The files of each finding of a kind, as `patient folder/name`."""
    return [
        {f"{path.parent.name}/{path.name}" for path in (*(scan.path for scan in one.scans), *one.files)}
        for one in report.findings
        if one.kind == kind and severity in ("", one.severity)
    ]


def errors(report: AuditReport) -> list[str]:
    return [one.reason for one in report.findings if one.severity == "error"]


def test_a_clean_cohort_has_no_errors(planted: Planted, audited: Audited) -> None:
    report = audited(planted.workspace())
    assert errors(report) == []
    assert {one.kind for one in report.findings} <= {"geometry"}


def test_a_copy_within_a_patient_is_a_duplicate_and_no_leak(planted: Planted, audited: Audited) -> None:
    planted.file(0, "again.png").write_bytes(planted.file(0).read_bytes())
    report = audited(planted.workspace())
    assert found(report, "duplicate", "warn") == [{"0001/image.png", "0001/again.png"}]
    assert found(report, "leak") == []


def test_a_copy_in_another_patient_is_a_leak(planted: Planted, audited: Audited) -> None:
    planted.file(2, "again.png").write_bytes(planted.file(0).read_bytes())
    report = audited(planted.workspace())
    assert (
        found(report, "duplicate", "error") == found(report, "leak", "error") == [{"0001/image.png", "0003/again.png"}]
    )


@pytest.mark.parametrize("ending", ["bmp", "tiff", "npy"])
def test_the_same_pixels_in_another_container_are_a_duplicate(ending: str, planted: Planted, audited: Audited) -> None:
    copy = planted.file(3, f"image.{ending}")
    np.save(copy, pixels(planted.file(0))) if ending == "npy" else Image.open(planted.file(0)).save(copy)
    assert found(audited(planted.workspace()), "duplicate") == [{"0001/image.png", f"0004/image.{ending}"}]


CHANGES = (
    "recompressed",
    "smaller",
    "larger",
    "darker",
    "brighter middle",
    "cut",
    "moved",
    "mirrored",
    "upside down",
    "lying",
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_picture_saved_in_another_way_is_a_near_duplicate(change: str, planted: Planted, audited: Audited) -> None:
    whole = pixels(planted.file(0))
    rows, columns = whole.shape
    changed = {
        "recompressed": whole,
        "smaller": np.array(
            Image.fromarray(whole).resize((round(columns * 0.9), round(rows * 0.9)), Image.Resampling.BICUBIC)
        ),
        "larger": np.array(Image.fromarray(whole).resize((columns * 2, rows * 2), Image.Resampling.BICUBIC)),
        "darker": (whole * 0.7 + 10).astype(np.uint8),
        "cut": whole[2:-2, 2:-2],
        "moved": np.roll(whole, 2, axis=1),
        "mirrored": whole[:, ::-1],
        "upside down": whole[::-1],
        "lying": np.rot90(whole),
        "brighter middle": (255 * (whole / 255) ** 0.8).astype(np.uint8),
    }[change]
    name = "again.jpg" if change == "recompressed" else "again.png"
    planted.save("0005", np.ascontiguousarray(changed), name)
    report = audited(planted.workspace())
    assert found(report, "near-duplicate") == found(report, "leak", "error") == [{"0001/image.png", f"0005/{name}"}]


@pytest.mark.parametrize("scale", [0.75, 0.5, 0.35])
def test_a_picture_made_much_smaller_is_a_near_duplicate(scale: float, planted: Planted, audited: Audited) -> None:
    whole = stack(0, 16).slices[8]
    rows, columns = (round(scale * count) for count in whole.shape)
    planted.save("0001", whole)
    planted.save(
        "0005", np.array(Image.fromarray(whole).resize((columns, rows), Image.Resampling.LANCZOS)), "again.png"
    )
    assert found(audited(planted.workspace()), "near-duplicate") == [{"0001/image.png", "0005/again.png"}]


def test_one_picture_under_two_labels_is_a_clash(planted: Planted, audited: Audited) -> None:
    planted.file(1, "again.png").write_bytes(planted.file(0).read_bytes())
    assert found(audited(planted.workspace()), "label-clash", "error") == [{"0001/image.png", "0002/again.png"}]


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_a_truncated_picture_is_an_error(ending: str, planted: Planted, audited: Audited) -> None:
    planted.save("0007", picture(6), f"image.{ending}")
    cut(planted.file(6, f"image.{ending}"))
    assert found(audited(planted.workspace()), "truncated", "error") == [{f"0007/image.{ending}"}]


def test_a_file_the_import_passed_over_is_told(planted: Planted, audited: Audited) -> None:
    planted.file(4, "second.png").write_bytes(b"this is no picture" * 50)
    assert found(audited(planted.workspace()), "unreadable", "warn") == [{"0005/second.png"}]


def test_a_file_that_has_gone_is_an_error(planted: Planted, audited: Audited) -> None:
    workspace = planted.workspace()
    planted.file(4).unlink()
    assert found(audited(workspace), "unreadable", "error") == [{"0005/image.png"}]


def test_a_file_that_broke_since_the_last_audit_is_an_error(planted: Planted, audited: Audited) -> None:
    workspace = planted.workspace()
    assert found(audited(workspace), "truncated") == []
    cut(planted.file(4))
    assert found(audited(workspace), "truncated", "error") == [{"0005/image.png"}]


@pytest.mark.parametrize(("written", "severity"), [("Healthy ", "error"), ("healty", "warn"), ("HEALTHY", "error")])
def test_a_second_spelling_is_a_clash(written: str, severity: str, planted: Planted, audited: Audited) -> None:
    planted.table["0003"]["diagnosis"] = written if severity == "warn" else written.strip()
    assert found(audited(planted.workspace()), "label-clash", severity) == [{"0003/image.png"}]


def test_two_labels_of_a_patient_are_a_clash(planted: Planted, audited: Audited) -> None:
    workspace = planted.root / "study"
    planted.table["0009"]["diagnosis"] = ""
    planted.workspace()
    with (planted.scans / "labels.csv").open("a", encoding="utf-8") as stream:
        stream.write("0009,healthy,60,F\n0009,demented,60,F\n")
    assert found(audited(workspace), "label-clash", "error") == [{"0009/image.png"}]


def test_a_table_clash_is_told_whatever_way_a_folder_writes_its_accents(planted: Planted, audited: Audited) -> None:
    (planted.scans / "0001").rename(planted.scans / unicodedata.normalize("NFD", "Müller"))
    row = planted.table.pop("0001")
    planted.table = {"Müller": row, **planted.table}
    workspace = planted.workspace(more=[["Müller", CLASSES[1], row["age"], row["sex"]]])
    assert len(found(audited(workspace), "label-clash", "error")) == 1


def test_patients_who_are_wholly_excluded_need_no_label(planted: Planted, audited: Audited) -> None:
    planted.table["0009"]["diagnosis"] = ""
    workspace = planted.workspace()
    with Workspace.open(workspace) as opened:
        for scan in opened.cohort().by_key["P-009"].scans:
            opened.store.exclude(scan.id, "not wanted")
    assert found(audited(workspace), "label-gap") == []


def test_a_missing_label_is_a_gap(planted: Planted, audited: Audited) -> None:
    planted.table["0009"]["diagnosis"] = ""
    assert found(audited(planted.workspace()), "label-gap", "warn") == [{"0009/image.png"}]


def test_a_code_nobody_has_is_a_gap(planted: Planted, audited: Audited) -> None:
    for number, row in enumerate(planted.table.values()):
        row["part"] = str((1, 2, 3, 4, 5, 7, 8)[number % 7])
    (gap,) = [one.reason for one in audited(planted.workspace(), "label-gap").findings]
    assert gap == "'part' runs from 1 to 8, but nobody has 6."


def test_codes_and_classes_that_disagree_are_told(planted: Planted, audited: Audited) -> None:
    for number, row in enumerate(planted.table.values()):
        row |= {"part": ("knee", "hip", "hand")[number % 3], "part_code": str(number % 3 + 1)}
    planted.table["0001"]["part_code"] = "2"
    planted.table["0002"]["part_code"] = ""
    planted.table["0003"]["part"] = ""
    report = audited(planted.workspace())
    assert {"0001/image.png"} in found(report, "label-clash", "error")
    assert {"0002/image.png"} in found(report, "label-gap", "error")
    assert {"0003/image.png"} in found(report, "label-gap", "error")


def test_two_targets_that_often_agree_are_no_codes_of_each_other(planted: Planted, audited: Audited) -> None:
    for number, row in enumerate(planted.table.values()):
        row |= {"diagnosis": ("no", "yes")[number % 2], "surgery": str(number % 2 if number > 5 else 1 - number % 2)}
    assert errors(audited(planted.workspace(), "label-clash", "label-gap")) == []


def test_numbered_folders_of_patients_are_no_confounder(planted: Planted, audited: Audited) -> None:
    for number, row in enumerate(planted.table.values()):
        row["diagnosis"] = CLASSES[number >= PATIENTS // 2]
    assert found(audited(planted.workspace()), "confounder") == []


def test_a_site_that_tells_the_label_is_a_confounder(planted: Planted, audited: Audited) -> None:
    for name, row in planted.table.items():
        site = planted.scans / name / f"site-{row['diagnosis'][0]}"
        site.mkdir()
        (planted.scans / name / "image.png").rename(site / "image.png")
    (confounder,) = audited(planted.workspace(), "confounder").findings
    assert confounder.reason.startswith("The folder the files came in alone predicts 'diagnosis' (AUC 1.00")
    assert "corrected for" in confounder.reason


def test_a_covariate_that_tells_the_label_is_a_confounder(planted: Planted, audited: Audited) -> None:
    for number, row in enumerate(planted.table.values()):
        row["age"] = str(50 + number if row["diagnosis"] == CLASSES[0] else 100 + number)
    (confounder,) = list(audited(planted.workspace(), "confounder").findings)
    assert confounder.severity == "error"
    assert confounder.reason.startswith("Covariate 'age' alone predicts 'diagnosis' (AUC 1.00")


def test_a_picture_size_that_tells_the_label_is_a_confounder(planted: Planted, audited: Audited) -> None:
    for number, (name, row) in enumerate(planted.table.items()):
        if row["diagnosis"] == CLASSES[1] and number > 2:
            planted.save(name, picture(number)[4:, :])
    reasons = [one.reason for one in audited(planted.workspace(), "confounder").findings]
    assert [reason for reason in reasons if reason.startswith("The image size alone predicts 'diagnosis'")]


def test_letters_in_the_margin_are_found_and_if_they_tell_the_label_confound(
    planted: Planted, audited: Audited
) -> None:
    for number, (name, row) in enumerate(planted.table.items()):
        if row["diagnosis"] == CLASSES[1]:
            drawn = Image.fromarray(picture(number))
            ImageDraw.Draw(drawn).text((3, 3), "R", fill=255, font_size=12)
            planted.save(name, np.array(drawn))
    report = audited(planted.workspace())
    marked = {f"{name}/image.png" for name, row in planted.table.items() if row["diagnosis"] == CLASSES[1]}
    assert marked in found(report, "outlier", "warn")
    assert [
        one for one in report.findings if one.kind == "confounder" and one.reason.startswith("A mark in the margin")
    ]


@pytest.mark.parametrize("what", ["size", "inverted", "empty"])
def test_a_picture_unlike_the_others_is_an_outlier(what: str, planted: Planted, audited: Audited) -> None:
    whole = pixels(planted.file(11))
    odd = {"size": whole[10:-10], "inverted": 255 - whole, "empty": np.zeros_like(whole)}[what]
    planted.save("0012", odd)
    assert {"0012/image.png"} in found(audited(planted.workspace()), "outlier", "warn")


def test_a_scarce_class_is_told(planted: Planted, audited: Audited) -> None:
    for name in list(planted.table)[3:]:
        planted.table[name]["diagnosis"] = CLASSES[0]
    assert [one.severity for one in audited(planted.workspace(), "imbalance").findings] == ["warn", "warn"]


def test_a_given_division_that_parts_copies_is_a_leak(planted: Planted, audited: Audited) -> None:
    for number, row in enumerate(planted.table.values()):
        row["split"] = "test" if number < 10 else "train"
    planted.file(20, "again.png").write_bytes(planted.file(0).read_bytes())
    reasons = [one.reason for one in audited(planted.workspace(), "leak").findings]
    assert "The division by column 'split' puts the same picture on both sides, 1 time." in reasons


def test_excluded_scans_are_not_spoken_of(planted: Planted, audited: Audited) -> None:
    planted.file(0, "again.png").write_bytes(planted.file(0).read_bytes())
    workspace = planted.workspace()
    (copies,) = audited(workspace, "duplicate").findings
    assert copies.remedy is not None
    with Workspace.open(workspace) as opened:
        assert apply(copies.remedy, opened).number
    assert errors(audited(workspace)) == []
    assert len(Workspace.peek(workspace).cohort().patients) == PATIENTS


def test_all_faults_at_once_are_found(tmp_path: Path) -> None:
    workspace, faults = faulty(tmp_path)
    report = audit(Workspace.peek(workspace))
    assert [fault.name for fault in faults if not fault.found_in(report)] == []


def test_scans_of_a_patient_that_are_labelled_differently_clash(planted: Planted, audited: Audited) -> None:
    planted.save("0003", stack(90, 16, SHAPE).slices[6], "other.png")
    workspace = planted.workspace()
    with Workspace.open(workspace) as opened:
        (scan,) = [one for one in opened.cohort().by_key["P-003"].scans if one.path.name == "other.png"]
        opened.store.edit(SetScanLabel((scan.id,), "diagnosis", "demented"))
        (clash,) = audited(workspace, "label-clash").findings
        assert (clash.severity, clash.patients) == ("warn", ("P-003",))
        assert clash.reason == "1 patient with scans of several labels in 'diagnosis': 'demented', 'healthy'."
        opened.store.edit(SetVisit((scan.id,), "2"))
        (change,) = audited(workspace, "label-clash").findings
        assert change.severity == "note"


def test_labels_of_scans_count_as_labels_do(planted: Planted, audited: Audited) -> None:
    workspace = planted.workspace()
    with Workspace.open(workspace) as opened:
        for patient in opened.cohort().patients:
            numbers = tuple(scan.id for scan in patient.scans)
            label = patient.labels["diagnosis"]
            opened.store.edit(SetLabel((patient.key,), "diagnosis", ""), SetScanLabel(numbers, "diagnosis", label))
        opened.store.edit(SetScanLabel((1,), "diagnosis", "HEALTHY"), SetScanLabel((4,), "diagnosis", ""))
        report = audited(workspace)
        (clash,) = [one for one in report.findings if one.kind == "label-clash"]
        assert isinstance(clash.remedy, MergeClasses)
        (gap,) = [one for one in report.findings if one.kind == "label-gap"]
        assert gap.patients == ("P-004",)
        apply(clash.remedy, opened)
        assert opened.cohort().classes("diagnosis") == ["demented", "healthy"]
