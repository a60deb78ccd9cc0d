"""Tiny cohorts for the tests of the engine."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers.cohorts import make_workspace, write_source

settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Eight patients in folders, with a label table."""
    return write_source(tmp_path / "project" / "scans")


@pytest.fixture
def workspace(tmp_path: Path, source: Path) -> Path:
    """A workspace of the eight patients, beside their scans."""
    return make_workspace(tmp_path / "project" / "study", source)
