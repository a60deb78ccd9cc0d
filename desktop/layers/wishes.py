"""All that was wished for in this session, per role of the scan it lies over."""

from desktop.layers.wish import Wish, concerns
from engine.cohort.cohort import Scan


class Wishes:
    """In the order of the layers, the last on top; what is wished for over a role holds for all scans of it."""

    def __init__(self) -> None:
        self._of_role: dict[str, tuple[Wish, ...]] = {}

    def of(self, scan: Scan) -> tuple[Wish, ...]:
        """Those that concern a scan."""
        return tuple(wish for wish in self._all(scan) if concerns(wish, scan))

    def add(self, scan: Scan, wish: Wish) -> None:
        """One more, on top; one that is there already comes to the top."""
        self._set(scan, (*self._without(scan, wish), wish))

    def remove(self, scan: Scan, wish: Wish) -> None:
        """One less."""
        self._set(scan, self._without(scan, wish))

    def move(self, scan: Scan, wish: Wish, by: int) -> None:
        """One place up or down among those that concern the scan; as before where there is none."""
        here = list(self.of(scan))
        place = here.index(wish)
        if 0 <= place + by < len(here):
            here.insert(place + by, here.pop(place))
            others = tuple(other for other in self._all(scan) if not concerns(other, scan))
            self._set(scan, (*others, *here))

    def clear(self, scan: Scan) -> None:
        """Nothing is wished for over this scan any more, nor over its like of other patients."""
        self._set(scan, tuple(wish for wish in self._all(scan) if not concerns(wish, scan)))

    def forget(self) -> None:
        """Nothing is wished for."""
        self._of_role = {}

    def _all(self, scan: Scan) -> tuple[Wish, ...]:
        return self._of_role.get(scan.role, ())

    def _without(self, scan: Scan, wish: Wish) -> tuple[Wish, ...]:
        return tuple(other for other in self._all(scan) if other != wish)

    def _set(self, scan: Scan, wishes: tuple[Wish, ...]) -> None:
        self._of_role[scan.role] = wishes
