"""Which run is looked at: all of the workspace, newest first, shared with the other pages."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from desktop import theme
from desktop.runs import RunEntry
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.chips import dot_icon

TONES = {
    "created": "muted",
    "running": "accent",
    "paused": "warn",
    "finished": "good",
    "failed": "bad",
    "cancelled": "muted",
    "interrupted": "warn",
}
STAMP = 15


class RunChooser(QComboBox):
    """`chosen(RunEntry | None)` when another run is looked at, by the user or because a newer one began."""

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: str | None = None
        self.setAccessibleName("Run")
        self.setToolTip("The runs of this workspace, newest first")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setIconSize(QSize(SIZES.dot, SIZES.dot))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda index: session.selection.set(run=self.itemData(index)))
        session.runs.list_changed.connect(self.reload)
        session.selection.changed.connect(lambda _: self._follow())
        theme.themed.connect(self._offer)
        self.reload()

    @property
    def entry(self) -> RunEntry | None:
        """The run looked at: the selected one, else the newest."""
        runs = self._session.runs
        return runs.entry(self._session.selection.current.run) or next(iter(runs.entries), None)

    def reload(self) -> None:
        """Show the list of runs as it is."""
        self._offer()
        self._follow(again=True)

    def _offer(self, *_: object) -> None:
        self.clear()
        for entry in self._session.runs.entries:
            tone = TONES.get(str(entry.state), "muted")
            self.addItem(dot_icon(getattr(theme.current(), tone)), run_words(entry), entry.name)
            self.setItemData(self.count() - 1, entry.name, Qt.ItemDataRole.ToolTipRole)
        if self.entry is not None:
            self.setCurrentIndex(self.findData(self.entry.name))

    def _follow(self, *, again: bool = False) -> None:
        entry = self.entry
        name = None if entry is None else entry.name
        if name != self._shown or again:
            self._shown = name
            self.setCurrentIndex(self.findData(name))
            self.chosen.emit(entry)


def run_words(entry: RunEntry) -> str:
    """What a run is called in a list: when, what, how it stands."""
    return f"{moment_of(entry.name)}   {entry.title}   ({entry.state})"


def moment_of(name: str) -> str:
    """The moment in a run's name, for people."""
    try:
        begun = datetime.strptime(name[:STAMP], "%Y%m%d-%H%M%S")  # noqa: DTZ007
    except ValueError:
        return name
    return f"{begun:%d %b %H:%M}"
