"""The layers of the scan in front, as rows: the one on top first."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop import icons
from desktop.layers.entry import Entry
from desktop.layers.layer_row import LayerRow
from desktop.layers.wish import Wish
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.text import text

NOTHING = "Lay a map, a mask or another scan over this one."
HIDDEN = "Hidden: Space shows them"


class LayersPanel(QWidget):
    """Mirrors entries and keeps none of their layers: what is wanted of one is told by its key or wish.

    `altered` tells what was changed of an overlay, by name; `moved` by how much towards the top; `turned` that another
    row is unfolded, which shows at the next `show_entries`. `turned_to` tells which frame is wanted, None for that of
    the scan, and `recast` which kind it is to be.
    """

    altered = Signal(str, dict)
    shown = Signal(str, bool)
    removed = Signal(object)
    moved = Signal(object, int)
    turned = Signal()
    turned_to = Signal(str, object)
    recast = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[Wish, LayerRow] = {}
        self.unfolded: Wish | None = None
        self.empty = text(NOTHING, tone="muted", wrap=True)
        self.hidden = text(HIDDEN, "caption", "warn")
        self.add = QToolButton()
        self.menu = QMenu(self.add)
        self._column = column_box(gap=SIZES.xs)
        self._build()

    def show_entries(self, entries: tuple[Entry, ...], shown: bool) -> None:
        """Show these, the last of them first; what is new is unfolded. Whether they are `shown` at all."""
        from_top = entries[::-1]
        wishes = [entry.wish for entry in from_top]
        self._match(wishes)
        for place, entry in enumerate(from_top):
            row = self.rows[entry.wish]
            row.show_entry(entry, entry.wish == self.unfolded, first=place == 0, last=place == len(from_top) - 1)
        self.empty.setVisible(not entries)
        self.hidden.setVisible(bool(entries) and not shown)

    def _match(self, wishes: list[Wish]) -> None:
        """A row for each wish, in their order."""
        for gone in [wish for wish in self.rows if wish not in wishes]:
            row = self.rows.pop(gone)
            row.hide()
            row.deleteLater()
        new = [wish for wish in wishes if wish not in self.rows]
        for wish in new:
            self.rows[wish] = self._row(wish)
        if new:
            self.unfolded = new[0]
        elif self.unfolded is not None and self.unfolded not in self.rows:
            self.unfolded = next(iter(wishes), None)
        for place, wish in enumerate(wishes):
            if self._column.indexOf(self.rows[wish]) != place:
                self._column.insertWidget(place, self.rows[wish])

    def _row(self, wish: Wish) -> LayerRow:
        made = LayerRow()
        made.shown_wanted.connect(partial(self.shown.emit, wish.key))
        made.look_wanted.connect(partial(self.altered.emit, wish.key))
        made.frame_wanted.connect(partial(self.turned_to.emit, wish.key))
        made.kind_wanted.connect(partial(self.recast.emit, wish.key))
        made.removed.connect(partial(self.removed.emit, wish))
        made.moved.connect(partial(self.moved.emit, wish))
        made.chosen.connect(partial(self._turn, wish))
        return made

    def _turn(self, wish: Wish) -> None:
        self.unfolded = None if wish == self.unfolded else wish
        self.turned.emit()

    def _build(self) -> None:
        self.add.setText("Add…")
        self.add.setToolTip("Lay a scan, a map or a file over this scan")
        self.add.setAccessibleName("Add a layer")
        icons.assign(self.add, "plus")
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setMenu(self.menu)
        self.menu.setToolTipsVisible(True)
        below = row_box()
        below.addWidget(self.add)
        below.addStretch()
        below.addWidget(self.hidden)
        whole = column_box(self, gap=SIZES.s)
        whole.addWidget(self.empty)
        whole.addLayout(self._column)
        whole.addLayout(below)
        self.hidden.hide()
