"""What a recipe may say. Fields carry titles and bounds, so the window's form is drawn from them."""

from typing import Any, Literal

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, model_validator

VERSION: Literal[1] = 1


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(BaseModel):
    """An entry of a registry and its options; the options are checked by the entry itself."""

    model_config = ConfigDict(extra="allow", frozen=True)

    key: str

    @property
    def options(self) -> dict[str, Any]:
        """Everything beside the key, as written."""
        return dict(self.model_extra or {})


class Target(_Part):
    """One label column to predict; the classes are listed in their natural order."""

    column: str = Field(title="Label column", description="The column of the label table to predict.")
    classes: tuple[str, ...] = Field(min_length=2, title="Classes", description="In their natural order.")
    positive: str | None = Field(
        default=None,
        title="Positive class",
        description="For two classes: the one that precision, recall and F1 speak of; the last if not given.",
    )

    @model_validator(mode="after")
    def _consistent(self) -> "Target":
        if len(set(self.classes)) != len(self.classes):
            raise ValueError("a class is listed twice")
        if not all(_one_line(name) for name in (self.column, *self.classes)):
            raise ValueError("a column or class is empty, has spaces around it, or more than one line")
        if self.positive is not None and self.positive not in self.classes:
            raise ValueError(f"the positive class '{self.positive}' is not one of the classes")
        return self

    @property
    def positive_class(self) -> str:
        """The class that two-class figures speak of."""
        return self.positive or self.classes[-1]


def _one_line(name: str) -> bool:
    return name.splitlines() == [name.strip()]


class Input(_Part):
    """One scan per patient, by its role, and the ordered steps that turn it into a tensor."""

    role: str = Field(title="Role", description="Which scan of the patient, for instance T1.")
    steps: tuple[Choice, ...] = Field(default=(), title="Steps")


class Training(_Part):
    """How a model is fitted on the training patients of a fold."""

    epochs: int = Field(default=20, ge=1, le=10_000, title="Epochs")
    batch_size: int = Field(default=8, ge=1, le=4096, title="Batch size", description="Patients per step.")
    learning_rate: float = Field(default=1e-3, gt=0, le=10, title="Learning rate")
    weight_decay: float = Field(default=1e-4, ge=0, le=1, title="Weight decay")
    class_weights: Literal["balanced", "none"] = Field(
        default="balanced",
        title="Class weights",
        description="Balanced: each class counts alike, by the head counts of the fold's training patients.",
    )
    validation: float = Field(
        default=0.0,
        ge=0,
        le=0.5,
        title="Inner validation",
        description="Part of the training patients held back to watch the loss; never the tested patients.",
    )
    device: str = Field(default="auto", title="Device", description="auto, cpu, cuda, cuda:1 or mps.")


class Evaluation(_Part):
    """How sure the figures are."""

    bootstrap: int = Field(default=2000, ge=100, le=100_000, title="Bootstrap draws", description="Over patients.")
    confidence: float = Field(default=0.95, gt=0.5, lt=1, title="Confidence of intervals")


class Recipe(_Part):
    """One experiment: target, inputs, preparation, model, training, protocol."""

    version: Literal[1] = VERSION
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", title="Name")
    title: str = Field(default="", title="Title")
    summary: str = Field(default="", title="Summary")
    seed: int = Field(default=0, ge=0, lt=2**31, title="Seed", description="The same seed gives the same result.")
    targets: tuple[Target, ...] = Field(min_length=1, title="Targets")
    inputs: dict[str, Input] = Field(min_length=1, title="Inputs")
    model: Choice = Field(title="Model")
    training: Training = Field(default_factory=Training, title="Training")
    protocol: Choice = Field(default_factory=lambda: Choice(key="jackknife"), title="Protocol")
    evaluation: Evaluation = Field(default_factory=Evaluation, title="Evaluation")
    phantom: Choice | None = Field(default=None, title="Phantom")

    @model_validator(mode="after")
    def _one_target_per_column(self) -> "Recipe":
        if len({target.column for target in self.targets}) != len(self.targets):
            raise ValueError("a label column is the target twice")
        return self

    def to_toml(self) -> str:
        """The recipe as a file that reads back as the same recipe."""
        return tomlkit.dumps(self.model_dump(mode="json", exclude_none=True))
