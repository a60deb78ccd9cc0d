"""A pydantic model's fields as a form needs them, without a widget."""

import math
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

Kind = Literal["whole", "number", "switch", "choice", "text", "several", "texts"]
LEAST, MOST = -(2**31), 2**31 - 1


@dataclass(frozen=True)
class Spec:
    """One field. `parts` are the members of a tuple of fixed length; `optional` fields may be None."""

    name: str
    title: str
    description: str
    kind: Kind
    default: Any = None
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()
    parts: tuple["Spec", ...] = ()
    optional: bool = False


def specs(model: type[BaseModel]) -> tuple[Spec, ...]:
    """The fields of a model that a form can show, in their order."""
    return tuple(_spec(name, field) for name, field in model.model_fields.items())


def errors(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with each field, in words; empty where `values` make a `model`."""
    try:
        model.model_validate(dict(values))
    except ValidationError as failure:
        return {str(one["loc"][0]): _told(str(one["msg"])) for one in reversed(failure.errors()) if one["loc"]}
    return {}


def _spec(name: str, field: FieldInfo) -> Spec:
    title = field.title or name.replace("_", " ").capitalize()
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    return _typed(name, title, field.description or "", field.annotation, field.metadata, default)


def _typed(name: str, title: str, told: str, kind: Any, metadata: Iterable[Any], default: Any) -> Spec:
    bare, optional = _without_none(kind)
    bare, inner = _without_annotation(bare)
    low, high = _bounds([*metadata, *inner], whole=bare is int)
    made = Spec(name, title, told, _kind(bare), default, low, high, optional=optional)
    if made.kind == "choice":
        return _with(made, choices=tuple(str(choice) for choice in get_args(bare)))
    if made.kind == "several":
        members = enumerate(get_args(bare))
        return _with(made, parts=tuple(_typed(str(i), "", "", member, (), None) for i, member in members))
    return made


def _kind(bare: Any) -> Kind:
    plain: dict[Any, Kind] = {bool: "switch", int: "whole", float: "number"}
    if bare in plain:
        return plain[bare]
    if get_origin(bare) is Literal:
        return "choice"
    if get_origin(bare) is tuple:
        return "texts" if Ellipsis in get_args(bare) else "several"
    return "text"


def _without_none(kind: Any) -> tuple[Any, bool]:
    if get_origin(kind) not in (Union, types.UnionType):
        return kind, False
    members = [member for member in get_args(kind) if member is not type(None)]
    return members[0], len(members) < len(get_args(kind))


def _without_annotation(kind: Any) -> tuple[Any, list[Any]]:
    if get_origin(kind) is not Annotated:
        return kind, []
    bare, *metadata = get_args(kind)
    return bare, [item for entry in metadata for item in getattr(entry, "metadata", [entry])]


def _bounds(metadata: list[Any], *, whole: bool) -> tuple[float, float]:
    """Ends that are themselves excluded stay reachable for decimals: the inline error explains them."""
    step = 1 if whole else 0
    low, high = (LEAST, MOST) if whole else (-math.inf, math.inf)
    for entry in metadata:
        low = max(low, getattr(entry, "ge", low), getattr(entry, "gt", low - step) + step)
        high = min(high, getattr(entry, "le", high), getattr(entry, "lt", high + step) - step)
    return low, high


def _with(spec: Spec, **fields: Any) -> Spec:
    return Spec(**{**spec.__dict__, **fields})


def _told(message: str) -> str:
    words = message.removeprefix("Value error, ").replace("Input should be ", "Must be ")
    return words[:1].upper() + words[1:]
