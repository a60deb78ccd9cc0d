"""DICOM: files under any name and in any order, put together to scans."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from engine.control import Control
from engine.errors import ReadError
from engine.imaging.dicom.joining import JOINED, joined_stack, offers
from engine.imaging.dicom.records import Slice, Stack
from engine.imaging.dicom.stacking import part_of, stacks_of
from engine.imaging.opened import OpenedScan
from engine.imaging.reader import Found, Progress, Reader, readers
from engine.imaging.source import ScanSource
from engine.imaging.unreadable import Unreadable
from engine.registry import Info

_MAGIC = b"DICM"
_GROUPS = (b"\x02\x00", b"\x08\x00", b"\x00\x02", b"\x00\x08")
_VRS = frozenset({b"UL", b"UI", b"CS", b"OB", b"SH", b"DA", b"TM", b"LO", b"AE", b"DT", b"SQ", b"PN", b"ST", b"US"})
_LONGEST = 1024


def claims(head: bytes) -> bool:
    """Whether it has DICOM's mark, or begins as files do that lack it: with an early element of a short value."""
    return head[128:132] == _MAGIC or _begins_with_element(head)


def _begins_with_element(head: bytes) -> bool:
    if len(head) < 16 or head[:2] not in _GROUPS:
        return False
    order = "little" if head[1] == 0 else "big"
    if int.from_bytes(head[2:4], order) > 0x0100:  # type: ignore[arg-type]
        return False
    if head[4:6] in _VRS:
        return True
    length = int.from_bytes(head[4:8], "little")
    return order == "little" and length <= _LONGEST and length % 2 == 0


def survey(paths: Sequence[Path], control: Control, progress: Progress) -> Iterable[Found]:
    """All scans in the files, and the files that hold none."""
    from engine.imaging.dicom.remembered import heads, stacks
    from engine.imaging.dicom.survey_pool import scan_heads

    slices: list[Slice] = []
    held: dict[Path, list[Slice]] = {}
    for item in scan_heads(paths, control, progress):
        if isinstance(item, Unreadable):
            yield item
        else:
            slices += item
            if item:
                held[item[0].file.path] = item
                heads.keep(item[0].file.path, item)
    control.check()
    copies = set(held)
    for stack in stacks_of(slices, control):
        files = stack.header.source.files
        copies.difference_update(files)
        stacks.keep(stack, [held[file] for file in files])
        yield stack.header
    for copy in sorted(copies):
        yield Unreadable(copy, "it is a copy of another file here, which is taken", "Nothing of it is lost.", copy=True)


def stack_at(source: ScanSource) -> Stack:
    """The scan put together anew from the heads of its files; ReadError if it is no longer there."""
    from engine.imaging.dicom.remembered import heads
    from engine.imaging.dicom.remembered import stacks as known

    pictures = [heads.of(path) for path in source.files]
    if (stack := known.of(source, pictures)) is not None:
        return stack
    stacks = stacks_of([picture for held in pictures for picture in held])
    joined = source.part.startswith(JOINED)
    begin = source.part.removeprefix(JOINED).strip()
    stack = next((stack for stack in stacks if _begins(stack, source.files[0], begin)), None)
    if stack is not None and joined:
        stack = joined_stack(stacks, stack)
    if stack is None or set(stack.header.source.files) != set(source.files):
        hint = "Its files have changed since it was found: look through the folder again."
        raise ReadError("the scan is no longer there as it was found", path=source.files[0], hint=hint)
    return Stack(replace(stack.header, source=source), stack.grid)


def _begins(stack: Stack, path: Path, part: str) -> bool:
    first = stack.grid[0][0]
    return first.file.path == path and part in ("", part_of(first))


def open_dicom(source: ScanSource) -> OpenedScan:
    """The scan, its voxels not yet read."""
    from engine.imaging.dicom.opened import OpenedStack

    return OpenedStack(stack_at(source))


readers.register(
    Reader(
        Info("dicom", "DICOM", "Series of slices, multi-frame files and mosaics, put together by their place."),
        (".dcm", ".dicom", ".ima"),
        claims,
        survey,
        open_dicom,
        offers,
    )
)
