"""From a validation failure to one line that names the field and the nearest known name."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engine.errors import RecipeError
from engine.recipe.schema import Choice
from engine.registry import Options, suggestion

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T", bound=Options)


def validated(model: type[M], values: Mapping[str, Any], where: str) -> M:
    """`values` as a `model`; RecipeError says which field of `where` is wrong and how to mend it."""
    try:
        return model.model_validate(values)
    except ValidationError as failure:
        raise _explained(model, failure, where) from None


def typed_options(choice: Choice, options: type[T], where: str) -> T:
    """The options of a choice, checked by the entry that was chosen."""
    return validated(options, choice.options, f"{where} '{choice.key}'")


def _explained(model: type[BaseModel], failure: ValidationError, where: str) -> RecipeError:
    first = failure.errors()[0]
    path = tuple(first["loc"])
    name = ".".join(str(part) for part in path)
    if first["type"] == "extra_forbidden":
        known = _fields_at(model, path[:-1])
        return RecipeError(f"{where} has no setting '{name}'", hint=suggestion(str(path[-1]), known))
    if first["type"] == "missing":
        return RecipeError(f"{where} lacks '{name}'", hint=f"Add {name} to {where}.")
    reason = str(first["msg"]).removeprefix("Value error, ")
    reason = reason[:1].lower() + reason[1:]
    given = first.get("input")
    told = f" (it says {given!r})" if isinstance(given, str | int | float | bool) else ""
    subject = f"'{name}' in {where}" if name else where
    return RecipeError(f"{subject} is wrong: {reason}{told}", hint="Correct the value and try again.")


def _fields_at(model: type[BaseModel], path: Iterable[int | str]) -> list[str]:
    schema = model.model_json_schema()
    node = schema
    for part in path:
        node = _resolved(node, schema)
        if isinstance(part, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(part) or node.get("additionalProperties", {})
    return sorted(_resolved(node, schema).get("properties", {}))


def _resolved(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    for option in node.get("anyOf", []):
        if "$ref" in option:
            return _resolved(option, schema)
    return node
