#!/usr/bin/env python3
"""From a fresh clone to a running Isocenter, with nothing but Python: `python3 packaging/bootstrap.py run`.

This file alone must also start on Python 3.8, to say which Python is needed; the rest is in bootstrap_steps.
"""

from __future__ import annotations

import sys

OLDEST = (3, 11)
USAGE = """\
Isocenter, for research use only: set up, open, check.

  bootstrap.py run [WORKSPACE] [ARGS]        install if needed and open the window, without WORKSPACE on the
                                             demo study; without a display run that, say where its report is
  bootstrap.py test [--only PART] [-- ARGS]  run the checks: PART lint, engine or desktop; ARGS go to pytest
  bootstrap.py bench [NAME] [--json]         measure Isocenter beside its peers

Everything goes into .venv beside pyproject.toml; delete that folder to start over."""


def refusal(version: tuple[int, ...]) -> str:
    """One line for the owner of a Python that is too old, or nothing."""
    if tuple(version) >= OLDEST:
        return ""
    return (
        "Isocenter needs Python 3.11 or newer, and this is Python {}.{}. "
        "Start it with a newer one, for example: python3.12 packaging/bootstrap.py run"
    ).format(*version[:2])


def main(arguments: list[str]) -> int:
    """Do what the first argument says; the exit status: 0 done, 1 failed, 2 wrong usage, 130 stopped."""
    old = refusal(sys.version_info[:3])
    if old:
        sys.stderr.write(old + "\n")
        return 1
    from bootstrap_steps import verbs

    return verbs.carry_out(arguments, USAGE)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
