"""The verdict in one sentence, with what it rests on."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from desktop.cohort_rows import counted
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.text import restyle, text
from engine.cohort.dividing.division import protocols
from engine.models import models
from engine.recipe import Target

if TYPE_CHECKING:
    from desktop.pages.results.found import Found

IMAGE_LEVEL = "Image level: the source names no patients, so the figures may be far too high."
TONES = (("Better than chance", "good"), ("Not distinguishable", "warn"), ("Worse", "bad"), ("Not judged", "muted"))


class VerdictCard(QFrame):
    """The first thing to read."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.sentence = text("", "section", wrap=True)
        self.level = text("", tone="warn", wrap=True)
        self.ground = text("", "caption", "muted", wrap=True)
        column = column_box(self, gap=SIZES.xs, margins=(SIZES.l, SIZES.m, SIZES.l, SIZES.m))
        for part in (self.sentence, self.level, self.ground):
            column.addWidget(part)

    def show_found(self, found: "Found", target: Target) -> None:
        """Say what was found for one target."""
        said = found.verdicts.get(target.column, "")
        self.sentence.setText(said.split(" Image level:")[0])
        tone = next((tone for begin, tone in TONES if said.startswith(begin)), "muted")
        restyle(self, tone=tone)
        self.level.setText(IMAGE_LEVEL)
        self.level.setVisible(found.level == "image")
        self.ground.setText("   ·   ".join(ground(found, target)))


def ground(found: "Found", target: Target) -> list[str]:
    """What the verdict rests on: heads, protocol, model, device."""
    rows = found.rows(target)
    heads = counted(len({row.patient for row in rows}), "image" if found.level == "image" else "patient")
    numbers = {row.fold for row in rows}
    folds = "mean of repeats" if 0 in numbers else counted(len(numbers), "fold")
    protocol, model = found.recipe.protocol.key, found.recipe.model.key
    return [
        f"{heads}, each predicted by a model that never saw it",
        f"{protocols.get(protocol).info.label if protocol in protocols else protocol}, {folds}",
        models.get(model).info.label if model in models else model,
        f"intervals: {found.recipe.evaluation.confidence:.0%}".replace("%", " %")
        + f", {found.recipe.evaluation.bootstrap} bootstrap draws",
    ]
