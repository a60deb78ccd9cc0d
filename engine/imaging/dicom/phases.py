"""When the frames of a dynamic nuclear medicine scan were taken: phase after phase, each in even steps."""

from collections.abc import Iterator
from itertools import islice

from engine.imaging.dicom.elements import Elements


def times_of(elements: Elements, frames: int) -> tuple[float, ...]:
    """The time of each frame in ms from the beginning; empty where the header does not tell that of every one."""
    vectors = [elements.numbers(keyword) for keyword in ("PhaseVector", "TimeSliceVector")]
    if any(len(vector) != frames for vector in vectors):
        return ()
    begun = dict(islice(_begun(elements.items("PhaseInformationSequence")), frames))
    pairs = list(zip(*vectors, strict=True))
    return tuple(begun[pair] for pair in pairs) if all(pair in begun for pair in pairs) else ()


def _begun(phases: list[Elements]) -> Iterator[tuple[tuple[float, ...], float]]:
    """The beginning of each frame by the number of its phase and its own, both from 1."""
    now = 0.0
    for number, phase in enumerate(phases, start=1):
        count, duration = phase.whole("NumberOfFramesInPhase"), phase.number("ActualFrameDuration")
        if count is None or duration is None or duration <= 0:
            return
        now += phase.number("PhaseDelay") or 0.0
        step = duration + (phase.number("PauseBetweenFrames") or 0.0)
        yield from (((number, index + 1), now + index * step) for index in range(count))
        now += count * step
