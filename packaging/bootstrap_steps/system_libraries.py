"""The Debian and Ubuntu packages Qt and OpenGL stand on, and the screen in memory for tests."""

import os
import shlex
import shutil
from collections.abc import Collection

from bootstrap_steps.announce import say
from bootstrap_steps.failure import Failure
from bootstrap_steps.places import Repository
from bootstrap_steps.processes import answer, call, child_environment

FOR_THE_WINDOW = [
    "libegl1",
    "libgl1",
    "libgl1-mesa-dri",
    "libglx-mesa0",
    "libxkbcommon-x11-0",
    "libdbus-1-3",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxcb-xfixes0",
    "libfontconfig1",
    "fonts-dejavu",
]
FOR_TESTS = ["xvfb", "xauth", *FOR_THE_WINDOW]


def missing(names: Collection[str]) -> list[str]:
    """Those not installed; none where this is not a Debian, because then nobody knows."""
    if not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        return []
    known = answer(["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\\n"]) or ""
    installed = {line.split()[0] for line in known.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in installed]


def install_command(names: Collection[str], prefix: Collection[str] = ("sudo",)) -> list[str]:
    return [*prefix, "apt-get", "install", "--yes", "--no-install-recommends", *names]


def install_prefix() -> list[str] | None:
    """What stands before apt-get so that it works without asking anybody; None where it does not."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and answer(["sudo", "-n", "true"]) is not None:
        return ["sudo", "-n"]
    return None


def ensure_for_tests(repository: Repository) -> None:
    """Install what the tests of the window need, or raise Failure with the command that does."""
    names = missing(FOR_TESTS)
    if not names:
        return
    prefix = install_prefix()
    by_hand = f"Run: {shlex.join(install_command(names))}"
    if prefix is None:
        raise Failure("The window's tests need system packages, and only root may install them.", by_hand)
    say(f"Installing system packages: {' '.join(names)}")
    quiet = child_environment(DEBIAN_FRONTEND="noninteractive")
    call([*prefix, "apt-get", "update", "--quiet"], repository.root, quiet)
    if call(install_command(names, prefix), repository.root, quiet):
        raise Failure("apt-get could not install what the tests of the window need.", by_hand)


def advise_for_the_window() -> None:
    """Say which libraries Qt will miss, and the command that brings them."""
    names = missing(FOR_THE_WINDOW)
    if names:
        say(f"The window may not open without some system packages. Run: {shlex.join(install_command(names))}")
