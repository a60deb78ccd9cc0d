"""Registries find their entries by themselves, name the nearest for a typo, and are cheap to list."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import engine
from engine.errors import RegistryError
from engine.registry import Info, Registry, suggestion


class Thing:
    def __init__(self, key: str) -> None:
        self.info = Info(key, key.title(), "A thing.")


def things(*keys: str) -> Registry[Thing]:
    made: Registry[Thing] = Registry("thing", "tests.helpers")
    for key in keys:
        made.register(Thing(key))
    return made


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(RegistryError) as caught:
        things("resize", "z-score").get("resise")
    assert (caught.value.what, caught.value.hint) == ("there is no thing called 'resise'", "Did you mean 'resize'?")


def test_a_key_unlike_any_lists_all() -> None:
    with pytest.raises(RegistryError) as caught:
        things("resize", "z-score").get("qqqq")
    assert caught.value.hint == "Known are: resize, z-score."


def test_an_empty_registry_says_that_nothing_is_installed() -> None:
    assert suggestion("anything", []) == "None is installed."


def test_a_second_entry_of_one_key_is_refused() -> None:
    registry = things("resize")
    with pytest.raises(ValueError, match="two things are called 'resize'"):
        registry.register(Thing("resize"))


def test_entries_come_in_the_order_of_their_keys() -> None:
    assert [entry.info.key for entry in things("b", "c", "a")] == ["a", "b", "c"]


def test_a_registry_can_be_asked_whether_it_holds_a_key() -> None:
    assert "a" in things("a")
    assert "b" not in things("a")


LISTED = """
import sys
from engine.cohort.dividing.division import protocols
from engine.cohort.intake.layout import layouts
from engine.evaluation.baseline import baselines
from engine.imaging.reader import readers
from engine.models import models
from engine.prepare.step import steps
for registry in (protocols, layouts, baselines, readers, models, steps):
    for entry in registry:
        assert entry.info.label and entry.info.summary, entry
heavy = {"torch", "sklearn", "scipy", "matplotlib", "PySide6"} & set(sys.modules)
assert not heavy, heavy
"""


def test_everything_there_is_can_be_listed_without_the_heavy_libraries() -> None:
    done = subprocess.run([sys.executable, "-c", LISTED], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_package_exports_a_name_that_one_of_its_folders_has() -> None:
    """Importing the folder would put the module in the place of what was exported."""
    for package in Path(engine.__file__).parent.rglob("__init__.py"):
        name = ".".join(package.parent.relative_to(Path(engine.__file__).parent.parent).parts)
        exported = set(getattr(importlib.import_module(name), "__all__", []))
        assert not exported & {folder.name for folder in package.parent.iterdir() if folder.is_dir()}, name
