"""What bootstrap.py can be asked for."""

import errno
import os

from bootstrap_steps import checks, measuring, opening
from bootstrap_steps.announce import say
from bootstrap_steps.failure import Failure
from bootstrap_steps.places import this_repository

VERBS = {"run": opening.run, "test": checks.test, "bench": measuring.bench}


def carry_out(arguments: list[str], usage: str) -> int:
    """The exit status: 0 done; 1 failed, with one line that says why; 2 wrong usage; 130 stopped by hand."""
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if arguments[:1] == ["help"] or "-h" in own or "--help" in own:
        print(usage)
        return 0
    if not arguments or arguments[0] not in VERBS:
        say(usage)
        return 2
    try:
        return VERBS[arguments[0]](this_repository(), arguments[1:])
    except Failure as failure:
        say(failure.as_text())
        return 1
    except OSError as problem:
        say(plain(problem).as_text())
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


def plain(problem: OSError) -> Failure:
    """An error of the file system, in one line."""
    hint = "Free about 3 GB, then run this again." if problem.errno == errno.ENOSPC else ""
    where = f"{os.fspath(problem.filename)}: " if problem.filename else ""
    return Failure(f"{where}{problem.strerror or problem}", hint)
