"""Pictures of DICOM files as the header reader tells them, without files."""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.imaging.dicom.records import DicomFile, Encoding, Slice

SIXTEEN = Encoding("1.2.840.10008.1.2.1", "MONOCHROME2", 1, 0, 16, 12, 11, False, offset=500, length=64)


def made_file(name: str = "0001", **said: Any) -> DicomFile:
    given = {"modality": "MR", "study": "1.1", "series": "1.1.1", "sop_instance": f"9.{name}", "description": "T2"}
    return DicomFile(Path("/scans") / name, SIXTEEN, **{"rows": 6, "columns": 8, "frames": 1, **given, **said})


def made_slice(z: float = 0.0, name: str = "0001", **said: Any) -> Slice:
    """An axial picture `z` mm above the origin; what names a field of the file goes there."""
    in_file = {key: said.pop(key) for key in list(said) if key in DicomFile.__dataclass_fields__}
    given = {"across": (1.0, 0.0, 0.0), "down": (0.0, 1.0, 0.0), "pixel_size": (1.5, 1.25), "thickness": 3.0}
    return Slice(made_file(name, **in_file), **{"position": (0.0, 0.0, z), **given, **said})


def made_stack(count: int = 5, step: float = 3.0, first: int = 1, **said: Any) -> list[Slice]:
    """Slices one above the other, a file each, numbered from `first`."""
    numbers = range(first, first + count)
    return [
        made_slice(index * step, f"{number:04}{said.get('series', '')}", **{"instance_number": number, **said})
        for index, number in enumerate(numbers)
    ]


def slanted(pictures: Sequence[Slice], degrees: float) -> list[Slice]:
    """The same slices, each pushed along its columns as a tilted gantry does."""
    push = math.tan(math.radians(degrees))
    return [replace(one, position=(0.0, one.position[2] * push, one.position[2])) for one in pictures if one.position]


def kinds_of(stack: Any) -> dict[str, str]:
    """The kinds of a scan's doubts, each with its severity."""
    return {doubt.kind: doubt.severity for doubt in stack.header.doubts}
