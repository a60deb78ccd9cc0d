"""What went wrong, said without stopping anybody: what, which file, what to do, details one click away."""

import traceback

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QWidget

from desktop import icons, theme
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import glyph, push
from desktop.widgets.text import restyle, text
from engine.errors import IsocenterError

DETAILS_HEIGHT = 160
KEPT = 50


class Banner(QFrame):
    """Shows the newest error; the ones before it come back as it is dismissed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        restyle(self, tone="bad")
        self._errors: list[IsocenterError] = []
        self.what = text("", wrap=True)
        self.hint = text("", tone="muted", wrap=True)
        self.count = text("", "caption", "muted")
        self._mark = QLabel()
        self.details = QPlainTextEdit(readOnly=True)
        self.details.setFixedHeight(DETAILS_HEIGHT)
        self.details_button = push("Details", self.toggle_details, kind="quiet", tip="What a developer wants to know")
        self._copy = push("Copy", self._copy_details, kind="quiet", tip="Copy the details")
        self._build()
        theme.themed.connect(self._draw_mark)
        self._draw_mark()
        self.hide()

    @property
    def error(self) -> IsocenterError | None:
        """The error that is shown."""
        return self._errors[-1] if self._errors else None

    def show_error(self, error: IsocenterError) -> None:
        """Put an error on top; the same one twice is one."""
        if self.error is None or str(self.error) != str(error):
            self._errors = [*self._errors, error][-KEPT:]
        self._fill()

    def dismiss(self) -> None:
        """Put the shown error away."""
        self._errors = self._errors[:-1]
        self._fill()

    def toggle_details(self) -> None:
        self.details.setHidden(not self.details.isHidden())
        self._copy.setHidden(self.details.isHidden())

    def _fill(self) -> None:
        error = self.error
        self.setVisible(error is not None)
        if error is None:
            return
        self.what.setText(str(error))
        self.hint.setText(error.hint)
        self.hint.setVisible(bool(error.hint))
        more = len(self._errors) - 1
        self.count.setText(f"{more} more" if more else "")
        self.details.setPlainText("".join(traceback.format_exception(error)))
        self.details.hide()
        self._copy.hide()
        self.raise_()

    def _build(self) -> None:
        size = theme.SIZES
        self.what.setTextInteractionFlags(self.details.textInteractionFlags())
        buttons = row_box(gap=size.xs)
        for part in (
            self.count,
            self._copy,
            self.details_button,
            glyph("close", self.dismiss, "Dismiss (Esc)"),
        ):
            buttons.addWidget(part)
        words = column_box(gap=size.xs)
        words.addWidget(self.what)
        words.addWidget(self.hint)
        top = row_box(gap=size.m)
        top.addWidget(self._mark)
        top.addLayout(words, 1)
        top.addLayout(buttons)
        whole = column_box(self, margins=(size.m, size.s, size.s, size.s))
        whole.addLayout(top)
        whole.addWidget(self.details)

    def _draw_mark(self, *_: object) -> None:
        ratio = self.devicePixelRatioF()
        self._mark.setPixmap(icons.pixmap("error", theme.current().bad, theme.SIZES.icon, ratio))

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
