"""Signatures are read once, kept in the workspace, and never trusted when damaged."""

from pathlib import Path

import numpy as np
import pytest

from engine.audit import audit
from engine.audit.gallery import AT_ONCE, READING
from engine.cohort import Workspace
from engine.control import Control
from engine.errors import Cancelled, CohortError
from tests.helpers.planted import PATIENTS, Planted, picture


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
    planted = Planted(planted.root.with_name("large"), AT_ONCE + 6)
    workspace, control = planted.workspace(), Control()

    def stop(done: int, total: int, what: str) -> None:
        if what == READING:
            control.cancel()

    with pytest.raises(Cancelled):
        audit(Workspace.peek(workspace), progress=stop, control=control)
    assert reading(workspace) == 6


@pytest.mark.parametrize("drop_cache", [False, True])
def test_pixels_replaced_at_equal_size_are_seen(drop_cache: bool, planted: Planted) -> None:
    for number in (0, 1):
        np.save(planted.file(number, "again.npy"), picture(number))
    workspace = planted.workspace()
    audit(Workspace.peek(workspace))
    planted.file(1, "again.npy").write_bytes(planted.file(0, "again.npy").read_bytes())
    if drop_cache:
        (workspace / "audit" / "signatures.npz").unlink()
    leaks = [one for one in audit(Workspace.peek(workspace), ["leak"]).findings if one.severity == "error"]
    assert {scan.path for one in leaks for scan in one.scans} >= {planted.file(n, "again.npy") for n in (0, 1)}


def test_signatures_of_scans_that_are_away_are_kept(planted: Planted) -> None:
    workspace = planted.workspace()
    reading(workspace)
    planted.scans.rename(planted.root / "away")
    audit(Workspace.peek(workspace))
    (planted.root / "away").rename(planted.scans)
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
