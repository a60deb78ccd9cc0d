"""One family of errors: what happened, to which file, and what to do about it."""

from pathlib import Path


class IsocenterError(Exception):
    """A failure a user can read: `str(error)` is one line, `hint` says what to do now."""

    def __init__(self, what: str, *, hint: str = "", path: Path | str | None = None) -> None:
        self.what = " ".join(what.splitlines())
        self.hint = hint
        self.path = None if path is None else Path(path)
        super().__init__(self.what if path is None else f"{path}: {self.what}")

    def __reduce__(self) -> tuple[object, ...]:
        return (_restore, (type(self), self.what, self.hint, self.path))

    def as_json(self) -> dict[str, str]:
        """The failure in the form that other programs may rely on."""
        return {"error": str(self), "hint": self.hint}


def _restore(kind: type[IsocenterError], what: str, hint: str, path: Path | None) -> IsocenterError:
    return kind(what, hint=hint, path=path)


class ReadError(IsocenterError):
    """A file is not a scan, or cannot be read as one."""


class MapError(IsocenterError):
    """A scan's frames tell no relaxation time."""


class LayerError(IsocenterError):
    """Something cannot be laid over a scan."""


class PictureError(IsocenterError):
    """A picture or movie cannot be made as asked."""


class RegistryError(IsocenterError):
    """A registry holds no entry of the given name."""


class RecipeError(IsocenterError):
    """A recipe says something that cannot be carried out."""


class CohortError(IsocenterError):
    """The cohort cannot be used as asked: a label, a class or a patient is missing."""


class DataLeakageError(IsocenterError):
    """A patient would lie on both sides of a split."""


class PrepareError(IsocenterError):
    """A scan cannot be prepared."""


class ModelError(IsocenterError):
    """A model cannot be built from its options or used with these inputs."""


class TrainingError(IsocenterError):
    """Training cannot go on."""


class RunError(IsocenterError):
    """A run folder is incomplete, in use, or not a run."""


class StorageError(IsocenterError):
    """The disk refused: full, read-only, or no permission."""


class WorkspaceBusyError(IsocenterError):
    """Another Isocenter holds the workspace."""


class Cancelled(Exception):
    """The user asked the work to stop; not a failure."""


class Interrupted(Cancelled):
    """The work was asked to stop in a state it can be resumed from."""
