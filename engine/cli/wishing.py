"""The options that say of which scan a picture is wanted and how, shared by all verbs that draw."""

import inspect
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.cli.looking import LayerWish, Wish
from engine.errors import PictureError
from engine.pictures.hanging import Hanging
from engine.pictures.layer import LayerKind


class PlaneName(StrEnum):
    """Which plane is shown."""

    ACQUIRED = "acquired"
    AXIAL = "axial"
    CORONAL = "coronal"
    SAGITTAL = "sagittal"


class KindName(StrEnum):
    """What a layer is; by its values and its name where it is automatic."""

    AUTO = "auto"
    SCAN = "scan"
    MAP = "map"
    HEATMAP = "heatmap"
    MASK = "mask"


KINDS: dict[KindName, LayerKind | None] = {
    KindName.AUTO: None,
    KindName.SCAN: "scan",
    KindName.MAP: "map",
    KindName.HEATMAP: "heatmap",
    KindName.MASK: "mask",
}
FOLLOW = 0

Layers = Annotated[
    list[Path] | None, typer.Option("--layer", metavar="FILE", help="A mask, map or heatmap to lay over it; repeat it.")
]
LayerKinds = Annotated[
    list[KindName] | None,
    typer.Option(
        "--layer-kind", metavar="KIND", help="What a layer is: auto, scan, map, heatmap or mask; in their order."
    ),
]
LayerFrames = Annotated[
    list[int] | None,
    typer.Option(
        "--layer-frame",
        metavar="NUMBER",
        help="Its frame, from 1; 0 the one that belongs to the scan's. In their order.",
    ),
]

HiddenLabels = Annotated[
    list[int] | None, typer.Option("--hide-label", metavar="LABEL", help="A label of masks not to draw; repeat it.")
]


def wish(
    patient: Annotated[str, typer.Option(help="Of a workspace: a pseudonym, such as P-003.")] = "",
    role: Annotated[str, typer.Option(help="Of a workspace: the scan's role, such as T2.")] = "",
    scan: Annotated[int | None, typer.Option("--scan", help="Which of several scans, from 1.")] = None,
    plane: Annotated[
        PlaneName, typer.Option("--plane", help="As the scanner took it, or the nearest of the patient.")
    ] = PlaneName.ACQUIRED,
    slice_number: Annotated[int | None, typer.Option("--slice", help="From 1; the middle one without it.")] = None,
    at: Annotated[
        float | None, typer.Option("--at", help="The slice at so many mm, growing to right, front and head.")
    ] = None,
    frame: Annotated[int, typer.Option(help="Which echo, time or b-value, from 1.")] = 1,
    window: Annotated[float | None, typer.Option("--window", help="The window's width, in the scan's values.")] = None,
    level: Annotated[float | None, typer.Option("--level", help="The window's level, in the scan's values.")] = None,
    preset: Annotated[
        str, typer.Option("--preset", help="A window by name: automatic, full range; of CT bone, lung, ...")
    ] = "",
    layer: Layers = None,
    layer_kind: LayerKinds = None,
    layer_frame: LayerFrames = None,
    hide_label: HiddenLabels = None,
    neurological: Annotated[bool, typer.Option("--neurological", help="The patient's left at the left.")] = False,
    patient_axes: Annotated[
        bool, typer.Option("--patient-axes", help="Cut an oblique scan along the patient's axes.")
    ] = False,
) -> Wish:
    """What these options say."""
    layers = layer_wishes(layer or [], layer_kind or [], layer_frame or [])
    hanging = Hanging("neurological" if neurological else "radiological", patient_axes)
    hidden = tuple(hide_label or ())
    return Wish(
        scan, patient, role, plane.value, slice_number, at, frame, window, level, preset, layers, hidden, hanging
    )


def layer_wishes(files: list[Path], kinds: list[KindName], frames: list[int]) -> tuple[LayerWish, ...]:
    """A layer per file, the first kind and frame for the first of them; PictureError where there are more of those."""
    for option, given in (("--layer-kind", len(kinds)), ("--layer-frame", len(frames))):
        if given > len(files):
            hint = f"Give each --layer at most one {option}, in the same order."
            raise PictureError(f"there are {given} {option} for {len(files)} --layer", hint=hint)
    kinds = kinds + [KindName.AUTO] * (len(files) - len(kinds))
    frames = frames + [FOLLOW] * (len(files) - len(frames))
    each = zip(files, kinds, frames, strict=True)
    return tuple(LayerWish(path, KINDS[kind], None if frame == FOLLOW else frame) for path, kind, frame in each)


def wished(verb: Callable[..., None]) -> Callable[..., None]:
    """A verb whose parameter `wish` is made of the options here, which come before its own options."""
    shared, own = inspect.signature(wish).parameters, inspect.signature(verb).parameters

    @wraps(verb)
    def told(**values: Any) -> None:
        verb(wish=wish(**{name: values.pop(name) for name in shared}), **values)

    needed = [one for one in own.values() if one.default is one.empty and one.name != "wish"]
    optional = [one for one in own.values() if one.default is not one.empty]
    parameters = [*needed, *shared.values(), *optional]
    signature = inspect.Signature([one.replace(kind=one.KEYWORD_ONLY) for one in parameters])
    vars(told).update(__signature__=signature, __annotations__={one.name: one.annotation for one in parameters})
    return told
