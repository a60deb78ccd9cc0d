"""Scans that somebody left out when a source came in: reading it again does not bring them."""

import os
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from engine.imaging import Discovery, ScanHeader


def left_alone(found: Discovery, chosen: Discovery, source: Path) -> tuple[str, ...]:
    """What of all that was found was not chosen, by its place in the source; parts of a joined scan were chosen."""
    taken = {id(scan) for scan in chosen.scans}
    taken.update(id(part) for offer in found.offers if id(offer.joined) in taken for part in offer.parts)
    return tuple(_place(found, scan, source) for scan in found.scans if id(scan) not in taken)


def without(found: Discovery, places: Collection[str], source: Path) -> Discovery:
    """What was found, without the scans at these places."""
    if not places:
        return found
    scans = tuple(scan for scan in found.scans if _place(found, scan, source) not in places)
    left = set(map(id, scans))
    offers = tuple(offer for offer in found.offers if left.issuperset(map(id, offer.parts)))
    return replace(found, scans=scans, offers=offers)


def still_left(before: Collection[str], chosen: Discovery, source: Path) -> tuple[str, ...]:
    """Those places of which no scan was chosen this time."""
    taken = {_place(chosen, scan, source) for scan in chosen.scans} if before else set()
    return tuple(place for place in before if place not in taken)


def _place(found: Discovery, scan: ScanHeader, source: Path) -> str:
    """Relative to the source, in which the folders of archives count, with the part of the file."""
    inside = os.path.relpath(found.shown(scan.source.files[0]), source)
    return f"{inside}#{scan.source.part}" if scan.source.part else inside
