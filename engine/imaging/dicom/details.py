"""Plain facts of a DICOM header that tell nothing of who the patient is."""

from collections.abc import Mapping
from functools import lru_cache

from engine.imaging.dicom.elements import Elements
from engine.imaging.dicom.tags import TAGS
from engine.imaging.header import Identity
from engine.imaging.untold import untold

_TEXTS = {
    "sex": "PatientSex",
    "manufacturer": "Manufacturer",
    "model": "ManufacturerModelName",
    "protocol": "ProtocolName",
    "sequence": "SequenceName",
    "pulse sequence": "PulseSequenceName",
    "body part": "BodyPartExamined",
    "laterality": "Laterality",
    "image laterality": "ImageLaterality",
    "view position": "ViewPosition",
    "units": "Units",
}
_NUMBERS = {
    "weight (kg)": "PatientWeight",
    "field strength (T)": "MagneticFieldStrength",
    "kvp": "KVP",
    "flip angle (degrees)": "FlipAngle",
    "echo time (ms)": "EchoTime",
    "repetition time (ms)": "RepetitionTime",
    "inversion time (ms)": "InversionTime",
}
_AGE = "PatientAge"
_YEARS = {"Y": 1.0, "M": 12.0, "W": 52.1775, "D": 365.2425}
_READ = tuple(TAGS[keyword] for keyword in (*_TEXTS.values(), *_NUMBERS.values(), _AGE))


def of(elements: Elements, who: Identity | None = None) -> Mapping[str, str]:
    """The facts that the header gives, each in words; age in years. One mapping for all files that say the same.

    What tells in them who the patient is, is left out.
    """
    raw = elements.raw
    return _of(tuple(raw.get(tag) for tag in _READ), elements.big, elements.charset, who)


@lru_cache(maxsize=512)
def _of(values: tuple[bytes | None, ...], big: bool, charset: bytes, who: Identity | None) -> Mapping[str, str]:
    pairs = zip(_READ, values, strict=True)
    elements = Elements({tag: value for tag, value in pairs if value is not None}, big, charset)
    told = {name: untold(elements.text(keyword), who) for name, keyword in _TEXTS.items()}
    numbers = {name: elements.number(keyword) for name, keyword in _NUMBERS.items()}
    told |= {name: f"{number:.6g}" for name, number in numbers.items() if number}
    told["age"] = _years(elements.text(_AGE))
    return {name: text for name, text in sorted(told.items()) if text}


def _years(age: str) -> str:
    """Years from the form `045Y`."""
    if not age[:-1].isdecimal() or age[-1] not in _YEARS:
        return ""
    years = int(age[:-1]) / _YEARS[age[-1]]
    return f"{years:.4g}" if years else ""
