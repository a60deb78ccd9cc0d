from typing import Annotated, Literal

import pytest
from pydantic import Field

from desktop.forms.spec import Spec, errors, specs
from engine.cohort.dividing.division import protocols
from engine.models import models
from engine.prepare.step import steps
from engine.recipe import Evaluation, Training
from engine.registry import Options


class Everything(Options):
    many: int = Field(default=3, gt=0, le=9, title="How many", description="Of them.")
    rate: float = Field(default=0.1, gt=0, le=1)
    on: bool = True
    how: Literal["linear", "cubic"] = "linear"
    size: tuple[Annotated[int, Field(ge=1, le=64)], Annotated[int, Field(ge=1, le=64)]]
    names: tuple[str, ...] = ()
    note: str = ""
    floor: float | None = None


@pytest.fixture
def fields() -> dict[str, Spec]:
    return {spec.name: spec for spec in specs(Everything)}


def test_each_type_has_its_kind(fields: dict[str, Spec]) -> None:
    kinds = {name: spec.kind for name, spec in fields.items()}
    assert kinds == {
        "many": "whole", "rate": "number", "on": "switch", "how": "choice", "size": "several", "names": "texts",
        "note": "text", "floor": "number",
    }  # fmt: skip


def test_an_excluded_end_of_whole_numbers_moves_by_one(fields: dict[str, Spec]) -> None:
    assert (fields["many"].low, fields["many"].high) == (1, 9)


def test_the_members_of_a_tuple_keep_their_bounds(fields: dict[str, Spec]) -> None:
    assert [(part.kind, part.low, part.high) for part in fields["size"].parts] == [("whole", 1, 64)] * 2


def test_titles_and_descriptions_come_from_the_field_or_its_name(fields: dict[str, Spec]) -> None:
    assert (fields["many"].title, fields["many"].description) == ("How many", "Of them.")
    assert fields["note"].title == "Note"


def test_what_may_be_none_is_known(fields: dict[str, Spec]) -> None:
    assert [name for name, spec in fields.items() if spec.optional] == ["floor"]


def test_errors_name_the_field_and_say_what_would_be_right() -> None:
    assert errors(Everything, {"rate": 0, "size": [8, 8]}) == {"rate": "Must be greater than 0"}
    assert errors(Everything, {"size": [8, 8]}) == {}


@pytest.mark.parametrize(
    "options",
    [entry.options for registry in (models, steps, protocols) for entry in registry] + [Training, Evaluation],
    ids=lambda options: options.__name__,
)
def test_every_option_there_is_has_a_row_and_a_title(options: type[Options]) -> None:
    assert all(spec.title for spec in specs(options))
