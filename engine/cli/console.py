"""What the command prints: answers on stdout, everything else on stderr."""

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from engine.errors import StorageError

AsJson = Annotated[bool, typer.Option("--json", help="One JSON value on stdout, nothing else.")]
_LINE_EVERY_S = 2.0


class AnswerLostError(StorageError):
    """There is no place for the answer where it was to go."""


def plain(text: str) -> None:
    """A line of the answer."""
    with _told():
        sys.stdout.write(text + "\n")


@contextmanager
def _told() -> Iterator[None]:
    """What is said within has arrived; AnswerLostError where it cannot, and nothing more is said then."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as failure:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - nobody hears it
        hint = "Free some space, or have it written elsewhere. What the command had to do is done."
        raise AnswerLostError(f"the answer could not be written: {failure.strerror}", hint=hint) from failure


def note(text: str) -> None:
    """A line beside the answer."""
    sys.stderr.write(text + "\n")


def answer(values: Any, as_json: bool, lines: Sequence[str | Table]) -> None:
    """The answer: as JSON, or as lines and tables for people."""
    if as_json:
        plain(json.dumps(values, ensure_ascii=False, indent=2))
        return
    out = Console(highlight=False)
    with _told():
        for line in lines:
            if isinstance(line, str):
                out.print(line, markup=False, soft_wrap=not out.is_terminal)
            else:
                out.print(line)


def failure(told: Mapping[str, str], as_json: bool) -> None:
    """What went wrong: one line that says why and what to do, or one JSON object where that can be written."""
    if as_json:
        with suppress(AnswerLostError):
            plain(json.dumps(dict(told), ensure_ascii=False))
            return
    note(f"isocenter: {told['error']}. {told['hint']}".rstrip())


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table for people."""
    made = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*row)
    return made


class Bar:
    """Progress on stderr: a bar on a terminal, a plain line now and then elsewhere."""

    def __init__(self, title: str, progress: Progress | None) -> None:
        self._title, self._progress = title, progress
        self._task = None if progress is None else progress.add_task(title, total=1.0)
        self._last = time.monotonic()

    def at(self, done: float, total: float, text: str = "") -> None:
        """`done` of `total`."""
        title = text or self._title
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done, total=max(total, 1e-9), description=title)
        elif done >= total or time.monotonic() - self._last >= _LINE_EVERY_S:
            self._last = time.monotonic()
            note(f"{title}: {100 * done / max(total, 1e-9):.0f} %")


@contextmanager
def bar(title: str) -> Iterator[Bar]:
    """A progress bar while something works."""
    if not sys.stderr.isatty():
        yield Bar(title, None)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(title, progress)
