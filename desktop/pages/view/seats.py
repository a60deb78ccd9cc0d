"""Which scan sits in which pane: as the page asks, or the one in front with the one it is compared with."""

from dataclasses import dataclass, replace
from typing import Self

from desktop.comparing.comparison import Other
from engine.cohort.cohort import Scan


@dataclass(frozen=True)
class Seats:
    """`asked` are the scans of the page, `front` the one it speaks of. `company` is what alone may sit beside that;
    None lets all sit that are asked. While `turned`, the one in front is at the right."""

    asked: tuple[Scan, ...] = ()
    front: Scan | None = None
    company: tuple[Other, ...] | None = None
    turned: bool = False

    @property
    def taken(self) -> tuple[Other, ...]:
        """The scans from left to right."""
        if self.company is None or self.front is None:
            return tuple(Other(scan) for scan in self.asked)
        both = (Other(self.front), *self.company)
        return both[::-1] if self.turned else both

    @property
    def place(self) -> int:
        """Where the one in front sits."""
        if self.company is None:
            return 0 if self.front is None else self.asked.index(self.front)
        return int(self.turned and bool(self.company))

    def showing(self, asked: tuple[Scan, ...], front: Scan) -> Self:
        """The page asks for others; where it turns to the one beside, the two stay where they are."""
        turns = bool(self.company) and self.company[0] == Other(front) and front != self.front  # type: ignore[index]
        if turns and self.front is not None:
            company = (Other(self.front),)
            return replace(self, asked=asked, front=front, company=company, turned=not self.turned)
        return replace(self, asked=asked, front=front)

    def with_company(self, company: tuple[Other, ...] | None, present: tuple[Scan | None, ...]) -> Self:
        """Others beside the one in front, who stays where he is `present` already."""
        if company is None or self.company:
            return replace(self, company=company, turned=self.turned and bool(company))
        stays = bool(company) and present[:2] == (company[0].scan, self.front)
        return replace(self, company=company, turned=stays)

    def turned_to_same(self, frame: int) -> Self:
        """The other look at the same scan comes to the front; the one that was there stood at `frame`."""
        company = () if self.front is None else (Other(self.front, frame),)
        return replace(self, company=company, turned=not self.turned)
