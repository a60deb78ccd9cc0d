"""What happened, line by line, with the local time."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from desktop import theme

if TYPE_CHECKING:
    from engine.runs.progress import LogLine

MOST = 2000


class LogView(QPlainTextEdit):
    """Follows its end unless the reader has scrolled away from it."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setMaximumBlockCount(MOST)
        self.setAccessibleName("Log of the run")
        self.setProperty("log", True)
        self._shown: list[LogLine] = []
        theme.themed.connect(self._again)

    def show_lines(self, lines: "Sequence[LogLine]") -> None:
        """Show the log; only what is new is written."""
        begun = len(self._shown)
        if list(lines[:begun]) != self._shown:
            self._clear()
            begun = 0
        for line in lines[begun:]:
            self._write(line)
        self._shown = list(lines)

    def _again(self, *_: object) -> None:
        lines = self._shown
        self._clear()
        self.show_lines(lines)

    def _clear(self) -> None:
        self.clear()
        self._shown = []

    def _write(self, line: "LogLine") -> None:
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 2
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if not self.document().isEmpty():
            cursor.insertBlock()
        cursor.insertText(f"{local_time(line.at)}   ", _format("muted"))
        cursor.insertText(line.text, _format(line.tone))
        if at_end:
            bar.setValue(bar.maximum())


def local_time(at: str) -> str:
    """The hour of a UTC moment, here."""
    return f"{datetime.fromisoformat(at).astimezone():%H:%M:%S}"


def _format(tone: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(getattr(theme.current(), tone)))
    return made
