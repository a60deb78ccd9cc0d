"""The left side: the recipe as steps, and whether it fits the cohort."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.pages.train.choice_row import Combo
from desktop.pages.train.data_card import DataCard
from desktop.pages.train.draft import Draft
from desktop.pages.train.fit import Fit, best_of, judge
from desktop.pages.train.go_card import GoCard
from desktop.pages.train.model_card import ModelCard
from desktop.pages.train.prepare_card import PrepareCard
from desktop.pages.train.protocol_card import ProtocolCard
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.text import Elided, text
from engine.errors import RecipeError
from engine.recipe import Recipe, load_recipe, shelf

if TYPE_CHECKING:
    from engine.cohort import Cohort

JUDGE_MS = 120
SCROLL_BAR = 10


class RecipePanel(QWidget):
    """Keeps the draft; `changed` when it, or what is known of its fit, is another."""

    changed = Signal()

    def __init__(self, session: Session, go: GoCard) -> None:
        super().__init__()
        self.session = session
        self.draft: Draft | None = None
        self.recipe: Recipe | None = None
        self.fit: Fit | None = None
        self._shelf: list[Recipe] = []
        self._asked = 0
        self.chooser = Combo("Recipe")
        self.chooser.setToolTip("The recipe to begin with; every setting below can be changed")
        self.about = Elided("", "caption", "muted")
        self.data, self.prepare = DataCard(session), PrepareCard()
        self.model, self.protocol, self.go = ModelCard(), ProtocolCard(session), go
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(JUDGE_MS)
        self._build()
        self._connect()

    def load_shelf(self) -> None:
        """Offer the recipes of the shelf, the one that fits the cohort best in front."""
        cohort = self.session.cohort
        if cohort is not None:
            self.session.bridge.submit(lambda: _fitting(cohort), self._take_shelf, owner=self)

    def open_file(self, path: Path) -> None:
        """Take the recipe of a TOML file."""
        self.session.bridge.submit(lambda: load_recipe(path), self.take, owner=self)

    def take(self, recipe: Recipe) -> None:
        """Edit this recipe from now on."""
        if not any(recipe == one for one in self._shelf):
            self._shelf.append(recipe)
            self.chooser.addItem(words_of(recipe), recipe.name)
        index = next(i for i, one in enumerate(self._shelf) if one == recipe)
        self.chooser.setCurrentIndex(index)
        self._edit(recipe)

    def reset(self) -> None:
        """Back to the recipe as it was chosen."""
        if self.draft is not None:
            self._edit(self.draft.base)

    def forget(self) -> None:
        """Drop what was judged against another workspace, so that nothing starts on it here."""
        self._asked += 1
        self.draft, self.recipe, self.fit = None, None, None

    def use_protocol(self) -> None:
        """Take the protocol that another page wants, once."""
        wanted = self.session.protocol_wanted
        if self.draft is not None and wanted is not None:
            self.session.protocol_wanted = None
            self.draft.set("protocol", value=dict(wanted))
            self.show_draft()

    def show_draft(self) -> None:
        """Fill the cards from the draft."""
        if self.draft is None:
            return
        for card in (self.data, self.prepare, self.model, self.protocol):
            card.show_draft(self.draft)
        self._look()

    def _take_shelf(self, found: tuple[list[Recipe], Recipe]) -> None:
        self._shelf, best = found
        self.chooser.clear()
        for recipe in self._shelf:
            self.chooser.addItem(words_of(recipe), recipe.name)
        self.take(best)
        self.use_protocol()

    def _edit(self, recipe: Recipe) -> None:
        self.draft = Draft(recipe)
        self.about.setText(recipe.summary)
        self.show_draft()

    def _look(self) -> None:
        """Validate what was typed at once; judge it against the cohort off the GUI thread."""
        draft, cohort = self.draft, self.session.cohort
        if draft is None or cohort is None:
            return
        self._asked += 1
        self.fit = None
        self.changed.emit()
        try:
            self.recipe = recipe = draft.recipe()
        except RecipeError as failure:
            self.recipe = None
            self._show(self._asked, Fit(cohort.level, problem=failure.what, hint=failure.hint))
            return
        asked = self._asked
        home = None if self.session.workspace is None else Path(self.session.workspace.path)
        self.session.bridge.submit(lambda: judge(recipe, cohort, home), lambda fit: self._show(asked, fit), owner=self)

    def _show(self, asked: int, fit: Fit) -> None:
        if asked != self._asked:
            return
        self.fit = fit
        if self.recipe is not None:
            self.data.show_fit(fit)
            self.protocol.show_fit(fit)
        self.changed.emit()

    def _edited(self) -> None:
        self.fit = None
        self._soon.start()
        self.changed.emit()

    def _connect(self) -> None:
        self._soon.timeout.connect(self._look)
        self.chooser.activated.connect(lambda index: self._edit(self._shelf[index]))
        for card in (self.data, self.prepare, self.model, self.protocol):
            card.edited.connect(self._edited)

    def _build(self) -> None:
        head = column_box(gap=SIZES.xs, margins=(SIZES.m, SIZES.m, SIZES.m, SIZES.s))
        head.addWidget(text("Recipe", "caption", "muted"))
        head.addWidget(self.chooser)
        head.addWidget(self.about)
        cards = QWidget()
        column = column_box(cards, gap=SIZES.s, margins=(SIZES.m, 0, SIZES.m - SCROLL_BAR, SIZES.s))
        for card in (self.data, self.prepare, self.model, self.protocol):
            column.addWidget(card)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(cards)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        foot = column_box(margins=(SIZES.m, SIZES.s, SIZES.m, SIZES.m))
        foot.addWidget(self.go)
        whole = column_box(self)
        whole.addLayout(head)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)


def words_of(recipe: Recipe) -> str:
    """What a recipe is called in a list."""
    return recipe.title or recipe.name


def _fitting(cohort: "Cohort") -> tuple[list[Recipe], Recipe]:
    recipes = shelf()
    return recipes, best_of(recipes, cohort)
