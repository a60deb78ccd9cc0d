"""What a report is made of; all of it lies in a run folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.evaluation import Figure, figures_from_json
from engine.recipe import Choice, Recipe, Target
from engine.runs.events import Event
from engine.runs.prediction import Prediction

Figures = Mapping[str, Figure]


@dataclass(frozen=True)
class ReportData:
    """A finished run. `metrics`, `baselines`, `differences` and `verdicts` are as in `metrics.json`:
    `{target: {name: {value, low, high}}}`, the same per baseline, `{baseline: {target: {value, low, high}}}`
    and `{target: sentence}`. `repeats` and `vault` are as there too; `likely`: patients were grouped by a guess.
    `origin` is how a saved division was made: protocol and seed.
    """

    run: str
    recipe: Recipe
    level: str
    events: Sequence[Event]
    predictions: Sequence[Prediction]
    metrics: Mapping[str, Any]
    verdicts: Mapping[str, str]
    baselines: Mapping[str, Any] = field(default_factory=dict)
    differences: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, Any] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    repeats: Mapping[str, Any] = field(default_factory=dict)
    vault: Mapping[str, Any] = field(default_factory=dict)
    likely: bool = False
    origin: tuple[Choice, int] | None = None

    @property
    def divided_by(self) -> Choice:
        """The protocol; of a saved division the one that it was made by."""
        return self.recipe.protocol if self.origin is None else self.origin[0]

    @property
    def unit(self) -> str:
        """What one case is called: the word for several of them."""
        return "images" if self.level == "image" else "patients"

    def figures(self, target: Target) -> Figures:
        """The run's figures of one target."""
        return figures_from_json(self.metrics[target.column])

    def baseline_figures(self, target: Target) -> dict[str, Figures]:
        """Each baseline's figures of one target."""
        return {key: figures_from_json(each[target.column]) for key, each in self.baselines.items()}

    def gaps(self, target: Target) -> dict[str, Figure]:
        """The run's balanced accuracy less each baseline's, paired."""
        return {key: Figure.from_json(each[target.column]) for key, each in self.differences.items()}

    def rows(self, target: Target) -> list[Prediction]:
        """The predictions of one target, by patient."""
        rows = [row for row in self.predictions if row.target == target.column]
        return sorted(rows, key=lambda row: (row.patient, row.truth, row.predicted))
