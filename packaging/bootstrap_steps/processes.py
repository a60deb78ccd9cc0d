"""Programs started by argument list, never through a shell."""

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bootstrap_steps.failure import Failure

Argument = str | Path
Arguments = Sequence[Argument]
UNWANTED = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")


def child_environment(**changes: str) -> dict[str, str]:
    """This process's environment without what would bend the repository's Python, and with `changes`."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    return kept | {"PYTHONIOENCODING": "utf-8"} | changes


def call(arguments: Arguments, folder: Path, environment: dict[str, str] | None = None) -> int:
    """Run to the end on this terminal; the exit status."""
    with started(arguments, folder, environment) as process:
        return process.wait()


def call_for_output(arguments: Arguments, folder: Path) -> tuple[int, str]:
    """Run to the end; the exit status and what it wrote on stdout. Its stderr stays on this terminal."""
    with started(arguments, folder, output=subprocess.PIPE) as process:
        assert process.stdout is not None
        text = process.stdout.read()
        return process.wait(), text


def call_by_line(arguments: Arguments, folder: Path, on_line: Callable[[str], None]) -> int:
    """Run to the end, handing over each line of its stdout and stderr as it comes; the exit status."""
    with started(arguments, folder, output=subprocess.PIPE, errors=subprocess.STDOUT) as process:
        assert process.stdout is not None
        for line in process.stdout:
            on_line(line.rstrip("\n"))
        return process.wait()


def answer(arguments: Arguments) -> str | None:
    """What a short, silent question to another program brings back; None where it fails or is not there."""
    try:
        asked = subprocess.run(
            arguments,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=child_environment(),
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return asked.stdout if asked.returncode == 0 else None


@contextmanager
def started(
    arguments: Arguments,
    folder: Path,
    environment: dict[str, str] | None = None,
    output: int | None = None,
    errors: int | None = None,
) -> Iterator[subprocess.Popen[str]]:
    """A child that has ended when the block has. Ctrl-C reaches it too, and it may tidy up."""
    process = spawn(arguments, folder, environment or child_environment(), output, errors)
    try:
        yield process
    except KeyboardInterrupt:
        process.wait()
        raise
    finally:
        if process.stdout is not None:
            process.stdout.close()


def spawn(
    arguments: Arguments, folder: Path, environment: dict[str, str], output: int | None, errors: int | None
) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            arguments,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=errors,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as problem:
        raise Failure(f"{Path(arguments[0]).name} could not be started: {problem.strerror}.") from problem
