"""Decoding pages in a guarded process: libtiff, which unpacks compressed TIFF, may crash over damaged files."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from engine.control import Control
from engine.imaging.guard import Answer, guarded, task
from engine.imaging.pictures.page import pixels, quiet
from engine.imaging.pictures.pages import Stack, opened_picture
from engine.imaging.volume import Array

_AT_ONCE = 64 << 20
_ROOM = 512 << 20


@task
def unpacked(path: Path, numbers: Sequence[int]) -> Answer:
    """The pixels of these pages."""
    return {}, list(_decoded(path, numbers))


def pages_of(path: Path, stack: Stack, slices: Sequence[int], control: Control) -> Iterator[Array]:
    """The pixels of the slices of a stack, one after the other."""
    if not stack.guarded:
        yield from _decoded(path, [stack.pages[z] for z in slices])
        return
    waiting = iter([stack.pages[z] for z in slices])
    while numbers := list(islice(waiting, max(1, _AT_ONCE // stack.page_bytes))):
        control.check()
        most = len(numbers) * stack.page_bytes
        yield from guarded(unpacked, path, {"numbers": numbers}, memory=4 * most + _ROOM, most=most)[1]


def _decoded(path: Path, numbers: Sequence[int]) -> Iterator[Array]:
    with opened_picture(path) as (image, _):
        for number in numbers:
            if number or len(numbers) > 1:
                with quiet():
                    image.seek(number)
            yield pixels(image)
