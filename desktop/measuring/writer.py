"""Measurements on their way between window and workspace, in order, whichever thread carries them."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from threading import Lock

from desktop.measuring.drawn import Drawn, State
from engine.cohort.storage.store import Store
from engine.errors import IsocenterError


class Writer:
    """What is wished for each key last is written, once; what was drawn first comes first.

    Wishes come from the GUI thread, `drain` and `load` from any: they take turns.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn, self._gate = Lock(), Lock()
        self._wishes: State = {}
        self._ids: dict[int, int] = {}
        self._there: set[int] = set()
        self._keys = count(1)

    @property
    def unsaved(self) -> frozenset[int]:
        """The keys of what is not written yet."""
        with self._gate:
            return frozenset(self._wishes)

    def new_key(self) -> int:
        """A key that nothing has."""
        return next(self._keys)

    def wish(self, wishes: Mapping[int, Drawn | None]) -> None:
        """Have these written as they are, or forgotten where they are None, by the next `drain`."""
        with self._gate:
            self._wishes.update(wishes)

    def drain(self) -> IsocenterError | None:
        """Write what is wished; what cannot be written stays wished, and the first reason is returned."""
        with self._turn:
            failures = [self._try(key) for key in sorted(self.unsaved)]
        return next((failure for failure in failures if failure is not None), None)

    def load(self, scan: int) -> tuple[Drawn, ...]:
        """The measurements of a scan that did not come from here."""
        with self._turn:
            known = set(self._ids.values())
            found = [kept for kept in self._store.measurements(scan) if kept.id not in known]
            made = tuple(Drawn(self.new_key(), kept) for kept in found)
            self._ids |= {drawn.key: drawn.measurement.id for drawn in made}
            self._there |= {drawn.key for drawn in made}
            return made

    def _try(self, key: int) -> IsocenterError | None:
        with self._gate:
            wish = self._wishes[key]
        try:
            self._write(key, wish)
        except IsocenterError as failure:
            return failure
        with self._gate:
            if self._wishes[key] is wish:
                del self._wishes[key]
        return None

    def _write(self, key: int, wish: Drawn | None) -> None:
        number = self._ids.get(key, 0)
        if wish is not None:
            self._ids[key] = self._store.put_measurement(replace(wish.measurement, id=number)).id
            self._there.add(key)
        elif key in self._there:
            self._store.drop_measurement(number)
            self._there.discard(key)
