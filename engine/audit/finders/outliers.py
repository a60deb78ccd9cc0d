"""Scans unlike the others of their role: in size, spacing, orientation, brightness or contrast."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, counted
from engine.audit.material import Material
from engine.audit.remedy import ExcludeScans
from engine.audit.signature import Signature
from engine.cohort import Scan
from engine.registry import Info

FAR, USUAL, RARE = 8.0, 0.9, 0.05
_FEWEST = 10
_LOOK = "Look at it beside others: is it the right body part, sequence and patient? Exclude it if not."
_EMPTY = "Exclude it: there is nothing to see in it."

Signed = Sequence[tuple[Scan, Signature]]


def find(material: Material) -> Iterable[Finding]:
    """Warnings for what lies more than eight median deviations off, or is rare where nearly all agree."""
    by_role: dict[str, list[tuple[Scan, Signature]]] = defaultdict(list)
    for scan, signature in zip(material.scans, material.gallery.signatures, strict=True):
        if not signature.failure:
            by_role[scan.role].append((scan, signature))
    for role, signed in sorted(by_role.items()):
        yield from _empty(role, signed)
        if len(signed) >= _FEWEST:
            yield from _odd_facts(role, signed)
            yield from _far_off(role, [(scan, one) for scan, one in signed if one.high > one.low])


def _empty(role: str, signed: Signed) -> Iterator[Finding]:
    empty = tuple(scan for scan, signature in signed if signature.high <= signature.low)
    if empty:
        reason = f"{counted(len(empty), 'scan')} of role '{role}' show one grey level in the centre slice."
        yield Finding("outlier", "warn", reason, _EMPTY, empty, remedy=_excluded(empty, "nothing to see in it"))


def _odd_facts(role: str, signed: Signed) -> Iterator[Finding]:
    facts = {
        "size": [" x ".join(map(str, scan.shape[:2])) for scan, _ in signed],
        "voxel size": [" x ".join(f"{mm:.2g}" for mm in signature.spacing) + " mm" for _, signature in signed],
        "orientation": [signature.orientation for _, signature in signed],
        "frames": [str(scan.frames) for scan, _ in signed],
    }
    for what, values in facts.items():
        (usual, most), *_ = heads = Counter(values).most_common()
        if most >= USUAL * len(values):
            for value, count in heads[1:]:
                if count <= max(1, RARE * len(values)):
                    odd = tuple(scan for (scan, _), own in zip(signed, values, strict=True) if own == value)
                    reason = f"{counted(count, 'scan')} of role '{role}': {what} {value}, where {most} have {usual}."
                    others = (_excluded(odd, f"unusual {what}"),)
                    yield Finding("outlier", "warn", reason, _LOOK, odd, others=others)


def _far_off(role: str, signed: Signed) -> Iterator[Finding]:
    if len(signed) < _FEWEST:
        return
    figures = {
        "brightness": [_brightness(one) for _, one in signed],
        "contrast": [float(np.log(one.spread + 1e-9) - np.log(one.high - one.low)) for _, one in signed],
        "range of values": [float(np.log(one.high - one.low)) for _, one in signed],
        "number of slices": [float(np.log(scan.shape[2])) for scan, _ in signed],
    }
    for what, values in figures.items():
        far = _deviations(np.array(values))
        odd = tuple(scan for (scan, _), off in zip(signed, far, strict=True) if off > FAR)
        if odd and len(odd) <= max(1, RARE * len(signed)):
            reason = f"{counted(len(odd), 'scan')} of role '{role}' lie far from the others in {what}."
            others = (_excluded(odd, f"unusual {what}"),)
            yield Finding("outlier", "warn", reason, _LOOK, odd, others=others)


def _excluded(scans: tuple[Scan, ...], because: str) -> ExcludeScans:
    return ExcludeScans(tuple(scan.id for scan in scans), because)


def _brightness(signature: Signature) -> float:
    """Where the mean lies between dark and white."""
    return (signature.mean - signature.low) / (signature.high - signature.low)


def _deviations(values: np.ndarray) -> np.ndarray:
    """How many median absolute deviations, scaled to match standard ones, each lies from the median."""
    off = np.abs(values - np.median(values))
    usual = 1.4826 * float(np.median(off))
    return np.asarray(off / max(usual, 0.02 * float(np.ptp(values)), 1e-2))


finders.register(
    Finder(
        Info("outliers", "Outliers", "Scans unlike the others in size, geometry or grey levels."), ("outlier",), find
    )
)
