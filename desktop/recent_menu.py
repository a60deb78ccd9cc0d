"""The workspaces of before, as a menu; whether they are still there is found out when one is opened."""

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from desktop.session import Session

NUMBERED = 9


class RecentMenu(QMenu):
    """Filled anew each time it is about to be shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Open recent", parent)
        self._session = session
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the workspaces, the open one left out."""
        self.clear()
        workspace = self._session.workspace
        present = "" if workspace is None else str(workspace.path)
        entries = [entry for entry in self._session.settings.recent if entry.path != present]
        for number, entry in enumerate(entries, 1):
            title = entry.title.replace("&", "&&")
            action = self.addAction(f"&{number}  {title}" if number <= NUMBERED else f"    {title}")
            action.setToolTip(entry.path)
            action.triggered.connect(partial(self._open, entry.path))
        if not entries:
            self.addAction("No other workspace yet").setEnabled(False)

    def _open(self, path: str, _checked: bool = False) -> None:
        self._session.open_workspace(path)
