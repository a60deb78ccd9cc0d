"""Which frame of a layer belongs to a frame of the scan beneath: the one of the same echo time, b-value and so on."""

from engine.imaging.volume import FrameAxis, Volume

NEAR_MS, NEAR_SHARE = 1.0, 0.02


def frame_beside(own: Volume, base: Volume, frame: int) -> int | None:
    """The frame of `own` that belongs to one of `base`, None where none does.

    Frames belong together by their values, of one kind and nearly alike; by their numbers where one of the volumes
    has no values, and both have as many frames.
    """
    ours, theirs = own.frame_axis, base.frame_axis
    if own.frames == 1 or own.array is base.array:
        return None
    if ours.values and theirs.values:
        return _by_value(ours, theirs, frame) if ours.kind == theirs.kind else None
    return frame if own.frames == base.frames else None


def can_follow(own: Volume, base: Volume) -> bool:
    """Whether any frame belongs to one of the scan."""
    return any(frame_beside(own, base, frame) is not None for frame in range(base.frames))


def should_follow(own: Volume, base: Volume) -> bool:
    """Whether it can, and neither says less than the other of what its frames are."""
    alike = bool(own.frame_axis.values) == bool(base.frame_axis.values)
    return alike and can_follow(own, base)


def _by_value(ours: FrameAxis, theirs: FrameAxis, frame: int) -> int | None:
    wanted = theirs.values[frame]
    nearest = min(range(len(ours.values)), key=lambda place: abs(ours.values[place] - wanted))
    return nearest if abs(ours.values[nearest] - wanted) <= _tolerance(ours, wanted) else None


def _tolerance(axis: FrameAxis, value: float) -> float:
    """Half a step in a course of time, where values grow while steps do not."""
    if axis.kind == "time" and len(axis.values) > 1:
        return (max(axis.values) - min(axis.values)) / (len(axis.values) - 1) / 2
    return max(NEAR_MS, NEAR_SHARE * abs(value))
