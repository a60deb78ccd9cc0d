"""What predicts a label without looking at the picture: a covariate, the scanner, the size, the folder."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os.path import commonpath

from engine.audit.divisions import is_part, values_of
from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, Severity
from engine.audit.material import Material
from engine.audit.predicting import Power, power
from engine.audit.signature import Signature
from engine.cohort import Patient, Scan
from engine.registry import Info

WARNS, FAILS, CHANCE = 0.8, 0.95, 0.01
_SAYING = 0.8
_ACTION = (
    "Compare any model with one that knows only this; match or stratify the patients by it, or say in the paper that "
    "the picture may not be needed."
)

Facts = Mapping[str, Mapping[str, str]]


def find(material: Material) -> Iterable[Finding]:
    """A warning from an area of 0.8 on, an error from 0.95 on, both only where chance does as well in under 1 %."""
    facts = _facts(material)
    for column in material.cohort.label_columns:
        labels = {one.key: one.labels[column] for one in material.cohort.patients if column in one.labels}
        if len(set(labels.values())) < 2 or all(is_part(value) for value in labels.values()):
            continue
        for name, values in facts.items():
            material.control.check()
            if name != column:
                yield from _told(material, column, name, labels, values)


def _told(
    material: Material, column: str, name: str, labels: Mapping[str, str], values: Mapping[str, str]
) -> Iterator[Finding]:
    known = [key for key in labels if key in values]
    if len(known) < _SAYING * len(labels):
        return
    found = power([values[key] for key in known], [labels[key] for key in known])
    if found is not None and found.area >= WARNS and found.chance < CHANCE:
        severity: Severity = "error" if found.area >= FAILS else "warn"
        yield Finding("confounder", severity, _reason(found, column, name, len(known)), _ACTION)


def _reason(found: Power, column: str, name: str, patients: int) -> str:
    share = f"AUC {found.area:.2f} on unseen patients, {patients} patients, p = {found.chance:.3g}"
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
    source = _sources(material)
    for patient in material.cohort.patients:
        scans = [scan for scan in patient.scans if scan.id in places]
        signed = [(scan, material.gallery.signatures[places[scan.id]]) for scan in scans]
        for name, value in _of_scans(patient, signed, source).items():
            found[name][patient.key] = value
    return found


def _of_scans(
    patient: Patient, signed: Sequence[tuple[Scan, Signature]], source: Mapping[int, str]
) -> Mapping[str, str]:
    good = [(scan, signature) for scan, signature in signed if not signature.failure]
    if not good:
        return {}
    told = {
        "the scanner": _usual(signature.scanner for _, signature in good),
        "the image size": _usual(" x ".join(map(str, scan.shape[:2])) for scan, _ in good),
        "the number of slices": str(max(scan.shape[2] for scan, _ in good)),
        "the voxel size": _usual(" x ".join(f"{mm:.2g}" for mm in signature.spacing) for _, signature in good),
        "the file format": _usual(scan.format for scan, _ in good),
        "the folder the files came in": _usual(source.get(scan.id, "") for scan, _ in good),
        "a mark in the margin": str(any(signature.cells for _, signature in good)),
        "a frame around the picture": str(any(signature.frame for _, signature in good)),
    }
    return {name: value for name, value in told.items() if value}


def _usual(values: Iterable[str]) -> str:
    heads = Counter(value for value in values if value)
    return heads.most_common(1)[0][0] if heads else ""


def _sources(material: Material) -> Mapping[int, str]:
    """The folders between the cohort's common one and a scan, without those that name a class or a part."""
    if not material.scans:
        return {}
    home = commonpath([scan.source.files[0].parent for scan in material.scans])
    classes = {value.lower() for patient in material.cohort.patients for value in patient.labels.values()}
    found = {}
    for scan in material.scans:
        folders = scan.source.files[0].parent.relative_to(home).parts
        named = [name for name in folders if name.lower() not in classes and not is_part(name)]
        found[scan.id] = "/".join(named) or "."
    return found


finders.register(
    Finder(Info("confounders", "Confounders", "Facts that predict a label without the picture."), ("confounder",), find)
)
