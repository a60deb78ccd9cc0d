"""Typed access to raw DICOM elements; what a value should have been but is not is remembered."""

import math
from functools import lru_cache
from struct import Struct

from engine.imaging.dicom.element_syntax import Raw
from engine.imaging.dicom.tags import CREATORS, REPRESENTATIONS, TAGS, private_places
from engine.imaging.dicom.texts import decoded, decoded_name

_WIDTHS = {"US": ("H", 2), "SS": ("h", 2), "UL": ("L", 4), "FL": ("f", 4), "FD": ("d", 8)}
_PLACES = {name: private_places(name) for name in CREATORS}
_PADDING = b" \0"


class Elements:
    """The wanted elements of a data set or of an item of a sequence.

    Every method takes an element's DICOM keyword, and tells nothing (`None`, `()`, `""`) where it is absent, empty
    or not what it should be; of the last, `unclear` gives the keywords.
    """

    __slots__ = ("big", "charset", "raw", "unclear")

    def __init__(self, raw: Raw, big: bool, charset: bytes | None = None, unclear: set[str] | None = None) -> None:
        self.raw, self.big = raw, big
        own = raw.get(TAGS["SpecificCharacterSet"])
        self.charset = own if isinstance(own, bytes) else charset or b""
        self.unclear: set[str] = set() if unclear is None else unclear

    def __contains__(self, keyword: str) -> bool:
        return bool(self.raw.get(TAGS[keyword]))

    def value(self, keyword: str) -> bytes:
        """The bytes of an element."""
        value = self.raw.get(TAGS[keyword])
        return value if isinstance(value, bytes) else b""

    def text(self, keyword: str) -> str:
        """The text, all of its values."""
        value = self.value(keyword)
        return decoded(value, self.charset) if value else ""

    def name(self, keyword: str) -> str:
        """A person's name."""
        return decoded_name(self.value(keyword), self.charset)

    def texts(self, keyword: str) -> tuple[str, ...]:
        """Each value of a text."""
        value = self.value(keyword)
        return _split(value, self.charset) if value else ()

    def numbers(self, keyword: str) -> tuple[float, ...]:
        """Finite numbers, all of them or none."""
        value = self.value(keyword)
        numbers = _numbers(value, REPRESENTATIONS[TAGS[keyword]], self.big) if value else ()
        if numbers is None:
            self.unclear.add(keyword)
            return ()
        return numbers

    def number(self, keyword: str) -> float | None:
        """The first number."""
        numbers = self.numbers(keyword)
        return numbers[0] if numbers else None

    def whole(self, keyword: str) -> int | None:
        """The first number, where it is a whole one."""
        number = self.number(keyword)
        if number is not None and number != int(number):
            self.unclear.add(keyword)
            return None
        return None if number is None else int(number)

    def items(self, keyword: str) -> list["Elements"]:
        """The items of a sequence."""
        items = self.raw.get(TAGS[keyword])
        return (
            [Elements(item, self.big, self.charset, self.unclear) for item in items] if isinstance(items, list) else []
        )

    def first(self, keyword: str) -> "Elements | None":
        """The first item of a sequence."""
        items = self.raw.get(TAGS[keyword])
        if not isinstance(items, list) or not items:
            return None
        return Elements(items[0], self.big, self.charset, self.unclear)

    def private(self, keyword: str) -> bytes:
        """The bytes of a maker's own element, in whichever block the maker has reserved."""
        for creator, tag in _PLACES[keyword]:
            value = self.raw.get(tag)
            if value and self._created_by(creator, CREATORS[keyword]):
                return value if isinstance(value, bytes) else b""
        return b""

    def private_numbers(self, keyword: str) -> tuple[float, ...]:
        """The numbers of a maker's own element."""
        value = self.private(keyword)
        representation = REPRESENTATIONS[_PLACES[keyword][0][1]]
        return (_numbers(value, representation, self.big) or ()) if value else ()

    def _created_by(self, creator: int, name: str) -> bool:
        value = self.raw.get(creator)
        return isinstance(value, bytes) and value.strip(_PADDING).decode("latin-1") == name


@lru_cache(maxsize=4096)
def _split(value: bytes, charset: bytes) -> tuple[str, ...]:
    whole = decoded(value, charset)
    return tuple(part.strip(" \0") for part in whole.split("\\")) if whole else ()


@lru_cache(maxsize=4096)
def _numbers(value: bytes, representation: str, big: bool) -> tuple[float, ...] | None:
    """None where the bytes are no numbers."""
    if representation in _WIDTHS:
        letter, width = _WIDTHS[representation]
        numbers = _unpacker(letter, len(value) // width, big).unpack_from(value)
    else:
        try:
            numbers = tuple(float(part) for part in value.strip(_PADDING).split(b"\\") if part.strip(_PADDING))
        except ValueError:
            return None
    return numbers if all(map(math.isfinite, numbers)) else None


@lru_cache(maxsize=256)
def _unpacker(letter: str, count: int, big: bool) -> Struct:
    return Struct(f"{'>' if big else '<'}{count}{letter}")
