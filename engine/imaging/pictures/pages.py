"""The pages of a picture file, looked at without decoding them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from engine.errors import ReadError
from engine.imaging.pictures.kind import Kind, kind_of
from engine.imaging.pictures.page import quiet, size_of, values_of
from engine.imaging.stored.limits import MOST_EXPANSION, refuse_too_large
from engine.imaging.stored.values import Values

_MOST_PIXELS = 89_000_000  # beyond this Pillow suspects a bomb
_MOST_PAGES = 10_000
_SLACK = 4 * _MOST_PIXELS


@dataclass(frozen=True)
class Stack:
    """Pages of one size and one kind of numbers, by their places in the file; `guarded` where they may crash us."""

    pages: tuple[int, ...]
    size: tuple[int, int]
    values: Values
    mode: str
    guarded: bool = False

    @property
    def page_bytes(self) -> int:
        """What the numbers of one page take."""
        columns, rows = self.size
        return columns * rows * self.values.voxel_bytes


@contextmanager
def opened_picture(path: Path) -> Iterator[tuple[Any, Kind]]:
    """Pillow's image and its format; ReadError where it is none of those that are read."""
    with path.open("rb") as stream:
        kind = kind_of(stream.read(1024))
        if kind is None:
            hint = "Is it another format under this name, or cut short?"
            raise ReadError("this is not a PNG, JPEG, TIFF or BMP picture", path=path, hint=hint)
        stream.seek(0)
        with _image_of(kind, stream) as image:
            yield image, kind


@quiet()
def _image_of(kind: Kind, stream: BinaryIO) -> Any:
    # Of a file Pillow asks for as many bytes as a part of a PNG claims to have; of memory it gets what there is.
    return kind.open(BytesIO(stream.read()) if kind.name == "png" else stream)


@quiet()
def stacks(image: Any, path: Path) -> list[Stack]:
    """The pages, those that fit together in one stack each; ReadError where they are absurdly large or many."""
    count = image.n_frames if image.format == "TIFF" else 1
    if count > _MOST_PAGES:
        raise ReadError(f"it has {count} pages", path=path, hint="Save it as a NumPy array or as NIfTI.")
    groups: dict[tuple[tuple[int, int], Values, str], list[int]] = {}
    guarded = False
    for page in range(count):
        if page:
            image.seek(page)
        guarded = guarded or bool(getattr(image, "use_load_libtiff", False))
        groups.setdefault((_size(image, path), values_of(image), image.mode), []).append(page)
    found = [Stack(tuple(pages), size, values, mode, guarded) for (size, values, mode), pages in groups.items()]
    for stack in found:
        _refuse_bomb(stack, path)
    return found


def _size(image: Any, path: Path) -> tuple[int, int]:
    columns, rows = size_of(image)
    if columns < 1 or rows < 1 or columns * rows > _MOST_PIXELS:
        hint = "If it is sound, cut it into smaller pictures."
        raise ReadError(f"its header claims {columns} x {rows} pixels", path=path, hint=hint)
    return (columns, rows)


def _refuse_bomb(stack: Stack, path: Path) -> None:
    """One page may compress beyond measure; many may not."""
    refuse_too_large(path, (len(stack.pages), *stack.size))
    if len(stack.pages) * stack.page_bytes > path.stat().st_size * MOST_EXPANSION + _SLACK:
        hint = "If it is sound, save its pages as separate files."
        raise ReadError("its header claims more than the file can hold", path=path, hint=hint)
