"""The folder of one research project: its database, its prepared tensors, its runs."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from engine.cohort.cohort import Cohort
from engine.cohort.intake.leftovers import remove_leftovers
from engine.cohort.storage.store import Store
from engine.errors import CohortError, WorkspaceBusyError
from engine.filelock import FileLock
from engine.files import storage_errors

DATABASE = "workspace.db"


class Workspace:
    """An open workspace. One Isocenter at a time may change it; any number may look."""

    def __init__(self, path: Path, lock: FileLock | None) -> None:
        self.path = path
        self.store = Store(path / DATABASE)
        self._lock = lock

    @staticmethod
    def exists(path: Path) -> bool:
        """Whether a folder is a workspace; not, where it may not be looked into."""
        try:
            return (path / DATABASE).is_file()
        except OSError:
            return False

    @classmethod
    def create(cls, path: Path) -> "Workspace":
        """Make a workspace in a new or empty folder, and open it to change it."""
        if cls.exists(path):
            raise CohortError("there is a workspace already", path=path, hint="Open it, or choose another folder.")
        with storage_errors(path):
            path.mkdir(parents=True, exist_ok=True)
            if any(not entry.name.startswith(".") for entry in path.iterdir()):
                raise CohortError("the folder is not empty", path=path, hint="Choose a new or an empty folder.")
        workspace = cls(path.resolve(), _locked(path))
        workspace._closing_on_failure(workspace.store.create)
        return workspace

    @classmethod
    def open(cls, path: Path) -> "Workspace":
        """Open to change; WorkspaceBusyError where another Isocenter has it."""
        cls._require(path)
        workspace = cls(path.resolve(), _locked(path))
        workspace._closing_on_failure(workspace._brought_up_to_date)
        return workspace

    @classmethod
    def peek(cls, path: Path) -> "Workspace":
        """Open to look only; never waits for anybody."""
        cls._require(path)
        workspace = cls(path.resolve(), None)
        workspace.store.verify()
        return workspace

    @property
    def prepared_dir(self) -> Path:
        """Where prepared tensors are kept."""
        return self.path / "prepared"

    @property
    def unpacked_dir(self) -> Path:
        """Where the scans of imported archives are kept."""
        return self.path / "unpacked"

    @property
    def runs_dir(self) -> Path:
        """Where runs are kept, a folder each."""
        return self.path / "runs"

    def cohort(self) -> Cohort:
        """The cohort as it stands."""
        return self.store.cohort()

    def close(self) -> None:
        """Let others change the workspace."""
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _brought_up_to_date(self) -> None:
        self.store.upgrade()
        self.store.verify()
        with self.store.connect() as connection:
            remove_leftovers(connection, self.path, self.unpacked_dir)

    def _closing_on_failure(self, begin: Callable[[], None]) -> None:
        try:
            begin()
        except BaseException:
            self.close()
            raise

    @classmethod
    def _require(cls, path: Path) -> None:
        if not cls.exists(path):
            hint = "Make one with 'isocenter import SOURCE WORKSPACE', or open the folder in the window."
            raise CohortError("this folder is not an Isocenter workspace", path=path, hint=hint)


def _locked(path: Path) -> FileLock:
    lock = FileLock(path / ".lock")
    if lock.acquire():
        return lock
    raise WorkspaceBusyError(
        f"the workspace is open in another Isocenter (process {lock.holder() or 'unknown'})",
        path=path,
        hint="Close it there first. Looking at it (cohort, runs, report) works meanwhile.",
    )
