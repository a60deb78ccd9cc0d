"""What the project file and the constraints promise to pip, and the repository to its tools."""

import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from tests.packaging.tiny_project import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONSTRAINTS = (REPOSITORY / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = [line for line in CONSTRAINTS if line and not line.startswith("#")]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def wished() -> list[str]:
    """The names of everything the project asks for, with all of its extras."""
    lists = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    return [normal(re.split(r"[<>=~! \[;]", wish)[0]) for wishes in lists for wish in wishes]


@pytest.mark.parametrize("pin", PINS)
def test_a_constraint_is_one_exact_public_version(pin: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", pin)


@pytest.mark.parametrize("name", sorted(set(wished())))
def test_everything_asked_for_is_pinned(name: str) -> None:
    assert name in {normal(pin.partition("==")[0]) for pin in PINS}


def test_the_description_says_research_use_only() -> None:
    assert "research use only" in PROJECT["description"].lower()


def test_the_folder_packaging_does_not_hide_the_library_of_that_name() -> None:
    place = "import packaging, packaging.version; print(packaging.__file__)"
    answer = subprocess.run([sys.executable, "-c", place], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert Path(answer.stdout.strip()) == Path(
        str(metadata.distribution("packaging").locate_file("packaging/__init__.py"))
    )


@pytest.mark.parametrize("module", ["PySide6.QtCore", "pyqtgraph", "desktop", "desktop.window"])
def test_the_engine_tests_cannot_import_the_window(module: str) -> None:
    attempt = f"import tests.helpers.no_qt, {module}"
    answer = subprocess.run([sys.executable, "-c", attempt], cwd=REPOSITORY, capture_output=True, text=True)
    assert "has to do without a screen" in answer.stderr


@pytest.mark.skipif(os.name == "nt", reason="continuous integration runs on Linux")
def test_continuous_integration_runs_what_everybody_runs() -> None:
    script = REPOSITORY / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec python3 packaging/bootstrap.py test"
