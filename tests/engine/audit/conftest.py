"""Audited cohorts in two lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.audit import AuditReport, audit
from engine.cohort import Workspace
from tests.helpers.planted import Planted


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    """Forty patients with a picture each; nothing is wrong with them yet."""
    return Planted(tmp_path / "project")


Audited = Callable[..., AuditReport]


@pytest.fixture
def audited() -> Audited:
    """`audited(workspace, "leak")`: what the audit says of it."""

    def call(workspace: Path, *only: str, division: str = "") -> AuditReport:
        return audit(Workspace.peek(workspace), only, division=division)

    return call
