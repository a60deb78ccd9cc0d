"""Step 4: how patients are divided, and how sure the figures are."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.cohort_rows import counted
from desktop.forms import Form
from desktop.forms.fold import Fold
from desktop.pages.train.card import StepCard
from desktop.pages.train.choice_row import ChoiceRow
from desktop.pages.train.division_options import DivisionOptions
from desktop.pages.train.draft import Draft, options_of
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.text import text
from engine.cohort.dividing.division import protocols
from engine.recipe import Evaluation, Recipe

if TYPE_CHECKING:
    from desktop.pages.train.fit import Fit


class ProtocolCard(StepCard):
    """Any registered protocol; intervals and seed are folded away."""

    def __init__(self, session: Session) -> None:
        super().__init__(4, "Protocol")
        self._session = session
        self._draft: Draft | None = None
        self.protocol = ChoiceRow("Divide by", "How patients are divided into training and test")
        self.protocol.chosen.connect(self._choose)
        self.about = text("", "caption", "muted", wrap=True)
        self.remarks = text("", "caption", "warn", wrap=True)
        self.remarks.hide()
        self.options: DivisionOptions | None = None
        self._place = QWidget()
        self.evaluation = Form(Evaluation)
        self.evaluation.edited.connect(self._set_evaluation)
        self.seed = Form(Recipe, without=[name for name in Recipe.model_fields if name != "seed"])
        self.seed.edited.connect(self._set_seed)
        more = QWidget()
        column = column_box(more, gap=SIZES.xs)
        column.addWidget(self.evaluation)
        column.addWidget(self.seed)
        self.fold = Fold("More settings", more)
        for part in (self.protocol, self.about, self._place, self.remarks, self.fold):
            self.column.addWidget(part)

    def show_draft(self, draft: Draft) -> None:
        """Show the protocol part of a draft."""
        self._draft = draft
        key = draft.get("protocol", "key")
        self.protocol.offer([(one.info.label, one.info.key) for one in protocols], key)
        self.about.setText(protocols.get(key).info.summary if key in protocols else "Not installed.")
        self.evaluation.show_values(draft.get("evaluation", default={}), draft.usual("evaluation", default={}))
        self.seed.show_values({"seed": draft.get("seed")}, {"seed": draft.usual("seed")})
        self._show_options(draft, key)

    def show_fit(self, fit: "Fit") -> None:
        """Say how many folds that makes."""
        self.summary.setText(counted(fit.folds, "fold") if fit.folds else "")
        self.remarks.setText("\n".join(fit.remarks))
        self.remarks.setVisible(bool(fit.remarks))

    def _show_options(self, draft: Draft, key: str) -> None:
        place, self.options = QWidget(), None
        if key in protocols:
            usual = options_of(draft.usual("protocol")) if draft.usual("protocol", "key") == key else {}
            made = DivisionOptions(self._session, protocols.get(key), options_of(draft.get("protocol")), usual)
            made.edited.connect(self._set_options)
            place = self.options = made
        self.column.replaceWidget(self._place, place)
        self._place.hide()
        self._place.deleteLater()
        self._place = place
        place.setVisible(self.options is not None and not self.options.empty)

    def _choose(self, key: str) -> None:
        if self._draft is not None:
            self._draft.choose("protocol", key)
            self.show_draft(self._draft)
            self.edited.emit()

    def _set_options(self) -> None:
        if self._draft is not None and self.options is not None:
            self._draft.set_options("protocol", self.options.values())
            self.edited.emit()

    def _set_evaluation(self) -> None:
        if self._draft is not None:
            self._draft.set("evaluation", value=self.evaluation.values())
            self.edited.emit()

    def _set_seed(self) -> None:
        if self._draft is not None:
            self._draft.set("seed", value=self.seed.rows["seed"].editor.given())
            self.edited.emit()
