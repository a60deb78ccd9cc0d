"""Where one picture lies in the body and how it was taken, as far as the header of its file says."""

import math
from functools import lru_cache

from engine.imaging.dicom.elements import Elements
from engine.imaging.dicom.making import table_units, ways_of_making, with_component
from engine.imaging.dicom.moments import acquired, day, time
from engine.imaging.dicom.private_facts import b_value, component
from engine.imaging.dicom.records import DicomFile, Slice, Vector

_CENTIMETRES = 3
_CROSSED = 1e-4
_CAPTURED = "1.2.840.10008.5.1.4.1.1.7"
_PROJECTED = ("ImagerPixelSpacing", "NominalScannedPixelSpacing")


def picture_of(file: DicomFile, elements: Elements) -> Slice:
    """The picture of a file that has one, or what the header says of all of them."""
    across, down = directions(elements)
    slope = first_number(elements, "RescaleSlope", "DoseGridScaling")
    return Slice(
        file=file,
        position=position(elements),
        across=across,
        down=down,
        pixel_size=pixel_size(elements),
        projected=projected(elements),
        thickness=positive(elements, "SliceThickness"),
        gap=positive(elements, "SpacingBetweenSlices"),
        image_type=with_component(
            elements.texts("ImageType"), elements.text("ComplexImageComponent") or component(elements)
        ),
        echo_time=first_number(elements, "EchoTime", "EffectiveEchoTime"),
        repetition_time=elements.number("RepetitionTime"),
        inversion_time=first_number(elements, "InversionTime", "InversionTimes") or None,
        b_value=b_value(elements),
        trigger_time=elements.number("TriggerTime"),
        temporal_position=elements.whole("TemporalPositionIdentifier"),
        acquisition_number=elements.whole("AcquisitionNumber"),
        instance_number=elements.whole("InstanceNumber"),
        acquired=acquired(elements),
        day=day(elements.text("AcquisitionDate") or elements.text("AcquisitionDateTime")),
        created=time(elements, "ContentTime"),
        temporal_count=elements.whole("NumberOfTemporalPositions"),
        temporal_step=positive(elements, "TemporalResolution"),
        flip_angle=elements.number("FlipAngle"),
        slice_location=elements.number("SliceLocation"),
        made=ways_of_making(elements),
        slope=slope or None,
        no_slope=slope == 0,
        intercept=elements.number("RescaleIntercept"),
        table_units=table_units(elements),
        stack=elements.text("StackID"),
    )


def first_number(elements: Elements, *keywords: str) -> float | None:
    """The number under the first of these names that has one."""
    return next((number for keyword in keywords if (number := elements.number(keyword)) is not None), None)


def positive(elements: Elements, keyword: str) -> float | None:
    """A length, whatever its sign."""
    number = elements.number(keyword)
    return abs(number) if number else None


def position(elements: Elements) -> Vector | None:
    """Of the centre of the first pixel."""
    numbers = elements.numbers("ImagePositionPatient")
    if len(numbers) == 3:
        return (numbers[0], numbers[1], numbers[2])
    if numbers:
        elements.unclear.add("ImagePositionPatient")
    return None


def directions(elements: Elements) -> tuple[Vector | None, Vector | None]:
    """Of growing column and row; None where they span no plane."""
    value = elements.value("ImageOrientationPatient")
    if not value:
        return None, None
    found = _directions(elements.numbers("ImageOrientationPatient"))
    if found is None:
        elements.unclear.add("ImageOrientationPatient")
        return None, None
    return found


@lru_cache(maxsize=1024)
def _directions(numbers: tuple[float, ...]) -> tuple[Vector, Vector] | None:
    if len(numbers) != 6:
        return None
    across, down = _unit(numbers[:3]), _unit(numbers[3:])
    if across is None or down is None or math.hypot(*cross(across, down)) < _CROSSED:
        return None
    return across, down


def _unit(vector: tuple[float, ...]) -> Vector | None:
    size = math.hypot(*vector)
    if not _CROSSED < size < math.inf:
        return None
    x, y, z = vector
    return (x / size, y / size, z / size)


def cross(one: Vector, other: Vector) -> Vector:
    """The direction that slices are stacked along, of `across` and `down`."""
    (a, b, c), (x, y, z) = one, other
    return (b * z - c * y, c * x - a * z, a * y - b * x)


def moved(place: Vector, *steps: tuple[Vector, float]) -> Vector:
    """A place after going so far into these directions."""
    x, y, z = place
    for (dx, dy, dz), far in steps:
        x, y, z = x + far * dx, y + far * dy, z + far * dz
    return (x, y, z)


def pixel_size(elements: Elements) -> tuple[float, float] | None:
    """Between rows, and between columns: in the body, failing that at the detector or of the scanned film."""
    for keyword in ("PixelSpacing", *_PROJECTED):
        if (size := _size(elements, keyword)) is not None:
            return size
        if keyword in elements:
            elements.unclear.add(keyword)
    return _ultrasound(elements)


def projected(elements: Elements) -> bool:
    """Whether its pixel size is that at the detector, of the scanned film or the screen, for lack of one in the body.

    One in the body that is the same as that at the detector was not calibrated, unless the file says how it was.
    """
    known = _size(elements, "PixelSpacing")
    if known is not None and elements.text("PixelSpacingCalibrationType"):
        return False
    elsewhere = [size for keyword in _PROJECTED if (size := _size(elements, keyword)) is not None]
    captured = known is not None and elements.text("SOPClassUID").startswith(_CAPTURED)
    return captured or known in elsewhere or (known is None and bool(elsewhere))


def _size(elements: Elements, keyword: str) -> tuple[float, float] | None:
    numbers = elements.numbers(keyword)
    return (numbers[0], numbers[1]) if len(numbers) == 2 and min(numbers) > 0 else None


def _ultrasound(elements: Elements) -> tuple[float, float] | None:
    """Where all regions of an ultrasound picture that have a scale in space have the same."""
    sizes = set()
    for region in elements.items("SequenceOfUltrasoundRegions"):
        if region.whole("PhysicalUnitsXDirection") == region.whole("PhysicalUnitsYDirection") == _CENTIMETRES:
            sizes.add((region.number("PhysicalDeltaY"), region.number("PhysicalDeltaX")))
    if len(sizes) != 1:
        return None
    between_rows, between_columns = sizes.pop()
    return (abs(between_rows) * 10, abs(between_columns) * 10) if between_rows and between_columns else None
