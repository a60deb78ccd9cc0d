"""What can be set, where things are kept, and what this machine computes with."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.computing import Part, look_at_machine
from desktop.demo import data_folder
from desktop.session import Session
from desktop.settings import settings_file
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.buttons import glyph, push
from desktop.widgets.panel import Panel
from desktop.widgets.text import Elided, text

WIDTH = 560
LABELS = 104
BARS = (("rail_shown", "Page rail"), ("list_shown", "Cohort list"), ("inspector_shown", "Inspector"))


class SettingsPanel(Panel):
    """Changes take effect at once; there is nothing to confirm."""

    def __init__(self, session: Session, toggles: dict[str, QAction], parent: QWidget) -> None:
        super().__init__("Settings", parent)
        self._session = session
        self._toggles = toggles
        self._parts: list[Part] = []
        self._looking = False
        self.machine = grid_box(across=SIZES.m, down=SIZES.xs)
        theme.themed.connect(lambda _: self._show_again())

    def open(self) -> None:
        """Show the panel as things are now; the machine is looked at the first time."""
        self.show_body(self._body_now())
        if not self._parts and not self._looking:
            self._looking = True
            self._session.bridge.submit(look_at_machine, self._know, self._not_known, owner=self)

    def _know(self, parts: list[Part]) -> None:
        self._looking = False
        self._parts = parts
        self._show_again()

    def _not_known(self, error: Exception) -> None:
        self._know([Part("Device", str(error), "bad")])

    def _show_again(self) -> None:
        if self.isVisible():
            self.show_body(self._body_now())

    def _body_now(self) -> QWidget:
        body = QWidget()
        body.setFixedWidth(WIDTH)
        column = column_box(body, gap=SIZES.s, margins=(0, 0, SIZES.s, 0))
        for heading, rows in (
            ("Look", self._look()),
            ("Folders", self._folders()),
            ("This machine", self._machine()),
        ):
            column.addSpacing(SIZES.s)
            column.addWidget(text(heading, "caption", "muted"))
            column.addLayout(rows)
        return body

    def _look(self) -> QVBoxLayout:
        column = column_box(gap=SIZES.s)
        themes = row_box(gap=SIZES.xs)
        group = QButtonGroup(self)
        for name in theme.THEMES:
            button = push(name.capitalize(), lambda name=name: self._choose_theme(name), tip=f"The {name} theme")
            button.setCheckable(True)
            button.setChecked(theme.current().name == name)
            group.addButton(button)
            themes.addWidget(button)
        themes.addStretch()
        bars = row_box(gap=SIZES.l)
        for name, words in BARS:
            bars.addWidget(self._bar_box(name, words))
        bars.addStretch()
        column.addLayout(_labelled("Theme", themes))
        column.addLayout(_labelled("Side bars", bars))
        return column

    def _bar_box(self, name: str, words: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setChecked(bool(getattr(self._session.settings, name)))
        box.clicked.connect(lambda: self._toggles[name].trigger())
        box.setToolTip(self._toggles[name].toolTip())
        return box

    def _choose_theme(self, name: str) -> None:
        if theme.current().name != name:
            self._toggles["theme"].trigger()

    def _folders(self) -> QGridLayout:
        workspace = self._session.workspace
        folders = {
            "Workspace": Path(workspace.path) if workspace is not None else None,
            "Demo studies": data_folder(),
            "Settings": settings_file().parent,
        }
        grid = grid_box(across=SIZES.s, down=SIZES.xs)
        for line, (name, folder) in enumerate(folders.items()):
            _put(grid, line, name, Elided(str(folder or "None is open"), cut=Qt.TextElideMode.ElideMiddle))
            if folder is not None:
                grid.addWidget(glyph("copy", lambda f=folder: self._copy(f), f"Copy the path of {name}"), line, 2)
                grid.addWidget(glyph("open", lambda f=folder: self._reveal(f), f"Open the folder of {name}"), line, 3)
        return grid

    def _machine(self) -> QGridLayout:
        grid = grid_box(across=SIZES.s, down=SIZES.xs)
        parts: Iterable[Part] = self._parts or (Part("Device", "Looking…", "muted"),)
        for line, part in enumerate(parts):
            _put(grid, line, part.name, Elided(part.told, tone="text" if part.tone == "good" else part.tone))
        return grid

    def _copy(self, folder: Path) -> None:
        QGuiApplication.clipboard().setText(str(folder))
        self._session.announced.emit("Copied the path.")

    def _reveal(self, folder: Path) -> None:
        shown = folder.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        if not shown:
            self._session.announced.emit(f"{folder} cannot be shown: it may not have been made yet.")


def _labelled(name: str, row: QHBoxLayout) -> QHBoxLayout:
    label = text(name, tone="muted")
    label.setFixedWidth(LABELS)
    whole = row_box(gap=SIZES.s)
    whole.addWidget(label)
    whole.addLayout(row, 1)
    return whole


def _put(grid: QGridLayout, line: int, name: str, words: QWidget) -> None:
    label = text(name, tone="muted")
    label.setFixedWidth(LABELS)
    grid.addWidget(label, line, 0)
    grid.addWidget(words, line, 1)
    grid.setColumnStretch(1, 1)
