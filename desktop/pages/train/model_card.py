"""Step 3: the model, its options, and how it is trained."""

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.forms import Form
from desktop.pages.train.card import StepCard
from desktop.pages.train.choice_row import ChoiceRow
from desktop.pages.train.draft import Draft, options_of
from desktop.widgets.text import text
from engine.models import models
from engine.recipe import Training

COMMON = ("epochs", "batch_size", "learning_rate")
COMMON_OPTIONS = 2


class ModelCard(StepCard):
    """Any model of the zoo; the options are those it declares."""

    def __init__(self) -> None:
        super().__init__(3, "Model")
        self._draft: Draft | None = None
        self.model = ChoiceRow("Model", "Which network is trained")
        self.model.chosen.connect(self._choose)
        self.about = text("", "caption", "muted", wrap=True)
        self.options: Form | None = None
        self._place = QWidget()
        self.training = Form(Training, common=COMMON)
        self.training.edited.connect(self._set_training)
        for part in (self.model, self.about, self._place, text("Training", tone="muted"), self.training):
            self.column.addWidget(part)

    def show_draft(self, draft: Draft) -> None:
        """Show the model part of a draft."""
        self._draft = draft
        self.model.offer([(one.info.label, one.info.key) for one in models], draft.get("model", "key"))
        self.training.show_values(draft.get("training", default={}), draft.usual("training", default={}))
        self._show_options(draft)
        self._sum_up(draft)

    def _show_options(self, draft: Draft) -> None:
        key = draft.get("model", "key")
        place = QWidget()
        self.options = None
        if key in models:
            self.options = place = _options_form(models.get(key).options)
            same = draft.usual("model", "key") == key
            usual = options_of(draft.usual("model")) if same else {}
            place.show_values(options_of(draft.get("model")), usual)
            place.edited.connect(self._set_options)
        self.column.replaceWidget(self._place, place)
        self._place.hide()
        self._place.deleteLater()
        self._place = place
        place.setVisible(self.options is not None and bool(self.options.rows))

    def _sum_up(self, draft: Draft) -> None:
        key = draft.get("model", "key")
        self.about.setText(models.get(key).info.summary if key in models else "This model is not installed.")
        self.summary.setText(f"{draft.get('training', 'epochs')} epochs")

    def _choose(self, key: str) -> None:
        if self._draft is not None:
            self._draft.choose("model", key)
            self.show_draft(self._draft)
            self.edited.emit()

    def _set_options(self) -> None:
        if self._draft is not None and self.options is not None:
            self._draft.set_options("model", self.options.values())
            self.edited.emit()

    def _set_training(self) -> None:
        if self._draft is not None:
            self._draft.set("training", value=self.training.values())
            self._sum_up(self._draft)
            self.edited.emit()


def _options_form(options: type[Any]) -> Form:
    return Form(options, common=list(options.model_fields)[:COMMON_OPTIONS])
