"""Work on files in processes that may crash, hang or ask for too much without harm to the program."""

from engine.imaging.guard.pool import guarded
from engine.imaging.guard.task import Answer, task

__all__ = ["Answer", "guarded", "task"]
