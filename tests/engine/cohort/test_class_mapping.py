"""What a source calls its classes is put in the words of the cohort, and nothing else changes."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from engine.cohort import ImportPlan, import_folder
from engine.cohort.columns import Column
from engine.cohort.intake.class_mapping import classes_of, mapped
from engine.cohort.intake.layout import Arrangement, FoundPatient
from engine.cohort.label_table.labels import LabelRow
from tests.helpers.plain_pictures import write_classes

NAMES = st.sampled_from(["a", "b", "c", "D"])
LABELS = st.dictionaries(st.sampled_from(["x", "y"]), NAMES)
MAPPING = st.dictionaries(st.sampled_from(["x", "y"]), st.dictionaries(NAMES, st.sampled_from(["", "a", "E"])))


def arranged(*labels: dict[str, str]) -> Arrangement:
    return Arrangement([FoundPatient(str(number), (), LabelRow(told)) for number, told in enumerate(labels)])


def test_two_classes_may_become_one(tmp_path: Path) -> None:
    source = write_classes(tmp_path, 2, "fractured", "broken", "healthy")
    plan = ImportPlan("class-folders", classes={"class": {"fractured": "broken"}})
    assert import_folder(source, None, plan).cohort.counts()["class"]["broken"]["scans"] == 4


def test_a_class_without_a_name_leaves_its_scans_without_a_label(tmp_path: Path) -> None:
    plan = ImportPlan("class-folders", classes={"class": {"healthy": ""}})
    cohort = import_folder(write_classes(tmp_path), None, plan).cohort
    assert (len(cohort.scans), cohort.classes("class")) == (6, ["fractured"])


def test_the_order_of_a_column_is_renamed_along() -> None:
    column = Column("x", "label", "ordinal", ("none", "some", "much", "?"))
    found = mapped(Arrangement((), columns=[column]), {"x": {"some": "ill", "much": "ill", "?": ""}})
    assert found.columns[0].classes == ("none", "ill")


@given(st.lists(LABELS, max_size=5), MAPPING)
def test_every_label_is_renamed_or_left_and_none_is_invented(
    labels: list[dict[str, str]], mapping: dict[str, dict[str, str]]
) -> None:
    found = mapped(arranged(*labels), mapping)
    for before, patient in zip(labels, found.patients, strict=True):
        wanted = {column: mapping.get(column, {}).get(label, label) for column, label in before.items()}
        assert patient.told.labels == {column: label for column, label in wanted.items() if label}


@given(st.lists(LABELS, max_size=5))
def test_no_mapping_changes_nothing(labels: list[dict[str, str]]) -> None:
    found = arranged(*labels)
    assert mapped(found, {"x": {}}).patients == found.patients
    assert classes_of(found) == {}
