"""Enhanced multi-frame files: what their functional groups say of each frame."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.imaging.dicom.elements import Elements
from engine.imaging.dicom.making import ways_of_making, with_component
from engine.imaging.dicom.moments import day, seconds
from engine.imaging.dicom.pictures import directions, first_number, pixel_size, position, positive, projected
from engine.imaging.dicom.private_facts import b_value
from engine.imaging.dicom.records import Slice

_PARAMETRIC_MAP = "1.2.840.10008.5.1.4.1.1.30"
_FRAME_TYPES = (
    "MRImageFrameTypeSequence",
    "CTImageFrameTypeSequence",
    "PETFrameTypeSequence",
    "ParametricMapFrameTypeSequence",
)
_DETAILS = {"flip angle (degrees)": "FlipAngle", "repetition time (ms)": "RepetitionTime"}


class Groups:
    """The functional groups of one frame: its own before those it shares with the others."""

    def __init__(self, own: Elements | None, shared: Elements | None) -> None:
        self.all = [groups for groups in (own, shared) if groups is not None]

    def group(self, keyword: str) -> Elements | None:
        """The first item of a group, None where neither has it."""
        return next((item for groups in self.all if (item := groups.first(keyword)) is not None), None)

    def number(self, keyword: str, *elements: str) -> float | None:
        """The first of these numbers that is in a group; None for 0, which stands for an unknown time."""
        item = self.group(keyword)
        return None if item is None else first_number(item, *elements) or None


def frames_of(whole: Slice, elements: Elements) -> list[Slice]:
    """Every frame of an enhanced file; `whole` is what its header says of all."""
    shared = elements.first("SharedFunctionalGroupsSequence")
    own = elements.items("PerFrameFunctionalGroupsSequence")
    count = whole.file.frames
    if len(own) < count and count > 1:
        doubt = f"the header describes {len(own)} of {count} frames"
        whole = replace(whole, file=replace(whole.file, doubts=(*whole.file.doubts, doubt)))
    groups = [Groups(own[index] if index < len(own) else None, shared) for index in range(count)]
    return [_frame(whole, index, group) for index, group in enumerate(groups)]


def details_of(elements: Elements) -> Mapping[str, str]:
    """Times and angles of the first frame, in the words of a file's details."""
    groups = Groups(
        elements.first("PerFrameFunctionalGroupsSequence"), elements.first("SharedFunctionalGroupsSequence")
    )
    told = {name: groups.number("MRTimingAndRelatedParametersSequence", keyword) for name, keyword in _DETAILS.items()}
    told["echo time (ms)"] = groups.number("MREchoSequence", "EffectiveEchoTime", "EchoTime")
    return {name: f"{number:.6g}" for name, number in told.items() if number is not None}


def _frame(whole: Slice, index: int, groups: Groups) -> Slice:
    frame = replace(whole, index=index, image_type=_image_type(groups) or whole.image_type)
    for part in (_place(whole, groups), _times(groups), _content(groups), _values(whole, groups), _making(groups)):
        frame = replace(frame, **{name: value for name, value in part.items() if value is not None})
    return frame


def _place(whole: Slice, groups: Groups) -> dict[str, Any]:
    part: dict[str, Any] = {}
    plane, orientation = groups.group("PlanePositionSequence"), groups.group("PlaneOrientationSequence")
    measures = groups.group("PixelMeasuresSequence")
    if plane is not None:
        part["position"] = position(plane)
    if orientation is not None:
        part["across"], part["down"] = directions(orientation)
    if measures is not None:
        part["pixel_size"], part["projected"] = pixel_size(measures), projected(measures)
        part["thickness"] = positive(measures, "SliceThickness")
        part["gap"] = positive(measures, "SpacingBetweenSlices")
    return part


def _times(groups: Groups) -> dict[str, Any]:
    diffusion, heart = groups.group("MRDiffusionSequence"), groups.group("CardiacSynchronizationSequence")
    return {
        "echo_time": groups.number("MREchoSequence", "EffectiveEchoTime", "EchoTime"),
        "repetition_time": groups.number("MRTimingAndRelatedParametersSequence", "RepetitionTime"),
        "flip_angle": groups.number("MRTimingAndRelatedParametersSequence", "FlipAngle"),
        "inversion_time": groups.number("MRModifierSequence", "InversionTimes"),
        "trigger_time": None if heart is None else heart.number("NominalCardiacTriggerDelayTime"),
        "b_value": None if diffusion is None else b_value(diffusion),
    }


def _content(groups: Groups) -> dict[str, Any]:
    part: dict[str, Any] = {}
    content, segment = groups.group("FrameContentSequence"), groups.group("SegmentIdentificationSequence")
    if content is not None:
        moment = content.text("FrameAcquisitionDateTime") or content.text("FrameReferenceDateTime")
        part["temporal_position"] = content.whole("TemporalPositionIndex")
        part["acquisition_number"] = content.whole("FrameAcquisitionNumber")
        part["acquired"] = seconds(moment[8:]) if moment else None
        part["day"] = day(moment)
        part["stack"] = content.text("StackID") or None
    if segment is not None and (number := segment.whole("ReferencedSegmentNumber")) is not None:
        part["stack"] = f"segment {number}"
    return part


def _making(groups: Groups) -> dict[str, Any]:
    told = (groups.group(keyword) for keyword in ("CTReconstructionSequence", "MRModifierSequence"))
    return {"made": tuple(word for item in told if item is not None for word in ways_of_making(item)) or None}


def _values(whole: Slice, groups: Groups) -> dict[str, Any]:
    scaling = groups.group("PixelValueTransformationSequence")
    if scaling is not None:
        slope = scaling.number("RescaleSlope")
        return {"slope": slope or None, "no_slope": slope == 0, "intercept": scaling.number("RescaleIntercept")}
    mapping = groups.group("RealWorldValueMappingSequence")
    if mapping is not None and whole.file.sop_class == _PARAMETRIC_MAP:
        return {"slope": mapping.number("RealWorldValueSlope"), "intercept": mapping.number("RealWorldValueIntercept")}
    return {}


def _image_type(groups: Groups) -> tuple[str, ...]:
    """With the component (magnitude, phase, ...) last, where the type itself does not tell it."""
    for keyword in _FRAME_TYPES:
        item = groups.group(keyword)
        if item is not None:
            return with_component(item.texts("FrameType"), item.text("ComplexImageComponent"))
    return ()
