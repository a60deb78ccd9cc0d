"""The doubts about a scan, kept beside a file that was made from it: so its certificate outlives the conversion."""

from collections.abc import Iterable
from typing import Any, cast, get_args

from engine.imaging.doubt import Doubt, Kind, Severity

DOUBTS = "Doubts"
_KINDS, _GRAVE = frozenset(get_args(Kind)), ("warn", "fail")
_MOST, _LONGEST = 50, 300
_OLD_SIDECAR = "the JSON file beside its source could not be used in full"


def told(doubts: Iterable[Doubt]) -> list[dict[str, str]]:
    """Those that are graver than notes, fails first; of voxels nothing, since they tell it again themselves."""
    lasting = dict.fromkeys(_lasting(doubt) for doubt in doubts if doubt.severity in _GRAVE and doubt.kind != "values")
    kept = sorted(lasting, key=lambda doubt: doubt.severity != "fail")[:_MOST]
    return [{"kind": doubt.kind, "severity": doubt.severity, "text": doubt.text[:_LONGEST]} for doubt in kept]


def doubts_told(values: dict[str, Any], name: str) -> tuple[Doubt, ...]:
    """Those that a side-car of this name lists; a doubt more where it lists what is none, or too many."""
    listed = values.get(DOUBTS, [])
    items = listed if isinstance(listed, list) else [listed]
    read = [_doubt(item) for item in items[:_MOST]]
    doubts = tuple(dict.fromkeys(doubt for doubt in read if doubt is not None))
    if None in read or len(items) > _MOST:
        return (*doubts, Doubt("sidecar", f"{DOUBTS} in {name} are not all understood"))
    return doubts


def _lasting(doubt: Doubt) -> Doubt:
    """A doubt about a side-car speaks of a file that does not lie beside the new one, and may name somebody."""
    return Doubt("sidecar", _OLD_SIDECAR, doubt.severity) if doubt.kind == "sidecar" else doubt


def _doubt(item: Any) -> Doubt | None:
    if not isinstance(item, dict):
        return None
    kind, severity, text = (item.get(key) for key in ("kind", "severity", "text"))
    if not (isinstance(text, str) and text.isprintable() and 0 < len(text) <= _LONGEST):
        return None
    if not (isinstance(kind, str) and kind in _KINDS and isinstance(severity, str) and severity in _GRAVE):
        return None
    return Doubt(cast(Kind, kind), text, cast(Severity, severity))
