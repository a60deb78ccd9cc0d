"""The repository's own environment: made, filled, and recognised as sound the next time."""

import importlib.util
import sys
from collections.abc import Sequence

from bootstrap_steps.announce import say
from bootstrap_steps.failure import Failure, install_hint
from bootstrap_steps.places import Repository
from bootstrap_steps.processes import Argument, answer, call_by_line
from bootstrap_steps.stamp import Stamp, fingerprint, read_stamp, write_stamp

PROBE = """
import importlib.metadata as installed, sys
if not installed.distribution("pip").read_text("RECORD"):
    sys.exit("half an environment")
print("%d.%d.%d" % sys.version_info[:3])
try:
    for wish in installed.requires("isocenter") or ():
        name = wish.split(";")[0]
        if ";" not in wish:
            for sign in "<>=!~[ ":
                name = name.split(sign)[0]
            installed.distribution(name)
except installed.PackageNotFoundError as missing:
    print(missing.name)
"""
PIP_OPTIONS = ("--disable-pip-version-check", "--no-input", "--progress-bar=off")
WORTH_SHOWING = ("Collecting ", "Installing collected", "Building ")


def ensure_installed(repository: Repository, extras: Sequence[str] = ()) -> None:
    """After this the environment holds the project, with `extras`. Quick where it does already."""
    stamp = read_stamp(repository)
    version, missing = probe(repository)
    reason = reason_to_rebuild(repository, stamp, version)
    if reason:
        version, missing, stamp = rebuilt(repository, reason), "", None
    assert version is not None
    wanted = fingerprint(repository, version)
    if stamp and not missing and stamp.covers(wanted, extras):
        return
    if missing:
        say(f"{missing} is missing from .venv")
    together = sorted(set(extras) | set(stamp.extras if stamp else ()))
    repository.stamp.unlink(missing_ok=True)
    install(repository, together)
    write_stamp(repository, Stamp(wanted, tuple(together), str(repository.root)))


def probe(repository: Repository) -> tuple[str | None, str]:
    """The Python version of the environment, None where that is broken, and the first package it lacks."""
    lines = (answer([repository.python, "-I", "-c", PROBE]) or "").splitlines()
    return (lines[0], "".join(lines[1:2])) if lines else (None, "")


def reason_to_rebuild(repository: Repository, stamp: Stamp | None, version: str | None) -> str:
    """Why the environment must be made anew, in words for the user; nothing where it need not."""
    if not repository.environment.exists():
        return "Making .venv"
    if version is None:
        return "The environment in .venv is broken: making it anew"
    if stamp and stamp.root != str(repository.root):
        return "The repository was moved: making its .venv anew"
    if tuple(map(int, version.split("."))) < (3, 11):
        return f".venv holds Python {version}, which is too old: making it anew"
    return ""


def rebuilt(repository: Repository, reason: str) -> str:
    """A fresh, empty environment; its Python version."""
    say(reason)
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Failure(
            "This Python cannot make virtual environments.",
            "On Debian and Ubuntu: sudo apt-get install python3-venv",
        )
    output: list[str] = []
    command: list[Argument] = [base_python(), "-m", "venv", "--clear", repository.environment]
    status = call_by_line(command, repository.root, output.append)
    version, _ = probe(repository)
    if status or version is None:
        raise Failure(
            f"{repository.environment} could not be made: {last_words(output)}",
            install_hint("\n".join(output)),
        )
    return version


def base_python() -> str:
    """The Python outside any environment: the one in .venv cannot replace itself."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def install(repository: Repository, extras: Sequence[str]) -> None:
    """pip, editable, with exactly the versions of constraints.txt. The whole output goes to install.log."""
    say("Installing Isocenter into .venv; the first time takes minutes and about 3 GB of disk")
    wish = f"{repository.root}[{','.join(extras)}]" if extras else str(repository.root)
    command: list[Argument] = [repository.python, "-m", "pip", "install", *PIP_OPTIONS]
    command += ["--constraint", repository.constraints, "--editable", wish]
    output: list[str] = []
    with repository.install_log.open("w", encoding="utf-8") as log:

        def keep(line: str) -> None:
            output.append(line)
            log.write(line + "\n")
            if line.startswith(WORTH_SHOWING):
                say("  " + line[:110])

        status = call_by_line(command, repository.root, keep)
    if status:
        raise Failure(
            f"The installation failed: {last_words(output)}",
            install_hint("\n".join(output))
            or f"The whole story is in {repository.install_log}; to start over, delete .venv",
        )


def last_words(output: Sequence[str]) -> str:
    """The line that says most about a failure: the last that starts with ERROR, or the last at all."""
    lines = [line.strip() for line in output if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR", "Error"))]
    return (errors or lines or ["it said nothing"])[-1]
