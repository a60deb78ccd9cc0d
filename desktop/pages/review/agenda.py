"""What the review page is at: plain data, without a widget."""

from dataclasses import dataclass, field, replace

from desktop.pages.review.found import Found
from desktop.pages.review.queue import Queue
from engine.cohort.suggestions import Suggestion

Which = tuple[str, str]


@dataclass(frozen=True)
class Agenda:
    """What was found, the queue of what waits, and of what was decided the one looked at, by patient and run."""

    found: Found = field(default_factory=Found)
    queue: Queue = field(default_factory=Queue)
    past: Which = ("", "")
    looking_back: bool = False

    @property
    def rows(self) -> tuple[Suggestion, ...]:
        """What is listed."""
        return self.found.decided if self.looking_back else self.queue.rows

    @property
    def place(self) -> int:
        """Where in the rows the one looked at stands; -1 where there are none."""
        if not self.looking_back:
            return self.queue.place
        chosen = (place for place, one in enumerate(self.rows) if _which(one) == self.past)
        return next(chosen, 0 if self.rows else -1)

    @property
    def front(self) -> Suggestion | None:
        """The one looked at: the one asked about, or of those decided the one chosen."""
        return self.rows[self.place] if self.rows else None

    def go(self, one: Suggestion) -> "Agenda":
        """This one is looked at."""
        if self.looking_back:
            return replace(self, past=_which(one))
        return replace(self, queue=self.queue.go(one.patient))

    def step(self, by: int) -> "Agenda":
        """Another one is looked at, so many further on; it stops at the ends."""
        if not self.rows:
            return self
        return self.go(self.rows[max(0, min(len(self.rows) - 1, self.place + by))])

    def renewed(self, found: Found, again: str = "") -> "Agenda":
        """After the workspace was read again; `again` is a patient to ask about anew."""
        queue = self.queue.go(again) if again else self.queue
        return replace(self, found=found, queue=queue.renewed(found.open))


def _which(one: Suggestion) -> Which:
    return one.patient, one.run
