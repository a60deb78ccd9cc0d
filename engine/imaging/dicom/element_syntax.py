"""How the elements of a DICOM data set are written, and what is wrong where they are not."""

from struct import Struct

from engine.imaging.dicom.tags import PIXELS, REPRESENTATIONS

UNDEFINED = 0xFFFFFFFF
LONG = frozenset({b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"})
SHORT = frozenset(b"AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US".split())

Raw = dict[int, "bytes | list[Raw]"]


class OddError(Exception):
    """The bytes are not what a plain DICOM data set looks like; a more patient reader may understand them."""


class ShortError(Exception):
    """The bytes end too early; `needed` is how many there have to be, counted from the same start."""

    def __init__(self, needed: int = 0) -> None:
        super().__init__()
        self.needed = needed


class Syntax:
    """How elements are written: `explicit` representations or not, `big` endian or little."""

    __slots__ = ("big", "explicit", "head", "kinds", "length", "tag", "wanted")

    def __init__(self, *, explicit: bool, big: bool) -> None:
        order = ">" if big else "<"
        self.explicit, self.big = explicit, big
        self.head = Struct(order + ("4s2sH" if explicit else "4sL"))
        self.length = Struct(order + "L")
        self.tag = Struct(order + "HH")
        known = REPRESENTATIONS | dict.fromkeys(PIXELS, "OW")
        self.wanted = {self.key(tag): tag for tag in known}
        self.kinds = {self.key(tag): kind.encode() for tag, kind in REPRESENTATIONS.items()}

    def key(self, tag: int) -> bytes:
        """A tag as it stands in the file."""
        return self.tag.pack(tag >> 16, tag & 0xFFFF)

    def number(self, key: bytes) -> int:
        """The tag that stands there."""
        group, element = self.tag.unpack(key)
        return int(group << 16 | element)


EXPLICIT = Syntax(explicit=True, big=False)
IMPLICIT = Syntax(explicit=False, big=False)
BIG = Syntax(explicit=True, big=True)
