"""Relaxation maps of a whole scan."""

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from engine.control import Control
from engine.errors import MapError
from engine.imaging.volume import FrameAxis, Volume
from engine.maps.blocks import MapBlocks
from engine.maps.maps import Maps
from engine.maps.model import MODELS, refusal
from engine.maps.noise import noise_of, sampled, threshold

Progress = Callable[[int, int], None]

_MOST_THREADS = 4
_HINT = (
    "Maps need at least 3 frames with known echo, repetition or inversion times: give them in a JSON file beside it."
)


def can_map(volume: Volume) -> str:
    """Why a scan gives no relaxation maps; empty where it does."""
    return refusal(volume.frame_axis.kind, volume.frame_axis.values, volume.frames)


def relaxation_maps(volume: Volume, control: Control | None = None, progress: Progress | None = None) -> Maps:
    """The maps of a scan whose frames are echo (T2), repetition or inversion times (T1).

    A voxel is nan where its frames are not finite, below zero by more than a tenth, no stronger than noise, or where
    its time lies beyond what the frames can tell or R² is under a fifth. MapError where the frames tell no time;
    Cancelled when asked. At most half the memory of scan and maps is in use beside them.
    """
    if reason := can_map(volume):
        raise MapError(reason, hint=_HINT)
    control = control or Control()
    control.check()
    axis = volume.frame_axis
    model, times = MODELS[axis.kind], np.asarray(axis.values, np.float32)
    noise = noise_of(model, times, sampled(volume.array))
    maps = np.full((4, *volume.array.shape[1:]), np.nan, np.float32)
    work = MapBlocks(model, times, volume.array, threshold(noise), maps)
    _fill(work, control, progress or (lambda done, total: None))
    time, rate, m0, goodness = (volume.with_array(one[None], axis=FrameAxis()) for one in maps)
    return Maps(model, time, rate, m0, goodness, noise, work.threshold)


def _fill(work: MapBlocks, control: Control, progress: Progress) -> None:
    """Few blocks are under way at a time, so that pausing and cancelling take effect at once."""
    threads = min(_MOST_THREADS, _usable_cores())
    blocks = work.blocks()
    pending: deque[Future[None]] = deque()
    with ThreadPoolExecutor(threads, "isocenter-maps") as pool:
        for done, block in enumerate(blocks):
            control.check()
            pending.append(pool.submit(work.fill, block))
            if len(pending) > 2 * threads:
                pending.popleft().result()
            progress(done, len(blocks))
        for future in pending:
            future.result()
    progress(len(blocks), len(blocks))


def _usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
