"""How a source is taken in: kept with the source, so that it can be read again in the same way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

ColumnUse = Literal["file", "patient", "label", "covariate", "role", "visit", "ignore"]

COLUMN_USES: tuple[ColumnUse, ...] = get_args(ColumnUse)


@dataclass(frozen=True)
class ImportPlan:
    """What a user chose; what is left empty is recognised.

    `options` are those of the layout. `uses` say what columns of the label table are for; the others are guessed.
    `classes` rename what the source calls its classes: {column: {in the source: in the cohort}}; an empty name leaves
    that label out. `name` is what the source is called in the cohort. With `same_people` a patient id that the cohort
    has already is the same person; images without patients are never mixed up with those of other sources. With `join`
    series that may be one scan become one. `left_out` are places in the source of scans that somebody left out.
    """

    layout: str = "auto"
    options: Mapping[str, Any] = field(default_factory=dict)
    table: Path | None = None
    uses: Mapping[str, ColumnUse] = field(default_factory=dict)
    classes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    name: str = ""
    same_people: bool = True
    join: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Whether all is left to be recognised, or to be as it was before."""
        return self == ImportPlan(name=self.name, join=self.join, left_out=self.left_out)
