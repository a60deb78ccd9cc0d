"""What holds for every test: no user's settings are touched, and two cores are enough."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

SETTINGS = Path(tempfile.mkdtemp(prefix="isocenter-tests-"))
REPOSITORY = Path(__file__).resolve().parents[1]

# Before anything imports torch, numpy or Qt, which read these once.
os.environ.update(ISOCENTER_CONFIG_DIR=str(SETTINGS), XDG_CONFIG_HOME=str(SETTINGS / "xdg"))
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MPLBACKEND", "Agg")
if sys.platform == "linux" and os.environ.get("DISPLAY"):
    os.environ.pop("QT_QPA_PLATFORM", None)  # "offscreen" has no OpenGL


def pytest_unconfigure() -> None:
    shutil.rmtree(SETTINGS, ignore_errors=True)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public sample scans beside the checkout; without it, what needs it is skipped."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the sample scans are not here: expected ../shared/data beside the repository")
    return folder
