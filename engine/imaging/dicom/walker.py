"""A walk over the raw bytes of a DICOM data set: its wanted elements, and where its pixels begin."""

from dataclasses import dataclass, field

from engine.imaging.dicom.element_syntax import LONG, SHORT, UNDEFINED, OddError, Raw, ShortError, Syntax
from engine.imaging.dicom.sequence_items import inside, items_of, passed_over, usable
from engine.imaging.dicom.tags import PIXELS


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
        if kind in SHORT:
            value = position + 8
        elif kind in LONG:
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
            end = passed_over(data, value, inside(kind, syntax))
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
            end = passed_over(data, value, syntax)
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
    if kind != syntax.kinds[key] and not usable(tag, kind, syntax.kinds[key]):
        return value + length if length != UNDEFINED else passed_over(data, value, inside(kind, syntax))
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
