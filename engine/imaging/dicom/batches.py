"""In which order the pictures of a scan are read, and which of them together."""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple, TypeVar

from engine.imaging.dicom.records import Slice

_BATCH_BYTES = 8 << 20
_Made = TypeVar("_Made")


class Place(NamedTuple):
    """Where a picture lies in the scan."""

    frame: int
    z: int
    picture: Slice


Batch = list[Place]


def outwards(count: int, middle: int) -> list[int]:
    """0 ... count - 1 by their distance from the middle one."""
    return sorted(range(count), key=lambda index: abs(index - middle))


def batches(places: Sequence[Place]) -> list[Batch]:
    """Places that follow each other and lie in one file, up to some megabytes; the first comes with few others."""
    found: list[Batch] = []
    for place in places:
        if found and _together(found[-1], place, alone=len(found) == 1):
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _together(batch: Batch, place: Place, *, alone: bool) -> bool:
    last, picture = batch[-1].picture, place.picture
    if last.file is not picture.file or last.index == picture.index:
        return last.file is picture.file
    file = picture.file
    frame = file.rows * file.columns * file.encoding.samples * max(file.encoding.bits_allocated, 8) // 8
    return not alone and (len(batch) + 1) * frame <= _BATCH_BYTES


def in_order(work: Callable[[Batch], _Made], items: Sequence[Batch], threads: int) -> Generator[tuple[Batch, _Made]]:
    """Each item with what work makes of it, in their order, a few of them ahead."""
    if threads == 1:
        for item in items:
            yield item, work(item)
        return
    with ThreadPoolExecutor(threads, "isocenter-pixels") as pool:
        begun: deque[tuple[Batch, Future[_Made]]] = deque()
        try:
            for item in items:
                begun.append((item, pool.submit(work, item)))
                if len(begun) > 2 * threads:
                    done, future = begun.popleft()
                    yield done, future.result()
            while begun:
                done, future = begun.popleft()
                yield done, future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
