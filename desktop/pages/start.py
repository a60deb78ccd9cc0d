"""The start page: two doors, the workspaces of before, the recipes there are."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from desktop.pages.page import Page
from desktop.pages.start_cards import Door, RecentCard, RecipeCard, RecipeFacts
from desktop.recents import missing
from desktop.session import Session
from desktop.settings import Recent
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.text import text
from desktop.widgets.tiles import Tiles

TILE = 260
DOOR = 300


class StartPage(Page):
    """Where one comes in."""

    title = "Isocenter"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._missing: frozenset[str] = frozenset()
        self._recipes_asked = False
        self.recents = Tiles(TILE, 4, SIZES.m)
        self.recipes = Tiles(TILE, 4, SIZES.m)
        self.no_recents = text("The workspaces you open will be listed here.", tone="muted")
        self.no_recipes = text("Reading the recipes…", tone="muted")
        self._build()
        self._show_recents()
        session.workspace_changed.connect(self._show_recents)

    def caption(self) -> str:
        return "From a folder of scans to a result a reviewer will believe"

    def shown(self) -> None:
        """Look again which workspaces are there; the recipes are read once, after the first paint."""
        self.session.bridge.submit(
            partial(missing, tuple(self.session.settings.recent)), self._know_missing, owner=self
        )
        if not self._recipes_asked:
            self._recipes_asked = True
            self.session.bridge.submit(read_shelf, self._show_recipes, self._no_shelf, owner=self)

    def _know_missing(self, paths: frozenset[str]) -> None:
        if paths != self._missing:
            self._missing = paths
            self._show_recents()

    def _show_recents(self) -> None:
        self.recents.clear()
        recent = self.session.settings.recent
        self.no_recents.setVisible(not recent)
        for entry in recent:
            card = RecentCard(entry, entry.path in self._missing)
            card.clicked.connect(partial(self._open, entry))
            card.locate.connect(partial(self._locate, entry))
            card.remove.connect(partial(self._remove, entry))
            self.recents.addWidget(card)

    def _show_recipes(self, shelf: list[RecipeFacts]) -> None:
        self.recipes.clear()
        self.no_recipes.setVisible(not shelf)
        self.no_recipes.setText("There is no recipe yet.")
        for facts in shelf:
            card = RecipeCard(facts)
            card.clicked.connect(partial(self.session.open_demo, facts.name))
            self.recipes.addWidget(card)

    def _no_shelf(self, error: Exception) -> None:
        self.no_recipes.setText(f"The recipes cannot be read: {error}")

    def _open(self, entry: Recent) -> None:
        self.session.open_workspace(entry.path)

    def _locate(self, entry: Recent) -> None:
        chosen = QFileDialog.getExistingDirectory(self, f"Where is {entry.title}?", str(Path(entry.path).parent))
        if chosen:
            self._remove(entry)
            self.session.open_folder(Path(chosen))

    def _remove(self, entry: Recent) -> None:
        self.session.settings.forget(entry.path)
        self.session.settings.save()
        self._show_recents()

    def _build(self) -> None:
        ask = self.session.ask
        doors = Tiles(DOOR, 2, SIZES.l)
        self.open_door = Door(
            "open",
            "Open a folder of scans",
            "A workspace, or DICOM, NIfTI and other scans, also in a zip. Or drop them anywhere.",
            "Ctrl+O",
        )
        self.demo_door = Door(
            "demo",
            "Try the demo study",
            "Synthetic patients with a known truth: everything works on them, in a minute.",
            "Ctrl+D",
        )
        self.open_door.clicked.connect(lambda: ask("workspace.open"))
        self.demo_door.clicked.connect(lambda: ask("workspace.demo"))
        doors.addWidget(self.open_door)
        doors.addWidget(self.demo_door)
        column = column_box(gap=SIZES.m, margins=(SIZES.xl, SIZES.xl, SIZES.xl, SIZES.xl))
        column.addLayout(doors)
        for heading, hint, tiles in (
            ("Recent workspaces", self.no_recents, self.recents),
            ("Recipes", self.no_recipes, self.recipes),
        ):
            column.addSpacing(SIZES.m)
            column.addWidget(text(heading, "section"))
            column.addWidget(hint)
            column.addLayout(tiles)
        column.addStretch()
        self._wrap(column)

    def _wrap(self, column: QVBoxLayout) -> None:
        body = QWidget()
        body.setLayout(column)
        body.setMaximumWidth(SIZES.reading)
        middle = QWidget()
        row = row_box(middle)
        row.addStretch(1)
        row.addWidget(body, 1000)
        row.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(middle)
        whole = column_box(self)
        whole.addWidget(area)


def read_shelf() -> list[RecipeFacts]:
    """The recipes that ship with Isocenter; slow the first time, so keep it off the GUI thread."""
    from engine.recipe import shelf

    return [RecipeFacts.of(recipe) for recipe in shelf()]
