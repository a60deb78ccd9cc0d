"""`bench`: Isocenter measured beside its peers."""

import os

from bootstrap_steps.display import has_display, on_screen_in_memory, screen_in_memory_environment
from bootstrap_steps.installation import ensure_installed
from bootstrap_steps.places import Repository
from bootstrap_steps.processes import Argument, call, child_environment
from bootstrap_steps.system_libraries import ensure_for_tests


def bench(repository: Repository, arguments: list[str]) -> int:
    """On the screen there is, or on one in memory."""
    ensure_installed(repository)
    command: list[Argument] = [repository.python, "-m", "tests.benchmarks", *arguments]
    if has_display(os.environ):
        return call(command, repository.root, child_environment())
    ensure_for_tests(repository)
    return call(on_screen_in_memory(command), repository.root, screen_in_memory_environment())
