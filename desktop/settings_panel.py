"""What can be set, where things are kept, and what this machine computes with."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.actions import Actions
from desktop.computing import TOLD, Part, look_at_machine
from desktop.demo import data_folder
from desktop.session import Session
from desktop.settings import Drawer, PatientNames, settings_file
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.buttons import glyph, push
from desktop.widgets.panel import Panel
from desktop.widgets.text import Elided, text

WIDTH = 560
LABELS = 128
BARS = {"rail_shown": "look.rail", "list_shown": "look.list", "inspector_shown": "look.inspector"}
NAMES: dict[PatientNames, tuple[str, str]] = {
    "pseudonym": ("Pseudonym", "P-001, P-002, … as in every file that Isocenter writes"),
    "id": ("Id from the files", "On this screen only: reports, exports and logs keep the pseudonyms"),
}
DRAWERS: dict[Drawer, tuple[str, str]] = {
    "auto": ("Automatic", "The graphics card where there is one for OpenGL, else the processor"),
    "card": ("Graphics card", "By OpenGL, even where a program stands in for the card"),
    "processor": ("Processor", "Without OpenGL: where pictures of the card are wrong or slow"),
}

Key = TypeVar("Key")


class SettingsPanel(Panel):
    """Changes take effect at once; there is nothing to confirm."""

    def __init__(self, session: Session, commands: Actions, parent: QWidget) -> None:
        super().__init__("Settings", parent)
        self._session = session
        self._commands = commands
        self._parts: list[Part] = []
        self._looking = False
        theme.themed.connect(self._show_again)

    def open(self) -> None:
        """Show the panel as things are now; the machine is looked at the first time."""
        self.show_body(self._body_now())
        if not self._parts and not self._looking:
            self._looking = True
            bridge = self._session.bridge
            bridge.submit(lambda: look_at_machine(lambda: bridge.closed), self._know, self._not_known, owner=self)

    def _know(self, parts: list[Part]) -> None:
        self._looking = False
        self._parts = parts
        self._show_again()

    def _not_known(self, error: Exception) -> None:
        self._know([Part("Device", str(error), "bad")])

    def _show_again(self, *_: object) -> None:
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
            button = push(name.capitalize(), partial(self._choose_theme, name), kind="choice", tip=f"The {name} theme")
            button.setCheckable(True)
            button.setChecked(theme.current().name == name)
            group.addButton(button)
            themes.addWidget(button)
        themes.addStretch()
        bars = row_box(gap=SIZES.l)
        for name, key in BARS.items():
            bars.addWidget(self._bar_box(name, self._commands[key]))
        bars.addStretch()
        column.addLayout(_labelled("Theme", themes))
        column.addLayout(_labelled("Side bars", bars))
        session = self._session
        names = self._choice(NAMES, session.settings.patient_names, session.show_patients_as)
        drawers = self._choice(DRAWERS, session.settings.volumes_by, session.draw_volumes_by)
        column.addLayout(_labelled("Show patients as", names))
        column.addLayout(_labelled("Draw volumes with", drawers))
        return column

    def _choice(self, offered: Mapping[Key, tuple[str, str]], now: Key, choose: Callable[[Key], None]) -> QHBoxLayout:
        """A button for each of a few, with what hovering says; one is down."""
        choices = row_box(gap=SIZES.xs)
        group = QButtonGroup(self)
        for key, (words, hint) in offered.items():
            button = push(words, partial(choose, key), kind="choice", tip=hint)
            button.setCheckable(True)
            button.setChecked(key == now)
            group.addButton(button)
            choices.addWidget(button)
        choices.addStretch()
        return choices

    def _bar_box(self, name: str, command: QAction) -> QCheckBox:
        box = QCheckBox(command.text())
        box.setChecked(bool(getattr(self._session.settings, name)))
        box.clicked.connect(command.trigger)
        box.setToolTip(command.toolTip())
        return box

    def _choose_theme(self, name: str) -> None:
        if theme.current().name != name:
            self._commands["look.theme"].trigger()

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
                grid.addWidget(glyph("copy", partial(self._copy, folder), f"Copy the path of {name}"), line, 2)
                grid.addWidget(glyph("open", partial(self._reveal, folder), f"Open the folder of {name}"), line, 3)
        return grid

    def _machine(self) -> QGridLayout:
        grid = grid_box(across=SIZES.s, down=SIZES.xs)
        parts = self._parts or [Part(name.capitalize(), "Looking…", "muted") for name in TOLD]
        for line, part in enumerate(parts):
            _put(grid, line, part.name, text(part.told, tone=part.tone, wrap=True))
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
