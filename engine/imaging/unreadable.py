"""A file that is no scan, or not one that can be read."""

from dataclasses import dataclass
from pathlib import Path

from engine.errors import ReadError


@dataclass(frozen=True)
class Unreadable:
    """`foreign` files hold something else than a picture, and are expected in any folder; a `copy` is taken once.

    All others are damaged.
    """

    path: Path
    error: str
    hint: str = ""
    foreign: bool = False
    copy: bool = False

    @classmethod
    def of(cls, path: Path, failure: ReadError) -> "Unreadable":
        """What went wrong with a file."""
        return cls(path, failure.what, failure.hint)

    def as_json(self) -> dict[str, str]:
        """In the form that other programs may rely on."""
        return {"path": str(self.path), "error": self.error, "hint": self.hint}
