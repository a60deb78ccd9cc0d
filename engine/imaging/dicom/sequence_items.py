"""The items of DICOM sequences: their wanted elements, or no more than where they end."""

from struct import error

from engine.imaging.dicom.element_syntax import IMPLICIT, LONG, SHORT, UNDEFINED, OddError, Raw, ShortError, Syntax

_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_DEEPEST = 16


def usable(tag: int, kind: bytes, expected: bytes) -> bool:
    """Whether a value of unknown representation is kept; not one of another, where it is another maker's element."""
    if kind == b"UN" and expected != b"SQ":
        return True
    if tag >> 16 & 1:
        return False
    raise OddError


def inside(kind: bytes, syntax: Syntax) -> Syntax:
    """How the inside of an element of undefined length is written (PS3.5 6.2.2, note on UN)."""
    return IMPLICIT if kind == b"UN" else syntax


def items_of(data: bytes, value: int, length: int, syntax: Syntax, depth: int = 0) -> tuple[list[Raw], int]:
    """The items of a sequence, with their wanted elements, and where the sequence ends."""
    items: list[Raw] = []
    end = _items(data, value, length, syntax, items, depth)
    return items, end


def passed_over(data: bytes, value: int, syntax: Syntax) -> int:
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
            position = _items(data, value, length, inside(kind, syntax), nested, depth + 1)
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
    if kind != syntax.kinds[key] and not usable(syntax.wanted[key], kind, syntax.kinds[key]):
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
        if kind in SHORT:
            return key, kind, position + 8, length
        (long,) = syntax.length.unpack_from(data, position + 8 if kind in LONG else position + 4)
    except error:
        raise ShortError(position + 12) from None
    if kind in LONG:
        return key, kind, position + 12, long
    if syntax.number(key) == _ITEM_END:
        return key, b"", position + 8, long
    raise OddError
