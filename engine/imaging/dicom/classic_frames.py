"""Multi-frame files from before functional groups: nuclear medicine, ultrasound, radiotherapy dose, captures."""

from dataclasses import replace
from itertools import accumulate

from engine.imaging.dicom.elements import Elements
from engine.imaging.dicom.phases import times_of
from engine.imaging.dicom.pictures import cross, directions, moved, position
from engine.imaging.dicom.projections import is_view
from engine.imaging.dicom.records import Slice, Vector

_UP: Vector = (0.0, 0.0, 1.0)
_NEAR = 1e-2
_TIME_VECTORS = ("TimeSlotVector", "TimeSliceVector", "PhaseVector")
_KINDS = {"EnergyWindowVector": "energy window", "DetectorVector": "detector"}


def frames_of(whole: Slice, elements: Elements) -> list[Slice]:
    """Every frame of a file; `whole` is what its header says of all."""
    count = whole.file.frames
    if is_view(whole):
        whole = replace(whole, across=None, down=None)
        frames = [replace(whole, index=index, position=None) for index in range(count)]
        return _told_apart(_in_phases(frames, elements), elements)
    frames = [replace(whole, index=index, position=None) for index in range(count)]
    offsets = _offsets(elements, count)
    frames = _placed(frames, _detected(whole, elements), offsets, elements) if offsets or _still(elements) else frames
    frames = _timed(frames, elements) if not offsets or _vector(elements, _TIME_VECTORS, count) else frames
    return _told_apart(frames, elements)


def _vector(elements: Elements, keywords: tuple[str, ...], count: int) -> tuple[float, ...]:
    """The first of these that has a number for each frame."""
    return next((numbers for keyword in keywords if len(numbers := elements.numbers(keyword)) == count), ())


def _offsets(elements: Elements, count: int) -> tuple[float, ...]:
    """How far each frame lies from the first place, along the stack."""
    vector = _vector(elements, ("GridFrameOffsetVector", "SliceLocationVector"), count)
    if vector:
        return tuple(offset - vector[0] for offset in vector)
    slices = _vector(elements, ("SliceVector",), count)
    step = elements.number("SpacingBetweenSlices") or elements.number("SliceThickness")
    return tuple((number - 1) * step for number in slices) if slices and step else ()


def _still(elements: Elements) -> bool:
    """Whether all frames lie at one place, because they differ in time."""
    return any(keyword in elements for keyword in ("FrameTime", "FrameTimeVector", *_TIME_VECTORS))


def _detected(whole: Slice, elements: Elements) -> Slice:
    """With the place that the first detector gives, where the header has none of its own."""
    detector = elements.first("DetectorInformationSequence")
    if whole.position is not None or detector is None:
        return whole
    across, down = directions(detector)
    return replace(whole, position=position(detector), across=across or whole.across, down=down or whole.down)


def _placed(frames: list[Slice], first: Slice, offsets: tuple[float, ...], elements: Elements) -> list[Slice]:
    frames = [replace(frame, position=first.position, across=first.across, down=first.down) for frame in frames]
    if first.position is None or first.across is None or first.down is None or not offsets:
        return frames
    place, along = first.position, cross(first.across, first.down)
    if _absolute(elements, place):
        along = _UP
    steps = zip(frames, offsets, strict=True)
    return [replace(frame, position=moved(place, (along, offset))) for frame, offset in steps]


def _absolute(elements: Elements, place: Vector) -> bool:
    """Whether a dose grid gives its planes as places along z, which grow upwards whatever way the planes face."""
    vector = elements.numbers("GridFrameOffsetVector")
    return bool(vector) and vector[0] != 0 and abs(vector[0] - place[2]) < _NEAR


def _timed(frames: list[Slice], elements: Elements) -> list[Slice]:
    numbers = _vector(elements, _TIME_VECTORS, len(frames))
    if numbers:
        pairs = zip(frames, numbers, strict=True)
        return [replace(frame, temporal_position=int(number)) for frame, number in pairs]
    steps = _vector(elements, ("FrameTimeVector",), len(frames))
    step = elements.number("FrameTime")
    if not steps and not step:
        return frames
    times = accumulate(steps) if steps else (index * (step or 0.0) for index in range(len(frames)))
    pairs = zip(frames, times, strict=True)
    return [replace(frame, temporal_position=frame.index + 1, trigger_time=time) for frame, time in pairs]


def _in_phases(frames: list[Slice], elements: Elements) -> list[Slice]:
    """With the times that its phases tell, else those of any film."""
    times = times_of(elements, len(frames))
    if not times:
        return _timed(frames, elements)
    return [replace(frame, trigger_time=time) for frame, time in zip(frames, times, strict=True)]


def _told_apart(frames: list[Slice], elements: Elements) -> list[Slice]:
    """By energy window and detector, where there are several."""
    for keyword, word in _KINDS.items():
        numbers = _vector(elements, (keyword,), len(frames))
        if len(set(numbers)) > 1:
            pairs = zip(frames, numbers, strict=True)
            frames = [replace(frame, stack=f"{frame.stack} {word} {number:.0f}".strip()) for frame, number in pairs]
    return frames
