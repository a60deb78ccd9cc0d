"""What the user wants of the scans that were found: which of them, and which joined to one."""

from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.imaging import Discovery, Offer, ScanHeader


class Choice:
    """Everything is wanted until somebody says otherwise; nothing is joined until somebody says so."""

    def __init__(self, found: "Discovery") -> None:
        self.found = found
        self._taken: dict[int, Offer] = {}
        self._apart: set[int] = set()
        self._left_out: set[int] = set()
        self._made: tuple[Discovery, Set[int], Discovery] | None = None
        self.discovery = found

    @property
    def offers(self) -> "tuple[Offer, ...]":
        """The offers nobody has answered yet."""
        return tuple(offer for offer in self.discovery.offers if id(offer) not in self._apart)

    @property
    def answered(self) -> tuple[dict[int, "Offer"], frozenset[int]]:
        """What was answered so far, to come back to."""
        return dict(self._taken), frozenset(self._apart)

    def answer(self, offers: "Iterable[Offer]", *, join: bool) -> None:
        """Make one scan of each offer, or leave its parts alone."""
        for offer in offers:
            if join:
                self._taken[id(offer)] = offer
            else:
                self._apart.add(id(offer))
        self._join()

    def come_back(self, answered: tuple[dict[int, "Offer"], frozenset[int]]) -> None:
        """Have answered this, and nothing else."""
        self._taken, self._apart = dict(answered[0]), set(answered[1])
        self._join()

    def wants(self, scan: "ScanHeader") -> bool:
        return id(scan) not in self._left_out

    def want(self, scans: "Iterable[ScanHeader]", *, wanted: bool) -> None:
        """Tick scans, or untick them."""
        keys = {id(scan) for scan in scans}
        self._left_out = self._left_out - keys if wanted else self._left_out | keys

    def chosen(self) -> "Callable[[], Discovery]":
        """What gives the scans that are wanted at this moment, on any thread."""
        return partial(self._chosen, self.discovery, self._left_out)

    def _chosen(self, found: "Discovery", left_out: Set[int]) -> "Discovery":
        """The same object for the same choice, by which what is known of it is found again."""
        made = self._made
        if made is None or made[0] is not found or made[1] is not left_out:
            made = self._made = (found, left_out, _without(found, left_out))
        return made[2]

    def _join(self) -> None:
        self.discovery = self.found.joined(self._taken.values())


def _without(found: "Discovery", left_out: Set[int]) -> "Discovery":
    scans = tuple(scan for scan in found.scans if id(scan) not in left_out) if left_out else found.scans
    return replace(found, scans=scans, offers=())
