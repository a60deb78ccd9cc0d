"""What predicts a label without looking at the picture: a covariate, the scanner, the size, the folder."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from engine.audit.divisions import is_part, values_of
from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, Severity
from engine.audit.labelled import head, labels_of
from engine.audit.material import Material
from engine.audit.predicting import SHUFFLES, Power, holm, power
from engine.audit.signature import Signature
from engine.audit.source_folders import source_folders
from engine.cohort import Scan
from engine.registry import Info

WARNS, FAILS, CHANCE = 0.8, 0.95, 0.01
_SAYING = 0.8
_COUNTED, _FOLDER = "the number of slices", "the folder the files came in"
_ACTION = (
    "Compare any model with one that knows only this; match or stratify the patients by it, or say in the paper that "
    "the picture may not be needed."
)

Facts = Mapping[str, Mapping[str, str]]


def find(material: Material) -> Iterable[Finding]:
    """A warning from an area of 0.8 on, an error from 0.95 on, both only where chance does as well in under 1 %.

    That many facts are tried for each label is corrected for, by Holm's method over the facts.
    """
    facts = _facts(material)
    for column in material.cohort.label_columns:
        labels = labels_of(material.cohort, column)
        if len(set(labels.values())) < 2 or all(is_part(value) for value in labels.values()):
            continue
        said = {name: values for name, values in facts.items() if _says_enough(values, labels)}
        yield from _told(column, _powers(material, said, labels), head(material.cohort))


def _says_enough(values: Mapping[str, str], labels: Mapping[str, str]) -> bool:
    return sum(key in values for key in labels) >= _SAYING * len(labels)


def _powers(material: Material, facts: Facts, labels: Mapping[str, str]) -> dict[str, tuple[Power, int]]:
    """What each fact that can be judged tells of the label, and of how many patients.

    Where it looks as if it told something, labels are shuffled so often that the correction has room.
    """
    found: dict[str, tuple[Power, int]] = {}
    for name, values in facts.items():
        known = [key for key in labels if key in values]
        told, named = ([source[key] for key in known] for source in (values, labels))
        words = name != _COUNTED and not name.startswith("covariate")
        for shuffles in (SHUFFLES, SHUFFLES * max(len(facts), 1)):
            material.control.check()
            one = power(told, named, words=words, shuffles=shuffles)
            if one is not None:
                found[name] = (one, len(known))
            if one is None or one.area < WARNS or one.chance >= CHANCE:
                break
    return found


def _told(column: str, found: Mapping[str, tuple[Power, int]], noun: str) -> Iterator[Finding]:
    corrected = holm([one.chance for one, _ in found.values()])
    for (name, (raw, patients)), chance in zip(found.items(), corrected, strict=True):
        one = replace(raw, chance=chance)
        if one.area >= WARNS and one.chance < CHANCE:
            severity: Severity = "error" if one.area >= FAILS else "warn"
            yield Finding("confounder", severity, _reason(one, column, name, patients, len(found), noun), _ACTION)


def _reason(found: Power, column: str, name: str, patients: int, facts: int, noun: str) -> str:
    tried = f", corrected for {facts} facts tried" if facts > 1 else ""
    share = f"AUC {found.area:.2f} on unseen {noun}s, {patients} {noun}s, p = {found.chance:.2g}{tried}"
    return f"{name[:1].upper()}{name[1:]} alone predicts '{column}' ({share})."


def _facts(material: Material) -> Facts:
    """Values by patient, by the name of what they are."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    targets = set(material.cohort.label_columns)
    for patient in material.cohort.patients:
        for name, value in values_of(patient).items():
            if name not in targets:
                found[f"covariate '{name}'"][patient.key] = value
    places = {scan.id: place for place, scan in enumerate(material.scans)}
    source = source_folders(material.cohort, material.scans)
    for patient in material.cohort.patients:
        scans = [scan for scan in patient.scans if scan.id in places]
        signed = [(scan, material.gallery.signatures[places[scan.id]]) for scan in scans]
        for name, value in _of_scans(signed, source).items():
            found[name][patient.key] = value
    return found


def _of_scans(signed: Sequence[tuple[Scan, Signature]], source: Mapping[int, str]) -> Mapping[str, str]:
    good = [(scan, signature) for scan, signature in signed if not signature.failure]
    if not good:
        return {}
    told = {
        "the scanner": _usual(signature.scanner for _, signature in good),
        "the image size": _usual(" x ".join(map(str, scan.shape[:2])) for scan, _ in good),
        _COUNTED: str(max(scan.shape[2] for scan, _ in good)),
        "the voxel size": _usual(" x ".join(f"{mm:.2g}" for mm in signature.spacing) for _, signature in good),
        "the file format": _usual(scan.format for scan, _ in good),
        _FOLDER: _usual(source.get(scan.id, "") for scan, _ in good),
        "a mark in the margin": str(any(signature.cells for _, signature in good)),
        "a frame around the picture": str(any(signature.frame for _, signature in good)),
    }
    return {name: value for name, value in told.items() if value}


def _usual(values: Iterable[str]) -> str:
    heads = Counter(value for value in values if value)
    return heads.most_common(1)[0][0] if heads else ""


finders.register(
    Finder(Info("confounders", "Confounders", "Facts that predict a label without the picture."), ("confounder",), find)
)
