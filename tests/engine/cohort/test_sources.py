"""Several sources in one cohort: each named, each with its own folders and plan, none mixed up with another."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.cohort import ImportPlan, Workspace, import_folder
from engine.cohort.columns import Column
from engine.cohort.edits import PutColumn
from engine.cohort.intake.sources import source_called, sources_of
from engine.errors import CohortError
from tests.helpers.cohorts import write_source
from tests.helpers.layouts import write_bids
from tests.helpers.plain_pictures import write_classes

CLASSES = ImportPlan("class-folders")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace, open."""
    with Workspace.create(tmp_path / "study") as made:
        yield made


def test_a_source_is_called_by_its_folder_or_as_the_plan_says(tmp_path: Path, study: Workspace) -> None:
    import_folder(write_classes(tmp_path / "films"), study, CLASSES)
    import_folder(write_classes(tmp_path / "more", first=50), study, ImportPlan("class-folders", name="clinic"))
    assert [(one.name, one.root, one.scans) for one in sources_of(study)] == [
        ("films", tmp_path / "films", 6),
        ("clinic", tmp_path / "more", 6),
    ]
    assert {scan.origin for scan in study.cohort().scans} == {"films", "clinic"}


def test_two_folders_of_one_name_are_two_sources(tmp_path: Path, study: Workspace) -> None:
    for place in ("one", "two"):
        import_folder(write_classes(tmp_path / place / "train", first=len(place) * 9), study, CLASSES)
    assert [one.name for one in sources_of(study)] == ["train", "train (2)"]


def test_the_same_picture_name_in_two_downloads_is_two_patients(tmp_path: Path, study: Workspace) -> None:
    for number, place in enumerate(("one", "two")):
        import_folder(write_classes(tmp_path / place, first=number * 50), study, CLASSES)
    cohort = study.cohort()
    assert (len(cohort.patients), len(cohort.scans)) == (12, 12)


def test_the_same_patient_id_in_two_sources_is_one_person(tmp_path: Path, study: Workspace) -> None:
    for number, place in enumerate(("one", "two")):
        import_folder(write_source(tmp_path / place, ["a", "b"], seed=number), study)
    cohort = study.cohort()
    assert [(patient.source_id, len(patient.scans)) for patient in cohort.patients] == [("a", 4), ("b", 4)]


def test_people_of_two_clinics_that_count_alike_can_be_kept_apart(tmp_path: Path, study: Workspace) -> None:
    import_folder(write_source(tmp_path / "one", ["1", "2"]), study)
    cohort = import_folder(
        write_source(tmp_path / "two", ["1", "2"], seed=1), study, ImportPlan(same_people=False)
    ).cohort
    assert [len(patient.scans) for patient in cohort.patients] == [2, 2, 2, 2]
    assert {patient.label("diagnosis") for patient in cohort.patients} == {"healthy", "osteoporotic"}


def test_sources_that_call_classes_otherwise_come_together(tmp_path: Path, study: Workspace) -> None:
    import_folder(write_classes(tmp_path / "one", 2, "fractured", "normal"), study, CLASSES)
    mapping = {"class": {"broken": "fractured", "ok": "normal"}}
    plan = ImportPlan("class-folders", classes=mapping)
    cohort = import_folder(write_classes(tmp_path / "two", 3, "broken", "ok", first=50), study, plan).cohort
    assert {name: heads["scans"] for name, heads in cohort.counts()["class"].items()} == {"fractured": 5, "normal": 5}


def test_a_source_keeps_the_plan_it_came_by(tmp_path: Path, study: Workspace) -> None:
    plan = ImportPlan("class-folders", classes={"class": {"healthy": "well"}}, same_people=False)
    import_folder(write_classes(tmp_path / "films"), study, plan)
    kept = source_called(study, "films").plan
    assert (kept.layout, kept.classes, kept.same_people) == ("class-folders", plan.classes, False)


def test_a_source_is_found_again_when_the_project_folder_moves(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "project" / "study") as study:
        import_folder(write_classes(tmp_path / "project" / "films"), study, CLASSES)
    (tmp_path / "project").rename(tmp_path / "elsewhere")
    (source,) = sources_of(Workspace.peek(tmp_path / "elsewhere" / "study"))
    assert source.root == tmp_path / "elsewhere" / "films"


def test_a_source_nobody_knows_names_the_nearest(tmp_path: Path, study: Workspace) -> None:
    import_folder(write_classes(tmp_path / "films"), study, CLASSES)
    with pytest.raises(CohortError, match="no source 'film'") as caught:
        source_called(study, "film")
    assert "films" in caught.value.hint


def test_columns_a_layout_describes_are_kept(tmp_path: Path, study: Workspace) -> None:
    cohort = import_folder(write_bids(tmp_path / "bids"), study).cohort
    assert (cohort.columns["diagnosis"].type, cohort.classes("diagnosis")) == ("ordinal", ["none", "mild", "severe"])


def test_a_column_that_a_user_described_stays_so(tmp_path: Path, study: Workspace) -> None:
    source = write_bids(tmp_path / "bids")
    import_folder(source, study)
    study.store.edit(PutColumn(Column("diagnosis", "label", "category", ("severe", "mild", "none"))))
    assert import_folder(source, study).cohort.classes("diagnosis") == ["severe", "mild", "none"]


def test_a_covariate_that_was_made_a_label_does_not_come_back_as_a_covariate(tmp_path: Path, study: Workspace) -> None:
    source = write_source(tmp_path / "scans", 2, columns={"sex": ["F", "M"]})
    import_folder(source, study)
    study.store.edit(PutColumn(Column("sex", "label")))
    shutil.copytree(source / "0001", source / "0003")
    cohort = import_folder(source, study).cohort
    assert ([dict(patient.covariates) for patient in cohort.patients], cohort.patients[0].labels["sex"]) == (
        [{}, {}, {}],
        "F",
    )


def test_labels_of_single_scans_are_kept_with_the_scans(tmp_path: Path, study: Workspace) -> None:
    cohort = import_folder(write_bids(tmp_path / "bids"), study).cohort
    first = next(patient for patient in cohort.patients if patient.source_id.endswith("01"))
    assert {scan.visit: first.label_of(scan, "diagnosis") for scan in first.scans} == {"1": "none", "2": "mild"}
