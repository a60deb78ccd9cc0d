"""What can be laid over a scan."""

from collections.abc import Collection
from dataclasses import dataclass

from desktop.layers.quantities import quantity_name
from desktop.layers.wish import QUANTITIES, MapWish, ScanWish, Wish
from desktop.scan_names import scan_names
from engine.cohort.cohort import Patient, Scan
from engine.imaging.volume import Volume
from engine.maps import can_map
from engine.pictures.doubt import sentence

THERE = "It is among the layers already."


@dataclass(frozen=True)
class Offer:
    """A wish in words; `reason` says why it cannot be had, `about` what it is."""

    words: str
    wish: Wish
    about: str = ""
    reason: str = ""


def scan_offers(patient: Patient, scan: Scan, there: Collection[Wish]) -> tuple[Offer, ...]:
    """The other scans of the patient."""
    others = ((name, other) for name, other in scan_names(patient.scans).items() if other.id != scan.id)
    return tuple(
        Offer(f"{name} scan", ScanWish(name), *_about(other, ScanWish(name) in there)) for name, other in others
    )


def map_offers(volume: Volume | None, there: Collection[Wish]) -> tuple[Offer, ...]:
    """The maps of the scan itself."""
    why = "" if volume is None else can_map(volume)
    refused = sentence(f"not of this scan: {why}") if why else ""
    made = []
    for quantity in QUANTITIES:
        wish, name = MapWish(quantity), quantity_name(volume, quantity)
        words = name if quantity == "goodness" else f"{name} map"
        made.append(Offer(f"{words} of this scan", wish, "", refused or (THERE if wish in there else "")))
    return tuple(made)


def _about(scan: Scan, there: bool) -> tuple[str, str]:
    excluded = f", excluded: {scan.excluded}" if scan.excluded else ""
    return (f"{scan.path.name}{excluded}", THERE if there else "")
