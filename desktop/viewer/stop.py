"""Ending what is being read."""

from engine.control import Control


class Stop:
    """Ends the work under `control`; it outlives the object that reads, which has no slots any more when it is
    destroyed."""

    def __init__(self) -> None:
        self.control: Control | None = None

    def begin(self) -> Control:
        """The control of new work; what was under way is ended."""
        self()
        self.control = Control()
        return self.control

    def __call__(self, *_: object) -> None:
        if self.control is not None:
            self.control.cancel()
        self.control = None
