"""The cards of the start page: the doors, a workspace of before, a recipe."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from desktop import icons, theme
from desktop.recents import ago, contents
from desktop.settings import Recent
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.card import Card
from desktop.widgets.text import Elided, text

if TYPE_CHECKING:
    from engine.recipe import Recipe

DOOR_ICON = 40


@dataclass(frozen=True, slots=True)
class RecipeFacts:
    """What a card says of a recipe; `demo` where it has phantoms to be tried on."""

    name: str
    title: str
    summary: str
    line: str
    demo: bool

    @classmethod
    def of(cls, recipe: "Recipe") -> Self:
        classes = " / ".join(target.column for target in recipe.targets)
        roles = " + ".join(entry.role for entry in recipe.inputs.values())
        line = " · ".join((f"predicts {classes}", roles, recipe.model.key, recipe.protocol.key))
        title = recipe.title or recipe.name
        return cls(recipe.name, title, recipe.summary, line, recipe.phantom is not None)


class Door(Card):
    """A large way in: icon, words, key."""

    def __init__(self, icon: str, title: str, sentence: str, shortcut: str) -> None:
        super().__init__(title)
        self.setProperty("door", True)
        self._icon = icon
        self._picture = QLabel()
        self._picture.setFixedWidth(DOOR_ICON)
        key = text(shortcut, "caption")
        key.setProperty("key", True)
        words = column_box(gap=SIZES.xs)
        words.addWidget(text(title, "section"))
        words.addWidget(text(sentence, tone="muted", wrap=True))
        words.addStretch()
        row = row_box(gap=SIZES.l)
        row.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(key, alignment=Qt.AlignmentFlag.AlignTop)
        self.column.setContentsMargins(SIZES.xl, SIZES.xl, SIZES.xl, SIZES.xl)
        self.column.addLayout(row)
        theme.themed.connect(self._draw)
        self._draw()

    def _draw(self, *_: object) -> None:
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap(self._icon, theme.current().accent, DOOR_ICON, ratio))


class RecentCard(Card):
    """A workspace that was open once; greyed, with ways to mend it, where its folder is missing."""

    locate = Signal()
    remove = Signal()

    def __init__(self, entry: Recent, is_missing: bool) -> None:
        super().__init__(f"Open {entry.title}", hot=not is_missing)
        tone = "muted" if is_missing else "text"
        name = Elided(entry.title, "strong", tone)
        path = Elided(entry.path, "caption", "muted", Qt.TextElideMode.ElideMiddle)
        opened = ago(entry.opened, datetime.now().astimezone())
        self.column.addWidget(name)
        self.column.addWidget(path)
        self.column.addStretch()
        if is_missing:
            self._offer_to_mend()
        else:
            self._say(contents(entry), opened)

    def _say(self, left: str, right: str) -> None:
        row = row_box()
        row.addWidget(text(left, "caption", "muted"))
        row.addStretch()
        row.addWidget(text(right, "caption", "muted"))
        self.column.addLayout(row)

    def _offer_to_mend(self) -> None:
        row = row_box(gap=SIZES.m)
        row.addWidget(text("Folder not found", "caption", "warn"))
        row.addStretch()
        row.addWidget(push("Locate", self.locate.emit, kind="link", tip="Show where the folder is now"))
        row.addWidget(push("Remove", self.remove.emit, kind="link", tip="Take it off this list; no file is touched"))
        self.column.addLayout(row)


class RecipeCard(Card):
    """An experiment that comes with Isocenter; a click tries it on its phantoms."""

    def __init__(self, facts: RecipeFacts) -> None:
        super().__init__(f"Try {facts.title} on phantoms", hot=facts.demo)
        if facts.demo:
            self.setToolTip("Make the synthetic patients of this recipe and open them")
        self.column.addWidget(Elided(facts.title, "strong"))
        self.column.addWidget(text(facts.summary, "caption", "muted", wrap=True))
        self.column.addStretch()
        self.column.addWidget(Elided(facts.line, "caption", "accent"))
