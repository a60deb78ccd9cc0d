"""Signatures are read once, kept in the workspace, and never trusted when damaged."""

from pathlib import Path

import pytest

from engine.audit import audit
from engine.audit.gallery import READING
from engine.cohort import Workspace
from engine.control import Control
from engine.errors import Cancelled, CohortError
from tests.helpers.planted import PATIENTS, Planted


def reading(workspace: Path) -> int:
    """How many pictures an audit reads."""
    told: list[int] = []
    progress = lambda done, total, what: told.append(done) if what == READING else None  # noqa: E731
    audit(Workspace.peek(workspace), ["outlier"], progress=progress)
    return max(told, default=0)


def test_pictures_are_read_once(planted: Planted) -> None:
    workspace = planted.workspace()
    assert (reading(workspace), reading(workspace)) == (PATIENTS, 0)


def test_damaged_signatures_are_made_anew(planted: Planted) -> None:
    workspace = planted.workspace()
    reading(workspace)
    (workspace / "audit" / "signatures.npz").write_bytes(b"PK\x03\x04 nonsense")
    assert reading(workspace) == PATIENTS


def test_what_was_read_before_a_cancel_is_kept(planted: Planted) -> None:
    workspace, control = planted.workspace(), Control()

    def stop(done: int, total: int, what: str) -> None:
        control.cancel()

    with pytest.raises(Cancelled):
        audit(Workspace.peek(workspace), progress=stop, control=control)
    assert reading(workspace) == 0


def test_the_audit_changes_nothing_but_its_own_folder(planted: Planted) -> None:
    workspace = planted.workspace()
    before = {path: path.read_bytes() for path in planted.root.rglob("*") if path.is_file()}
    audit(Workspace.peek(workspace))
    after = {path: path.read_bytes() for path in planted.root.rglob("*") if path.is_file()}
    assert before.items() <= after.items()
    assert {path.parent.name for path in after.keys() - before.keys()} == {"audit"}


def test_an_unknown_kind_names_the_nearest(planted: Planted) -> None:
    with pytest.raises(CohortError) as told:
        audit(Workspace.peek(planted.workspace()), ["leek"])
    assert told.value.hint == "Did you mean 'leak'?"
