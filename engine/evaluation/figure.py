"""A figure with its interval; a figure that cannot be had says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """A value and its interval, or None three times and the reason.

    `reason` beside a value is a caveat: how a convention made the figure what it is.
    """

    value: float | None
    low: float | None
    high: float | None
    reason: str = ""

    def as_json(self) -> dict[str, float | str | None]:
        """`value`, `low`, `high`, and `reason` where there is one."""
        told: dict[str, float | str | None] = {"value": self.value, "low": self.low, "high": self.high}
        return {**told, "reason": self.reason} if self.reason else told

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Figure":
        """The figure that `as_json` wrote."""
        return cls(values["value"], values["low"], values["high"], values.get("reason", ""))

    @classmethod
    def undefined(cls, reason: str) -> "Figure":
        """A figure that the data cannot give."""
        return cls(None, None, None, reason)


Metrics = Mapping[str, Mapping[str, Figure]]


def metrics_as_json(metrics: Metrics) -> dict[str, dict[str, dict[str, float | str | None]]]:
    """`{target: {name: {value, low, high}}}` for `metrics.json`."""
    return {target: {name: one.as_json() for name, one in figures.items()} for target, figures in metrics.items()}


def figures_from_json(values: Mapping[str, Any]) -> dict[str, Figure]:
    """The figures of one target, from their form in `metrics.json`."""
    return {name: Figure.from_json(figure) for name, figure in values.items()}
