"""When a picture was taken, as its header says."""

from datetime import date
from functools import lru_cache

from engine.imaging.dicom.elements import Elements

_CLOCK = 24 * 60 * 60


def acquired(elements: Elements) -> float | None:
    """Seconds since midnight."""
    told = time(elements, "AcquisitionTime")
    return time(elements, "AcquisitionDateTime", begin=8) if told is None else told


def time(elements: Elements, keyword: str, begin: int = 0) -> float | None:
    """Seconds since midnight, of the text from its `begin` on."""
    if keyword not in elements:
        return None
    told = seconds(elements.text(keyword)[begin:])
    if told is None:
        elements.unclear.add(keyword)
    return told


@lru_cache(maxsize=1024)
def seconds(time: str) -> float | None:
    """Since midnight, of `HHMMSS.ffffff` or what there is of it, colons and zone as they may be."""
    digits, _, fraction = time.replace(":", "").split("+")[0].split("-")[0].strip().partition(".")
    if len(digits) not in (2, 4, 6) or not digits.isdecimal() or (fraction and not fraction.isdecimal()):
        return None
    parts = [int(digits[at : at + 2] or 0) for at in (0, 2, 4)]
    whole = parts[0] * 3600 + parts[1] * 60 + parts[2]
    return whole + float(f"0.{fraction or 0}") if whole <= _CLOCK else None


@lru_cache(maxsize=256)
def day(text: str) -> int | None:
    """A running number, of a text that begins with `YYYYMMDD`."""
    digits = text.replace(".", "")[:8]
    if len(digits) != 8 or not (digits.isascii() and digits.isdecimal()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).toordinal()
    except ValueError:
        return None
