"""Asks what is to be saved, how large and where; `wanted` tells it as a Wish."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QWidget

from desktop.picturing.fields import beside, choice, speed_box, switch
from desktop.picturing.rows import FileRow, SizeRow, State
from desktop.picturing.wish import FORMATS, Kind, What, Wish, endings_there
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.panel import Panel
from desktop.widgets.text import set_tone, text
from engine.pictures.movie import VIDEO_PACKAGE

WIDTH = 460
LINES = 2
TEXTS = "Slice, position, window and frame; letters and scale bar are always there"
NAMED = "The patient's pseudonym; a name from the files never goes into a picture"
NO_VIDEO = f"MP4 needs a library: pip install {VIDEO_PACKAGE}."

Area = Callable[[What], QSize]
"""How large something is on the screen, in its device's pixels."""
Named = Callable[[What], str]
"""The name, without ending, that a file of it gets."""


class SavePanel(Panel):
    """A picture or, where `moving`, a movie. It is filled anew each time it is opened."""

    wanted = Signal(object)

    def __init__(self, title: str, parent: QWidget, *, moving: bool = False) -> None:
        super().__init__(title, parent)
        self._moving = moving
        self._area: Area = lambda _: QSize()
        self._named: Named = lambda _: "picture"
        self._replacing = False

    def ask(self, kinds: tuple[Kind, ...], area: Area, named: Named, folder: Path, size: str) -> None:
        """Open it with what can be saved now; `folder` and `size` are those of the last time."""
        self._kinds, self._area, self._named = {kind.what: kind for kind in kinds}, area, named
        self.show_body(self._made(folder, size))
        self._what_changed()
        self.place()
        self.file.line.setFocus()

    @property
    def kind(self) -> Kind:
        """What is chosen."""
        return self._kinds[self.what.currentData()]

    def wish(self) -> Wish:
        """What is asked for, as things stand."""
        return Wish(
            self.kind.what,
            self.file.path,
            self.size_row.value,
            self.size_row.by_width,
            self.texts.isChecked(),
            self.named.isChecked(),
            self.speed.value(),
            self.loop.isChecked(),
            overwrite=self._replacing,
        )

    def save(self) -> None:
        """Tell the wish, and go; stay where a file has come or gone that the button does not know of."""
        replacing = self._replacing
        self._say()
        if self.button.isEnabled() and self._replacing == replacing:
            self.wanted.emit(self.wish())
            self.hide()

    def event(self, event: QEvent) -> bool:
        """Escape is for this panel first, whatever else it means in the window."""
        asked = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)

    def _made(self, folder: Path, size: str) -> QWidget:
        body = QWidget()
        body.setFixedWidth(WIDTH)
        self._make_fields(folder, size)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(SIZES.s)
        form.setHorizontalSpacing(SIZES.l)
        rows = {"Save": self.what, "Format": self.format, "Size": self.size_row, "With": self._switches()}
        if self._moving:
            rows["Speed"] = self._motion()
        for words, field in {**rows, "File": self.file}.items():
            label = text(words, tone="muted")
            label.setMinimumHeight(field.sizeHint().height())
            form.addRow(label, field)
        column = column_box(body, gap=SIZES.m)
        column.addLayout(form)
        column.addWidget(self.note)
        below = row_box(gap=SIZES.s)
        below.addStretch()
        below.addWidget(push("Cancel", self.hide))
        below.addWidget(self.button)
        column.addLayout(below)
        return body

    def _make_fields(self, folder: Path, size: str) -> None:
        self._folder = folder
        self.what, self.format = choice("What is saved"), choice("Format")
        for kind in self._kinds.values():
            self.what.addItem(kind.words, kind.what)
        self.size_row = SizeRow(size)
        self.file = FileRow(self._filters, folder)
        self.note = text("", "caption", "muted", wrap=True)
        self.note.setFixedHeight(LINES * self.note.fontMetrics().lineSpacing())
        self.texts = switch("Corner texts", TEXTS)
        self.named = switch("Pseudonym", NAMED)
        self.loop = switch("Begin again at the end")
        self.speed = speed_box()
        self.button = push("Save", self.save, kind="primary")
        self._connect()

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(self._what_changed)
        self.format.currentIndexChanged.connect(self._format_changed)
        self.size_row.changed.connect(self._say)
        self.texts.toggled.connect(self.named.setEnabled)
        self.file.changed.connect(self._path_changed)

    def _switches(self) -> QWidget:
        return beside(self.texts, self.named)

    def _motion(self) -> QWidget:
        return beside(self.speed, self.loop)

    def _what_changed(self) -> None:
        before = self.format.currentData()
        self.format.blockSignals(True)
        self.format.clear()
        for ending in endings_there(self.kind):
            self.format.addItem(FORMATS[ending], ending)
        self.format.setCurrentIndex(max(0, self.format.findData(before)))
        self.format.blockSignals(False)
        self.file.show_path(self._folder / f"{self._named(self.kind.what)}{self.format.currentData()}")
        self._say()

    def _format_changed(self) -> None:
        self.file.show_ending(self.format.currentData())

    def _path_changed(self) -> None:
        """A known ending that is typed is a choice of the format."""
        place = self.format.findData(self.file.path.suffix.lower())
        if place >= 0:
            self.format.setCurrentIndex(place)
        self._say()

    def _say(self) -> None:
        """Say what will come of it; what is said holds when it is carried out."""
        known, state = self.format.findData(self.file.path.suffix.lower()) >= 0, self.file.state
        self._replacing = known and state == "there" and self.kind.what != "slices"
        able = known and state in ("there", "free")
        self.button.setEnabled(able)
        self.button.setText("Replace" if self._replacing else "Save")
        set_tone(self.note, "warn" if self._replacing or not able else "muted")
        self.note.setText(self._words(known, state))

    def _words(self, known: bool, state: State) -> str:
        if state == "impossible":
            return "Nothing can be saved under this name: it is too long, or no path."
        if state == "none":
            return "Give the file a name."
        if not known:
            return f"The name has to end with {' or '.join(endings_there(self.kind))}."
        if self._replacing:
            return "There is such a file already: it will be replaced."
        area = self._area(self.kind.what)
        ratio = self.wish().ratio(area)
        size = f"{round(area.width() * ratio)} × {round(area.height() * ratio)} pixels."
        missing = NO_VIDEO if self._moving and len(endings_there(self.kind)) < len(self.kind.endings) else ""
        return " ".join(part for part in (size, self.kind.hint, missing) if part)

    def _filters(self) -> str:
        return ";;".join(f"{FORMATS[ending]} (*{ending})" for ending in endings_there(self.kind))
