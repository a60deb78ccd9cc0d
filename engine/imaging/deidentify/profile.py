"""What the basic profile asks for each element, from the table of the dicom-anonymizer package."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

Action = Literal["remove", "empty", "dummy", "uid", "clean"]

_LISTS: Mapping[str, Action] = {
    "D_TAGS": "dummy",
    "Z_TAGS": "empty",
    "X_TAGS": "remove",
    "U_TAGS": "uid",
    "Z_D_TAGS": "dummy",
    "X_Z_TAGS": "empty",
    "X_D_TAGS": "dummy",
    "X_Z_D_TAGS": "dummy",
    "X_Z_U_STAR_TAGS": "clean",
}
CHARACTERISTICS = frozenset({"PatientAge", "PatientSex", "PatientSize", "PatientWeight", "PatientSexNeutered"})
DEVICE = frozenset({"DeviceSerialNumber", "StationName", "DetectorID", "GantryID", "ManufacturerDeviceIdentifier"})


@cache
def asked() -> Mapping[int, Action]:
    """The action for each tag in the table; graphics (groups 50xx and 60xx) are not in it."""
    from dicomanonymizer.dicom_anonymization_databases import (  # type: ignore[import-untyped]
        dicomfields_2026c as table,
    )

    return {
        (tag[0] << 16) + tag[1]: action
        for name, action in _LISTS.items()
        for tag in getattr(table, name)
        if len(tag) == 2
    }


def graphics(tag: int) -> bool:
    """Whether the element belongs to a curve (50xx) or an overlay (60xx)."""
    return tag >> 24 in (0x50, 0x60)
