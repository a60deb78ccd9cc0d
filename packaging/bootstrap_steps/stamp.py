"""The note that an installation was finished, and of what."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from bootstrap_steps.places import Repository


@dataclass(frozen=True)
class Stamp:
    """What was installed (`fingerprint` of the project's wishes, and `extras`) for the checkout at `root`."""

    fingerprint: str
    extras: tuple[str, ...]
    root: str

    def covers(self, fingerprint: str, extras: Iterable[str]) -> bool:
        return self.fingerprint == fingerprint and set(extras) <= set(self.extras)


def fingerprint(repository: Repository, python_version: str) -> str:
    """Changes whenever something else would be installed."""
    digest = hashlib.sha256(python_version.encode())
    for path in (repository.project, repository.constraints):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_stamp(repository: Repository) -> Stamp | None:
    """The stamp, or None where no installation was finished."""
    try:
        saved = json.loads(repository.stamp.read_text(encoding="utf-8"))
        return Stamp(str(saved["fingerprint"]), tuple(saved["extras"]), str(saved["root"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_stamp(repository: Repository, stamp: Stamp) -> None:
    """Atomic: the stamp is whole or not there."""
    half = repository.stamp.with_suffix(".part")
    half.write_text(json.dumps(asdict(stamp)), encoding="utf-8")
    half.replace(repository.stamp)
