"""How long an epoch takes, from which follows how long the rest will."""

from dataclasses import dataclass

SURE_AFTER = 2


@dataclass
class Pace:
    """The mean of one stretch of work, in which pauses do not count; moments are seconds of any clock."""

    since: float | None = None
    held: bool = False
    epochs: int = 0
    seconds: float = 0.0

    def begin(self, moment: float) -> None:
        """Training begins, or goes on after a pause."""
        self.since, self.held = moment, False

    def hold(self, moment: float) -> None:
        """Training waits."""
        self._count(moment)
        self.held = True

    def step(self, moment: float) -> None:
        """An epoch has ended."""
        self._count(moment)
        self.epochs += 1

    def per_epoch(self) -> float | None:
        """Seconds per epoch, what lies between two included; None while it would be a guess."""
        return self.seconds / self.epochs if self.epochs >= SURE_AFTER else None

    def _count(self, moment: float) -> None:
        if self.since is not None and not self.held:
            self.seconds += max(0.0, moment - self.since)
        self.since = moment
