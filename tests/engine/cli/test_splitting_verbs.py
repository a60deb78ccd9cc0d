"""The verbs about divisions: split, splits, vault."""

from pathlib import Path

from engine.cohort import Workspace
from engine.cohort.dividing.saved_divisions import saved_divisions
from engine.cohort.edits import SetLabel
from tests.engine.cli.conftest import Isocenter


def test_split_shows_who_is_where(isocenter: Isocenter, workspace: Path) -> None:
    told = isocenter("split", workspace, "--protocol", "k-fold", "--set", "folds=4", "--target", "diagnosis", "--json")
    assert told.status == 0
    assert told.json["protocol"] == {"key": "k-fold", "folds": 4}
    assert [fold["parts"] for fold in told.json["folds"]] == [{"train": 6, "test": 2}] * 4
    assert told.json["folds"][0]["classes"]["diagnosis"]["test"] == {"healthy": 1, "osteoporotic": 1}
    assert any("Only 4 patients of diagnosis = healthy are tested" in line for line in told.json["remarks"])


def test_split_saves_nothing_unless_it_is_given_a_name(isocenter: Isocenter, workspace: Path) -> None:
    isocenter("split", workspace)
    assert saved_divisions(workspace) == []
    told = isocenter("split", workspace, "--name", "main", "--seed", "7")
    assert (told.status, "Saved as 'main'." in told.out) == (0, True)
    (saved,) = saved_divisions(workspace)
    assert (saved.name, saved.seed, saved.protocol.key) == ("main", 7, "holdout")


def test_split_writes_a_table_that_it_also_reads(isocenter: Isocenter, workspace: Path, tmp_path: Path) -> None:
    table = tmp_path / "division.csv"
    isocenter("split", workspace, "--set", "test=0.25", "--set", "validation=0.25", "--csv", table, "--name", "a")
    told = isocenter("split", workspace, "--from", table, "--name", "b")
    assert told.status == 0
    first, second = saved_divisions(workspace)
    assert first.folds == second.folds


def test_split_lists_what_changed_since(isocenter: Isocenter, workspace: Path) -> None:
    isocenter("split", workspace, "--name", "main")
    with Workspace.open(workspace) as opened:
        opened.store.edit(SetLabel(("P-001",), "diagnosis", ""))
    told = isocenter("splits", workspace, "--json")
    assert [(one["name"], one["remarks"]) for one in told.json] == [
        ("main", ["1 patient of this division takes no part any more: P-001."])
    ]
    assert "main" in isocenter("splits", workspace).out
    isocenter("splits", workspace, "--drop", "main")
    assert "No division is saved." in isocenter("splits", workspace).out


def test_split_refuses_what_cannot_be(isocenter: Isocenter, workspace: Path) -> None:
    for words, told in (
        (("--protocol", "kfold"), "Did you mean 'k-fold'?"),
        (("--set", "tset=0.2"), "has no setting 'tset'"),
        (("--target", "diagnose"), "Did you mean 'diagnosis'?"),
        (("--by", "age"), "no patient has a column 'age'"),
        (("--protocol", "k-fold", "--set", "folds=9"), "cannot be divided into 9 folds"),
    ):
        answer = isocenter("split", workspace, *words)
        assert (answer.status, told in answer.err) == (1, True), answer.err


def test_the_vault_is_filled_opened_and_given_back(isocenter: Isocenter, workspace: Path) -> None:
    assert "never opened" in isocenter("vault", workspace).out
    told = isocenter("vault", workspace, "--set-aside", "0.25", "--json").json
    assert (told["patients"], told["openings"], told["opened"]) == (2, [], [])
    told = isocenter("vault", workspace, "--open", "--reason", "final test", "--json").json
    assert (len(told["opened"]), told["openings"][0]["reason"]) == (2, "final test")
    assert not set(told["opened"]) & _divided(isocenter, workspace)
    assert isocenter("vault", workspace, "--give-back", "--json").json["patients"] == 0
    assert "was opened once" in isocenter("vault", workspace).out
    refused = isocenter("vault", workspace, "--open", "--reason", "again")
    assert (refused.status, "the test vault is empty" in refused.err) == (1, True)


def test_the_vault_is_not_opened_without_a_reason(isocenter: Isocenter, workspace: Path) -> None:
    isocenter("vault", workspace, "--set-aside", "0.25")
    assert isocenter("vault", workspace, "--open").status == 1
    assert isocenter("vault", workspace, "--json").json["openings"] == []


def _divided(isocenter: Isocenter, workspace: Path) -> set[str]:
    isocenter("split", workspace, "--name", "all", "--protocol", "k-fold", "--set", "folds=2")
    return set(saved_divisions(workspace)[0].patients)
