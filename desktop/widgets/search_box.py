"""A line to search with: the lens in it, a button to empty it."""

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop import icons


class SearchBox(QLineEdit):
    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self._lens = self.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        icons.assign(self._lens, "search", "muted")
