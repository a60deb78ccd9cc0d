"""The command's entry: verbs, exit statuses, and failures in one line (or one JSON object)."""

import os
import sys
from collections.abc import Sequence

import typer

from engine import __version__
from engine.cli import (
    auditing,
    catalogue,
    console,
    counting,
    data,
    doctor,
    editing,
    importing,
    inspecting,
    mapping,
    measuring,
    picturing,
    running,
    sharing,
    splitting,
    suggesting,
    window,
)
from engine.errors import Cancelled, IsocenterError

DONE, FAILED, WRONG_USAGE = 0, 1, 2

app = typer.Typer(
    name="isocenter",
    help="Look at scans, build cohorts, train and judge classifiers. Research use only; not for clinical use.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
VERBS = (
    inspecting,
    importing,
    data,
    counting,
    editing,
    auditing,
    splitting,
    sharing,
    mapping,
    measuring,
    picturing,
    running,
    suggesting,
    catalogue,
    doctor,
    window,
)
for verbs in VERBS:
    verbs.add_to(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the command; the exit status is 0 done, 1 failed, 2 wrong usage."""
    words = window.with_verb(list(sys.argv[1:] if arguments is None else arguments), _verbs())
    as_json, debug = "--json" in words, "--debug" in words
    if words == ["--version"]:
        console.plain(f"isocenter {__version__}")
        return DONE
    words = [word for word in words if word != "--debug"]
    try:
        return _carried_out(words)
    except IsocenterError as failure:
        if debug:
            raise
        console.failure(failure.as_json(), as_json and not isinstance(failure, console.AnswerLostError))
        return FAILED
    except (Cancelled, KeyboardInterrupt):
        console.failure({"error": "stopped", "hint": "What was finished is kept."}, as_json)
        return FAILED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - the reader has gone
        return FAILED
    except Exception as failure:
        if debug:
            raise
        hint = "This is a fault in Isocenter. Run the same command with --debug to see where."
        console.failure({"error": f"unexpected {type(failure).__name__}: {failure}", "hint": hint}, as_json)
        return FAILED


def _carried_out(words: list[str]) -> int:
    command = typer.main.get_command(app)
    try:
        status = command.main(words, prog_name="isocenter", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as failure:
        message = failure.format_message() if hasattr(failure, "format_message") else str(failure)
        hint = "'isocenter --help' lists the verbs; 'isocenter VERB --help' tells its options."
        console.failure({"error": message.rstrip("."), "hint": hint}, "--json" in words)
        return WRONG_USAGE
    return status if isinstance(status, int) else DONE


def _verbs() -> list[str]:
    return [command.name for command in app.registered_commands if command.name]
