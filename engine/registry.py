"""One kind of registry for everything there is a choice of: readers, steps, models, importers, phantoms."""

import difflib
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from engine.errors import RegistryError


@dataclass(frozen=True)
class Info:
    """What people are told about an entry, in the window and on the command line."""

    key: str
    label: str
    summary: str
    needs: tuple[str, ...] = ()


class Options(BaseModel):
    """The typed options of an entry; forms are drawn from the fields' titles, descriptions and bounds."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(Protocol):
    """Anything a registry can hold."""

    @property
    def info(self) -> Info: ...


E = TypeVar("E", bound=Entry)


class Registry(Generic[E]):
    """Entries by key. Every module of `package` is imported on first use and registers its own."""

    def __init__(self, noun: str, package: str) -> None:
        self.noun = noun
        self._package = package
        self._entries: dict[str, E] = {}
        self._discovered = False

    def register(self, entry: E) -> E:
        """Add an entry under its key; a second entry of the same key is a programming error."""
        if entry.info.key in self._entries:
            raise ValueError(f"two {self.noun}s are called {entry.info.key!r}")
        self._entries[entry.info.key] = entry
        return entry

    def get(self, key: str) -> E:
        """The entry called `key`; otherwise RegistryError names the nearest one."""
        self._discover()
        if key in self._entries:
            return self._entries[key]
        raise RegistryError(f"there is no {self.noun} called '{key}'", hint=suggestion(key, self.keys()))

    def keys(self) -> list[str]:
        """All keys in alphabetical order."""
        self._discover()
        return sorted(self._entries)

    def __iter__(self) -> Iterator[E]:
        return iter([self.get(key) for key in self.keys()])

    def __contains__(self, key: object) -> bool:
        self._discover()
        return key in self._entries

    def _discover(self) -> None:
        if self._discovered:
            return
        package = importlib.import_module(self._package)
        for module in pkgutil.iter_modules(package.__path__):
            if not module.ispkg:
                importlib.import_module(f"{self._package}.{module.name}")
        self._discovered = True


def suggestion(word: str, known: list[str]) -> str:
    """A hint that names the nearest known word, or all of them when none is near."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"Known are: {', '.join(known)}." if known else "None is installed."
