"""From the data of a run to `report.html` and its figures as files."""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from engine.files import write_text
from engine.report.data import ReportData
from engine.report.figures.svg import Drawing, figure_style
from engine.report.figures.training import training
from engine.report.target import TargetPart, target_part
from engine.report.words import BASE_RATE_NOTE, fitted_on, gap_sentence, limits, methods, protocol_sentences
from engine.runs.events import FoldStarted, RunStarted

_LONG_TABLE = 100


def write_report(run_folder_path: Path, data: ReportData) -> Path:
    """Write `report.html`, which needs no other file, and `pictures/*.svg` for papers; the page's path.

    The same data give the same bytes.
    """
    parts = [target_part(data, target) for target in data.recipe.targets]
    curves = training(data.events, "Training curves")
    for name, drawing in _pictures(parts, curves):
        write_text(run_folder_path / "pictures" / f"{name}.svg", drawing.alone())
    page = run_folder_path / "report.html"
    write_text(page, _rendered(data, parts, curves))
    return page


def _rendered(data: ReportData, parts: list[TargetPart], curves: Drawing | None) -> str:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    page = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("report.html")
    return page.render(
        data=data,
        title=data.recipe.title or data.recipe.name,
        started=_started(data),
        parts=parts,
        curves=curves,
        gap=gap_sentence(data, _tested_accuracy(data)),
        protocol=protocol_sentences(data),
        fitted=fitted_on(data.recipe, watched_part=_watched_part(data)),
        base_rate_note=BASE_RATE_NOTE if data.divided_by.key == "jackknife" else "",
        methods=methods(data),
        limits=limits(data),
        environment=[(name, _flat(value)) for name, value in data.environment.items()],
        recipe=data.recipe.to_toml(),
        figure_style=figure_style(),
        long_table=_LONG_TABLE,
    )


def _template(name: str) -> str:
    return (files("resources") / "report" / name).read_text(encoding="utf-8")


def _pictures(parts: list[TargetPart], curves: Drawing | None) -> Iterator[tuple[str, Drawing]]:
    for number, part in enumerate(parts, start=1):
        slug = re.sub(r"[^a-z0-9]+", "-", part.column.lower()).strip("-") or "target"
        for name, drawing in part.pictures.items():
            yield f"{number}-{slug}-{name}", drawing
    if curves is not None:
        yield "training", curves


def _watched_part(data: ReportData) -> bool:
    return any(isinstance(event, FoldStarted) and event.validation for event in data.events)


def _started(data: ReportData) -> str:
    moments = [event.at for event in data.events if isinstance(event, RunStarted)]
    return moments[0][:16].replace("T", " ") + " UTC" if moments else ""


def _tested_accuracy(data: ReportData) -> float | None:
    return data.figures(data.recipe.targets[0])["accuracy"].value


def _flat(value: Any, prefix: str = "") -> list[tuple[str, str]]:
    """Nested facts as rows of a name and a text."""
    if not isinstance(value, Mapping):
        return [(prefix, str(value))]
    return [row for key, inner in value.items() for row in _flat(inner, f"{prefix} {key}".strip())]
