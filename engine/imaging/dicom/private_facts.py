"""What makers keep in elements of their own: b-values, and which part of a complex number is shown."""

from engine.imaging.dicom.elements import Elements

_GE_OFFSET = 1e9
_GE_COMPONENTS = {0.0: "MAGNITUDE", 1.0: "PHASE", 2.0: "REAL", 3.0: "IMAGINARY"}


def b_value(elements: Elements) -> float | None:
    """In s/mm², from the standard's element or the maker's."""
    standard = elements.number("DiffusionBValue")
    if standard is not None:
        return standard
    for keyword in ("SiemensBValue", "PhilipsBValue"):
        numbers = elements.private_numbers(keyword)
        if numbers:
            return _sensible(numbers[0])
    numbers = elements.private_numbers("GeBValue")
    return _sensible(numbers[0] % _GE_OFFSET) if numbers and numbers[0] > 0 else None


def component(elements: Elements) -> str:
    """Which part of a complex number the picture shows, as GE tells it."""
    numbers = elements.private_numbers("GeComponent")
    return _GE_COMPONENTS.get(numbers[0], "") if numbers else ""


def _sensible(number: float) -> float | None:
    return number if 0 <= number < 1e6 else None
