"""What a DICOM file says of itself and of each picture in it, in plain values: the seam between the parts here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from engine.imaging.header import Identity, ScanHeader

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the pixels of a file are stored. `offset` and `length` are those of the value of its pixel data.

    `length` is -1 for an encapsulated (compressed) stream; `offset` is 0 where it is not known, as in deflated files.
    """

    syntax: str
    photometric: str
    samples: int
    planar: int
    bits_allocated: int
    bits_stored: int
    high_bit: int
    signed: bool
    element: Literal["PixelData", "FloatPixelData", "DoubleFloatPixelData"] = "PixelData"
    offset: int = 0
    length: int = -1


@dataclass(frozen=True, slots=True)
class DicomFile:
    """What holds for all pictures in a file. Texts are decoded; nothing of `identity` may be printed or logged.

    `details` are other plain facts (see `ScanHeader.details`). `lossy` tells the lossy compression that the file
    admits to, `burned_in` whether it says that the picture shows who the patient is, `overlays` how many graphic
    layers it has, `screen_shot` whether it is a secondary capture or derived screen save, `lookup` whether a table
    says what its stored values stand for, `lacking` how many bytes of bare pixels are not there. `studied` is a running
    number: of the day of its study, or of its acquisition.
    """

    path: Path
    encoding: Encoding
    rows: int
    columns: int
    frames: int
    modality: str = ""
    sop_class: str = ""
    sop_instance: str = ""
    study: str = ""
    series: str = ""
    series_number: int | None = None
    description: str = ""
    frame_of_reference: str = ""
    identity: Identity | None = field(default=None, repr=False)
    details: Mapping[str, str] = field(default_factory=dict)
    lossy: str = ""
    burned_in: bool = False
    overlays: int = 0
    screen_shot: bool = False
    lookup: bool = False
    lacking: int = 0
    doubts: tuple[str, ...] = ()
    studied: int | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Slice:
    """One picture of a file: frame `index`, or of a mosaic the part `tile` (top, left, height, width) of it.

    `position` is that of the centre of its first pixel and `across`, `down` the directions of growing column and
    row (unit vectors), all in LPS as the file has them; `pixel_size` is (between rows, between columns). Times are
    ms. `acquired` are seconds since midnight of the `day` (a running number) of acquisition, `created` those of the
    content, which tell an order only. `temporal_count` is how many temporal positions there are, `temporal_step` the
    ms between them. `gap` is SpacingBetweenSlices. `made` are words for how the picture was made, as by which kernel;
    `table_units` are those of a look-up table, and `no_slope` tells that the file gives a slope of 0.
    `projected` tells that the pixel size is that at the detector, on a film or on a screen.
    What the file does not say is None.
    """

    file: DicomFile
    index: int = 0
    tile: tuple[int, int, int, int] | None = None
    position: Vector | None = None
    across: Vector | None = None
    down: Vector | None = None
    pixel_size: tuple[float, float] | None = None
    projected: bool = False
    thickness: float | None = None
    gap: float | None = None
    image_type: tuple[str, ...] = ()
    echo_time: float | None = None
    repetition_time: float | None = None
    inversion_time: float | None = None
    b_value: float | None = None
    trigger_time: float | None = None
    temporal_position: int | None = None
    acquisition_number: int | None = None
    instance_number: int | None = None
    acquired: float | None = None
    day: int | None = None
    created: float | None = None
    temporal_count: int | None = None
    temporal_step: float | None = None
    flip_angle: float | None = None
    slice_location: float | None = None
    made: tuple[str, ...] = ()
    slope: float | None = None
    intercept: float | None = None
    no_slope: bool = False
    table_units: str = ""
    stack: str = ""

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns) of this picture."""
        return (self.file.rows, self.file.columns) if self.tile is None else self.tile[2:]


@dataclass(frozen=True, eq=False)
class Stack:
    """A scan put together: `grid[frame][z]` is the picture that lies there; `header` speaks of the whole."""

    header: ScanHeader
    grid: tuple[tuple[Slice, ...], ...]
