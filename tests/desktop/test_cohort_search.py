from pathlib import Path

import pytest

from desktop.cohort_arranging import Wish, arranged
from desktop.cohort_rows import Filter, rows_of
from desktop.cohort_search import found
from desktop.cohort_table import notes, patient_columns
from desktop.roster import Roster, renewed
from engine.cohort import Cohort, Workspace
from engine.cohort.edits import ExcludeScans, SetLabel, SetScanLabel
from tests.desktop.made import make_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "cohort")


@pytest.fixture
def rows(workspace: Path):
    with Workspace.open(workspace) as opened:
        first = opened.cohort().patients[0]
        opened.store.edit(ExcludeScans((first.scans[0].id,), "strong motion"), SetLabel(("P-002",), "diagnosis", ""))
        return rows_of(opened.cohort())


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("diagnosis:healthy", [3, 6, 9, 12]),
        ("diagnosis:osteo", [1, 4, 5, 7, 8, 10, 11]),
        ("diagnosis=osteo", []),
        ("diagnosis:none", [2]),
        ("diagnosis!=healthy -unlabelled", [1, 4, 5, 7, 8, 10, 11]),
        ("age>70", [1, 2]),
        ("age<=13 sex:F", [12]),
        ("-role:T2", [4, 8, 12]),
        ("role:t1 scans<2", [4, 8, 12]),
        ("excluded", [1]),
        ('reason:"strong motion"', [1]),
        ('"strong motion"', [1]),
        ("warned", [5, 7]),
        ("certificate:fail", [7]),
        ("unlabelled", [2]),
        ("P-00 -P-001 HEALTHY", [3, 6, 9]),
        ("patient:P-01", [10, 11, 12]),
        ("diagnosis:", list(range(1, 13))),
        ("colour:red", []),
    ],
)
def test_a_search_asks_for_fields_and_words(rows, words: str, numbers: list[int]) -> None:
    assert [row.key for row in found(rows, words)] == [f"P-{number:03}" for number in numbers]


def test_an_edit_makes_one_row_anew_and_takes_all_others_over(workspace: Path) -> None:
    with Workspace.open(workspace) as opened:
        cohort = opened.cohort()
        before = renewed(cohort, Roster(), by_id=False)
        edited = opened.store.edit(SetLabel(("P-005",), "diagnosis", "healthy"))
        after = renewed(opened.store.renewed(cohort, edited), before, by_id=False)
    others = [new is old for new, old in zip(after.rows, before.rows, strict=True)]
    assert others == [number != 5 for number in range(1, 13)]


def test_counts_kept_along_are_those_counted_anew(workspace: Path) -> None:
    with Workspace.open(workspace) as opened:
        roster, cohort = Roster(), opened.cohort()
        first, second = cohort.patients[:2]
        for edits in (
            (SetLabel(("P-005",), "diagnosis", "odd"),),
            (SetScanLabel((first.scans[0].id,), "diagnosis", "healthy"),),
            (ExcludeScans(tuple(scan.id for scan in second.scans), "motion"),),
            (SetLabel(("P-003",), "diagnosis", ""),),
        ):
            roster = renewed(cohort, roster, by_id=False)
            cohort = opened.store.renewed(cohort, opened.store.edit(*edits))
            roster = renewed(cohort, roster, by_id=False)
            assert roster.counts == renewed(opened.cohort(), Roster(), by_id=False).counts
    told = {count.name: (count.patients, count.scans, count.idle) for count in roster.counts["diagnosis"]}
    assert told["no label"] == (1, 2, 0)
    assert (told["odd"], told["osteoporotic"]) == ((1, 2, 0), (3, 5, 1))


def test_groups_follow_the_order_of_their_column_and_the_empty_comes_last(rows) -> None:
    columns = patient_columns(_roster(rows))
    made = arranged(rows, columns, Wish(group="label:diagnosis", sort="covariate:age"))
    assert [heading.value for heading in made.headings] == ["healthy", "osteopenic", "osteoporotic", "no label"]
    assert [row.key for row in made.headings[0].rows] == ["P-012", "P-009", "P-006", "P-003"]


def test_what_is_folded_is_passed_over(rows) -> None:
    made = arranged(rows, patient_columns(_roster(rows)), Wish(Filter("healthy"), group="covariate:sex"))
    assert len(made.lines(())) == 6
    assert len(made.lines({"F"})) == 4


def test_who_is_in_the_test_vault_is_marked_and_found_also_when_only_that_changed(rows) -> None:
    patients = tuple(row.patient for row in rows)
    before = renewed(Cohort(patients), Roster(), by_id=False)
    roster = renewed(Cohort(patients, vault=frozenset({"P-004", "P-009"})), before, by_id=False)
    assert [row.key for row in found(roster.rows, "vault")] == ["P-004", "P-009"]
    assert (roster.state("vault"), before.state("vault")) == (2, 0)
    assert notes(roster.rows[3]).startswith("Set aside in the test vault")


def _roster(rows) -> Roster:
    return renewed(Cohort(tuple(row.patient for row in rows)), Roster(), by_id=False)
