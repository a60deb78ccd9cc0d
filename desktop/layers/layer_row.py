"""One layer in the panel: shown or not, its name, away with it; unfolded, how it looks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from desktop import icons
from desktop.layers.entry import Entry
from desktop.layers.look_editor import LookEditor
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import glyph
from desktop.widgets.text import set_tone, text

COMING = "On its way…"


class LayerRow(QFrame):
    """Mirrors an entry and keeps nothing of its layer. The signals tell what the user wants of it."""

    shown_wanted = Signal(bool)
    look_wanted = Signal(dict)
    frame_wanted = Signal(object)
    kind_wanted = Signal(str)
    chosen = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.eye = glyph("eye", self._toggle, "Show or hide this layer")
        self.name = NameButton()
        self.name.clicked.connect(self.chosen)
        self.up = glyph("chevron-up", lambda: self.moved.emit(1), "Towards the top")
        self.down = glyph("chevron-down", lambda: self.moved.emit(-1), "Further down")
        self.remove = glyph("remove", self.removed.emit, "Take this layer away")
        self.told = text("", "caption", "muted", wrap=True)
        self.editor: LookEditor | None = None
        self._shown, self._seen = True, False
        self._build()

    def show_entry(self, entry: Entry, unfolded: bool, first: bool, last: bool) -> None:
        """Show what it is; `unfolded` with how it looks. What is only on its way again stays as it was until then."""
        layer = entry.layer
        for button, possible in ((self.up, not first), (self.down, not last)):
            button.setVisible(unfolded and not (first and last))
            button.setEnabled(possible)
        if entry.state == "coming" and self._seen:
            self._unfold(unfolded)
            return
        self._seen = layer is not None
        self.eye.setEnabled(self._seen)
        self._shown = layer is None or layer.shown
        self.name.show_name(entry.title, unfolded)
        icons.assign(self.eye, "eye" if self._shown else "eye-off", "text" if self._shown else "muted")
        self.eye.setToolTip("Hide this layer" if self._shown else "Show this layer")
        self._tell(entry)
        if unfolded and layer is not None:
            self._editor().show_entry(entry)
        self._unfold(unfolded and layer is not None)

    def _unfold(self, unfolded: bool) -> None:
        if self.editor is not None:
            self.editor.setVisible(unfolded)

    def _tell(self, entry: Entry) -> None:
        self.told.setText(COMING if entry.state == "coming" else entry.told)
        self.told.setVisible(bool(self.told.text()))
        set_tone(self.told, "muted" if entry.state == "coming" else "warn")

    def _toggle(self) -> None:
        self.shown_wanted.emit(not self._shown)

    def _editor(self) -> LookEditor:
        """Made when it is first unfolded."""
        if self.editor is None:
            self.editor = LookEditor()
            self.editor.wanted.connect(self.look_wanted)
            self.editor.frame.wanted.connect(self.frame_wanted)
            self.editor.kind_wanted.connect(self.kind_wanted)
            self._column.addWidget(self.editor)
        return self.editor

    def _build(self) -> None:
        head = row_box(gap=0)
        head.addWidget(self.eye)
        head.addWidget(self.name, 1)
        for part in (self.up, self.down, self.remove):
            head.addWidget(part)
        self._column = column_box(self, margins=(SIZES.xs, SIZES.hair, SIZES.xs, SIZES.hair))
        self._column.addLayout(head)
        self.told.setContentsMargins(SIZES.s, 0, SIZES.s, SIZES.s)
        self._column.addWidget(self.told)


class NameButton(QPushButton):
    """A name that gives way where there is no room; pressed, it unfolds."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setProperty("kind", "quiet")
        self.setStyleSheet(f"QPushButton {{ text-align: left; padding: 0 {SIZES.xs}px; }}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_name(self, words: str, unfolded: bool) -> None:
        """Say this, as far as there is room."""
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(words if unfolded else f"{words}: click to change how it looks")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * SIZES.s
        cut = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideMiddle, room)
        self.setText(cut.replace("&", "&&"))
