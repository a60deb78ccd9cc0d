"""While something is taken up for a file, what is drawn over pictures calls patients by their pseudonyms."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol


class Naming(Protocol):
    """Whatever writes names over pictures."""

    def call_patients(self, named: Callable[[str], str]) -> None: ...


@contextmanager
def pseudonyms(namings: Sequence[Naming], named: Callable[[str], str]) -> Iterator[None]:
    """Afterwards patients are called as `named` does. Nothing is painted on the screen meanwhile."""
    for naming in namings:
        naming.call_patients(str)
    try:
        yield
    finally:
        for naming in namings:
            naming.call_patients(named)
