"""`test`: every check of the repository, one after the other, and a summary that fails if one of them did."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bootstrap_steps.announce import heading, say
from bootstrap_steps.display import on_screen_in_memory, screen_in_memory_environment
from bootstrap_steps.failure import Failure
from bootstrap_steps.installation import ensure_installed
from bootstrap_steps.places import Repository
from bootstrap_steps.processes import Argument, call
from bootstrap_steps.system_libraries import ensure_for_tests

PARTS = ("lint", "engine", "desktop")
ENGINE_TESTS = ("tests/engine", "tests/packaging", "tests/end_to_end")
DESKTOP_TESTS = ("tests/desktop",)
WITHOUT_QT = ("-p", "no:pytest-qt", "-p", "tests.helpers.no_qt")
NOTHING_COLLECTED = 5


@dataclass(frozen=True)
class Check:
    """One step: `work` returns an exit status."""

    title: str
    work: Callable[[], int]


@dataclass(frozen=True)
class Outcome:
    title: str
    passed: bool
    seconds: float

    def as_line(self) -> str:
        return f"{'ok    ' if self.passed else 'FAILED'} {self.seconds:7.1f} s  {self.title}"


def test(repository: Repository, arguments: list[str]) -> int:
    """Run the parts asked for, all of them by default; 1 if any check failed."""
    parts, wishes = understood(arguments)
    ensure_installed(repository, ["dev"])
    outcomes = [carried_out(check) for part in parts for check in checks_of(part, repository, wishes)]
    heading("Summary")
    for outcome in outcomes:
        say(outcome.as_line())
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def understood(arguments: list[str]) -> tuple[Sequence[str], list[str]]:
    """The parts to run, and what goes to pytest."""
    split = arguments.index("--") if "--" in arguments else len(arguments)
    ours, wishes = arguments[:split], arguments[split + 1 :]
    if not ours:
        return PARTS, wishes
    if len(ours) == 2 and ours[0] == "--only" and ours[1] in PARTS:
        return [ours[1]], wishes
    raise Failure(f"Not understood: {' '.join(ours)}", f"test [--only {'|'.join(PARTS)}] [-- ARGUMENTS FOR PYTEST]")


def checks_of(part: str, repository: Repository, wishes: Sequence[str]) -> list[Check]:
    if part == "lint":
        return lint_checks(repository)
    if part == "engine":
        return [engine_check(repository, wishes)]
    return [desktop_check(repository, wishes)]


def lint_checks(repository: Repository) -> list[Check]:
    commands: dict[str, list[Argument]] = {
        "ruff check": [repository.python, "-m", "ruff", "check"],
        "ruff format": [repository.python, "-m", "ruff", "format", "--check"],
        "mypy --strict": [repository.python, "-m", "mypy"],
        "lint-imports": [repository.program("lint-imports")],
    }

    def check(title: str, command: list[Argument]) -> Check:
        return Check(title, lambda: call(command, repository.root))

    return [check(title, command) for title, command in commands.items()]


def engine_check(repository: Repository, wishes: Sequence[str]) -> Check:
    """The engine's tests, in a Python where Qt cannot be imported."""

    def work() -> int:
        chosen = pytest_arguments(repository.root, ENGINE_TESTS, wishes)
        command: list[Argument] = [repository.python, "-m", "pytest", *WITHOUT_QT]
        return call([*command, *chosen], repository.root) if chosen else 0

    return Check("pytest: the engine, without Qt", lambda: forgiving(work(), wishes))


def desktop_check(repository: Repository, wishes: Sequence[str]) -> Check:
    """The window's tests, on a screen in memory where the system has such a thing."""

    def work() -> int:
        chosen = pytest_arguments(repository.root, DESKTOP_TESTS, wishes)
        if not chosen:
            return 0
        ensure_for_tests(repository)
        command = on_screen_in_memory([repository.python, "-m", "pytest", *chosen])
        return call(command, repository.root, screen_in_memory_environment())

    return Check("pytest: the window", lambda: forgiving(work(), wishes))


def pytest_arguments(root: Path, folders: tuple[str, ...], wishes: Sequence[str]) -> list[str]:
    """`wishes` with the folders of this part, or the wished paths that lie in them; empty if none does."""
    paths = [wish for wish in wishes if wish.startswith("tests/")]
    others = [wish for wish in wishes if wish not in paths]
    mine = [path for path in paths if path.startswith(folders)] if paths else existing(root, folders)
    return [*mine, *others] if mine else []


def existing(root: Path, folders: Sequence[str]) -> list[str]:
    found = [folder for folder in folders if (root / folder).is_dir()]
    if not found:
        raise Failure(f"There are no tests: none of {', '.join(folders)} is there.")
    return found


def forgiving(status: int, wishes: Sequence[str]) -> int:
    """A choice of tests that leaves nothing to run in one part is no failure of that part."""
    return 0 if wishes and status == NOTHING_COLLECTED else status


def carried_out(check: Check) -> Outcome:
    heading(check.title)
    begun = time.perf_counter()
    try:
        passed = check.work() == 0
    except Failure as failure:
        say(failure.as_text())
        passed = False
    outcome = Outcome(check.title, passed, time.perf_counter() - begun)
    say(outcome.as_line())
    return outcome
