"""Where things are: the repository, its environment, and the programs in it."""

import os
from dataclasses import dataclass
from pathlib import Path

ON_WINDOWS = os.name == "nt"


@dataclass(frozen=True)
class Repository:
    """A checkout of Isocenter."""

    root: Path

    @property
    def project(self) -> Path:
        return self.root / "pyproject.toml"

    @property
    def constraints(self) -> Path:
        return self.root / "packaging" / "constraints.txt"

    @property
    def environment(self) -> Path:
        return self.root / ".venv"

    @property
    def stamp(self) -> Path:
        return self.environment / "isocenter-stamp.json"

    @property
    def install_log(self) -> Path:
        return self.environment / "install.log"

    @property
    def python(self) -> Path:
        return self.program("python")

    def program(self, name: str) -> Path:
        """A console script of the environment, `python` included."""
        folder, ending = ("Scripts", ".exe") if ON_WINDOWS else ("bin", "")
        return self.environment / folder / (name + ending)


def this_repository() -> Repository:
    return Repository(Path(__file__).resolve().parents[2])
