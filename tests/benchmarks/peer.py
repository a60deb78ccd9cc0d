"""A peer that lives in an environment of its own, and is measured in turns with us all the same."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Self

HERE = Path(__file__).resolve().parent
VARIABLE = "NAPARI_PYTHON"


def napari_python() -> str | None:
    """A Python that has napari, vispy and PySide6, where NAPARI_PYTHON names one; neither of them is ours."""
    return os.environ.get(VARIABLE) or None


class Peer:
    """A script that says "ready" once its window stands, and for each line it is sent the seconds of one change,
    from the wish for it until it was painted."""

    def __init__(self, python: str, script: str, *words: str) -> None:
        self._script = script
        self._process = subprocess.Popen(
            [python, str(HERE / f"{script}.py"), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | {"QT_API": "pyside6", "PYTHONUNBUFFERED": "1"},
        )
        self._answer(lambda line: line.startswith("ready"))

    def measure(self) -> float:
        """Seconds of its next change."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._answer(_is_number))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _answer(self, wanted: Callable[[str], bool]) -> str:
        """The next line that is one; whatever else it prints is passed over."""
        assert self._process.stdout is not None
        line = next(filter(wanted, self._process.stdout), None)
        if line is None:
            raise RuntimeError(f"{self._script} ended with {self._process.wait()} and told nothing")
        return line


def _is_number(line: str) -> bool:
    try:
        float(line)
    except ValueError:
        return False
    return True
