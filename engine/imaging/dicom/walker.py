"""A walk over the raw bytes of a DICOM data set: its wanted elements, and where its pixels begin."""

from dataclasses import dataclass, field
from struct import Struct, error

from engine.imaging.dicom.tags import PIXELS, REPRESENTATIONS

UNDEFINED = 0xFFFFFFFF
_LONG = frozenset({b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"})
_SHORT = frozenset(b"AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US".split())
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_DEEPEST = 16

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


@dataclass(slots=True)
class Walk:
    """How far a walk has come: what it found, and the pixel element once it stands before it.

    `offset` and `length` are those of the pixel element's value, counted from the start of the data; `length` is
    -1 where it is encapsulated. `position` is where the element begins that is being read, for a new attempt.
    """

    position: int = 0
    found: Raw = field(default_factory=dict)
    pixels: int = 0
    offset: int = 0
    length: int = -1


def walk(data: bytes, begin: int, syntax: Syntax, state: Walk) -> int:
    """Walk to the pixels, or to the last whole element; returns where it stopped.

    Beyond the end of `data` where the value of an unwanted element ends there. OddError where it cannot go on.
    """
    return _walk_explicit(data, begin, syntax, state) if syntax.explicit else _walk_implicit(data, begin, syntax, state)


def _walk_explicit(data: bytes, position: int, syntax: Syntax, state: Walk) -> int:
    wanted, head, size = syntax.wanted, syntax.head.unpack_from, len(data)
    last = size - 8
    while position <= last:
        key, kind, length = head(data, position)
        if kind in _SHORT:
            value = position + 8
        elif kind in _LONG:
            value = position + 12
            if value > size:
                return position
            (length,) = syntax.length.unpack_from(data, position + 8)
        else:
            raise OddError
        if key in wanted:
            state.position = position
            end = _wanted(data, key, kind, value, length, syntax, state)
            if end < 0:
                return position
        elif length == UNDEFINED:
            state.position = position
            end = _passed_over(data, value, _inside(kind, syntax))
        else:
            end = value + length
        position = end
    return position


def _walk_implicit(data: bytes, position: int, syntax: Syntax, state: Walk) -> int:
    wanted, head, kinds = syntax.wanted, syntax.head.unpack_from, syntax.kinds
    last = len(data) - 8
    while position <= last:
        key, length = head(data, position)
        value = position + 8
        if key in wanted:
            state.position = position
            end = _wanted(data, key, kinds.get(key, b"OW"), value, length, syntax, state)
            if end < 0:
                return position
        elif length == UNDEFINED:
            state.position = position
            end = _passed_over(data, value, syntax)
        else:
            end = value + length
        position = end
    return position


def _wanted(data: bytes, key: bytes, kind: bytes, value: int, length: int, syntax: Syntax, state: Walk) -> int:
    """Keep the value and return its end; -1 at the pixels. ShortError where the value is not all there."""
    tag = syntax.wanted[key]
    if tag in PIXELS:
        state.pixels, state.offset = tag, value
        state.length = -1 if length == UNDEFINED else length
        return -1
    if kind != syntax.kinds[key] and not _usable(tag, kind, syntax.kinds[key]):
        return value + length if length != UNDEFINED else _passed_over(data, value, _inside(kind, syntax))
    if kind == b"SQ":
        items, end = items_of(data, value, length, syntax)
        state.found[tag] = items
        return end
    if length == UNDEFINED:
        raise OddError
    end = value + length
    if end > len(data):
        raise ShortError(end)
    state.found[tag] = data[value:end]
    return end


def _usable(tag: int, kind: bytes, expected: bytes) -> bool:
    """Whether a value of unknown representation is kept; not one of another, where it is another maker's element."""
    if kind == b"UN" and expected != b"SQ":
        return True
    if tag >> 16 & 1:
        return False
    raise OddError


def _inside(kind: bytes, syntax: Syntax) -> Syntax:
    """How the inside of an element of undefined length is written (PS3.5 6.2.2, note on UN)."""
    return IMPLICIT if kind == b"UN" else syntax


def items_of(data: bytes, value: int, length: int, syntax: Syntax, depth: int = 0) -> tuple[list[Raw], int]:
    """The items of a sequence, with their wanted elements, and where the sequence ends."""
    items: list[Raw] = []
    end = _items(data, value, length, syntax, items, depth)
    return items, end


def _passed_over(data: bytes, value: int, syntax: Syntax) -> int:
    """Where the sequence of undefined length that begins at `value` ends."""
    return _items(data, value, UNDEFINED, syntax, None, 0)


def _items(data: bytes, position: int, length: int, syntax: Syntax, kept: list[Raw] | None, depth: int) -> int:
    if depth > _DEEPEST:
        raise OddError
    stop = len(data) + 1 if length == UNDEFINED else position + length
    if length != UNDEFINED and stop > len(data):
        raise ShortError(stop)
    while position < stop:
        tag, size = _delimiter(data, position, syntax)
        position += 8
        if tag == _SEQUENCE_END:
            return position
        if tag != _ITEM:
            raise OddError
        if size != UNDEFINED and kept is None:
            position += size
            continue
        item: Raw = {}
        position = _item(data, position, size, syntax, item, depth)
        if kept is not None:
            kept.append(item)
    return _ended(position, length)


def _delimiter(data: bytes, position: int, syntax: Syntax) -> tuple[int, int]:
    if position + 8 > len(data):
        raise ShortError(position + 8)
    return syntax.number(data[position : position + 4]), syntax.length.unpack_from(data, position + 4)[0]


def _item(data: bytes, position: int, size: int, syntax: Syntax, item: Raw, depth: int) -> int:
    """Keep the wanted elements of one item, and return where it ends."""
    stop = len(data) + 1 if size == UNDEFINED else position + size
    if size != UNDEFINED and stop > len(data):
        raise ShortError(stop)
    wanted, ending = syntax.wanted, syntax.key(_ITEM_END)
    while position < stop:
        key, kind, value, length = _element(data, position, syntax)
        if key == ending:
            return value
        position = value + length
        if length == UNDEFINED or (kind == b"SQ" and key in wanted):
            nested: list[Raw] | None = [] if key in syntax.kinds else None
            position = _items(data, value, length, _inside(kind, syntax), nested, depth + 1)
            if nested is not None:
                item[wanted[key]] = nested
        elif key in syntax.kinds:
            _keep(data, key, kind, value, position, syntax, item)
    return _ended(position, size)


def _ended(position: int, length: int) -> int:
    if length == UNDEFINED:
        raise ShortError(position + 8)
    return position


def _keep(data: bytes, key: bytes, kind: bytes, value: int, end: int, syntax: Syntax, item: Raw) -> None:
    if kind != syntax.kinds[key] and not _usable(syntax.wanted[key], kind, syntax.kinds[key]):
        return
    if end > len(data):
        raise ShortError(end)
    item[syntax.wanted[key]] = data[value:end]


def _element(data: bytes, position: int, syntax: Syntax) -> tuple[bytes, bytes, int, int]:
    """Key, representation, place of the value and its length."""
    try:
        if not syntax.explicit:
            key, length = syntax.head.unpack_from(data, position)
            return key, syntax.kinds.get(key, b""), position + 8, length
        key, kind, length = syntax.head.unpack_from(data, position)
        if kind in _SHORT:
            return key, kind, position + 8, length
        (long,) = syntax.length.unpack_from(data, position + 8 if kind in _LONG else position + 4)
    except error:
        raise ShortError(position + 12) from None
    if kind in _LONG:
        return key, kind, position + 12, long
    if syntax.number(key) == _ITEM_END:
        return key, b"", position + 8, long
    raise OddError
