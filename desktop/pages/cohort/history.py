"""What was changed, the newest on top: a click goes back to that point, or forward again."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.editing import Past
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.card import Card
from desktop.widgets.text import Elided, text

if TYPE_CHECKING:
    from engine.cohort.storage.journal import PastEdit

WIDTH, HEIGHT = 360, 420
MOST = 200


class History(QFrame):
    """Shows the window's undo stack, with who and when for what the workspace keeps. It stays open while one looks."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("panel")
        self.setAccessibleName("History")
        self.setFixedSize(WIDTH, HEIGHT)
        self._session = session
        self._told: dict[int, PastEdit] = {}
        self.points: list[Card] = []
        self._area = QScrollArea(widgetResizable=True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = column_box(self, gap=SIZES.s, margins=(SIZES.m, SIZES.m, SIZES.m, SIZES.m))
        whole.addWidget(text("History", "strong"))
        whole.addWidget(
            text("Click a point to go back to it; until you edit again, also forward.", "caption", "muted", wrap=True)
        )
        whole.addWidget(self._area, 1)
        session.edits.indexChanged.connect(self._read)
        session.workspace_changed.connect(self.hide)

    def open_under(self, button: QWidget) -> None:
        """Show it at a button, within the screen."""
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + SIZES.xs))
        room = button.screen().availableGeometry()
        self.move(max(room.left(), corner.x()), min(corner.y(), room.bottom() - self.height()))
        self.show()
        self._read()

    def _read(self, *_: object) -> None:
        workspace = self._session.workspace
        if workspace is not None and self.isVisible():
            self._session.bridge.submit(workspace.store.history, self._tell, owner=self)

    def _tell(self, history: "list[PastEdit]") -> None:
        self._told = {past.number: past for past in history}
        stack = self._session.edits
        body = QWidget()
        column = column_box(body, gap=SIZES.xs)
        self.points = []
        newest = stack.count()
        for place in range(newest, max(0, newest - MOST), -1):
            column.addWidget(self._point(place, *self._words(place)))
        column.addWidget(self._point(0, "As it was imported" if newest <= MOST else "The beginning", ""))
        column.addStretch()
        self._area.setWidget(body)

    def _words(self, place: int) -> tuple[str, str]:
        command = self._session.edits.command(place - 1)
        past = self._told.get(command.number) if isinstance(command, Past) else None
        if past is None:
            return self._session.edits.text(place - 1), ""
        when = past.made.astimezone().strftime("%d %b %Y, %H:%M")
        return past.words, " · ".join(filter(None, (past.who, when)))

    def _point(self, place: int, words: str, told: str) -> Card:
        stack = self._session.edits
        here, undone = place == stack.index(), place > stack.index()
        made = Card(words)
        made.setProperty("on", here)
        made.column.setContentsMargins(SIZES.s, SIZES.xs, SIZES.s, SIZES.xs)
        made.column.setSpacing(0)
        line = row_box(gap=SIZES.s)
        line.addWidget(Elided(words, "body", "muted" if undone else "text"), 1)
        state = "now" if here else "taken back" if undone else ""
        line.addWidget(text(state, "caption", "accent" if here else "muted"))
        made.column.addLayout(line)
        if told:
            made.column.addWidget(Elided(told, "caption", "muted"))
        made.clicked.connect(partial(self._session.editing.go_to, place))
        self.points.append(made)
        return made
