"""Which arrays of labels go with which arrays of pictures, in one npz file or in npy files side by side."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.cohort.arrays.array_labels import labels_of, names_in
from engine.cohort.arrays.array_names import ArrayName, understood
from engine.cohort.intake.layout import Placed
from engine.errors import ReadError
from engine.imaging.arrays.samples import Samples, arrays_in
from engine.imaging.arrays.vectors import vectors_in
from engine.imaging.volume import Array

_Left = list[tuple[Path, str]]


@dataclass(frozen=True)
class Labelled:
    """Samples with what is known of each: labels by column, its patient, the part of a division all are in.

    `unsure` where lengths alone tell that labels and pictures belong together. `inside` is their file in the source.
    """

    samples: Samples
    inside: Path
    labels: Mapping[str, Sequence[str]]
    part: str = ""
    patients: Sequence[str] = field(default=(), repr=False)
    unsure: bool = False


@dataclass(frozen=True)
class _Shelf:
    """The arrays of one npz file, or of the npy files of one folder, by name; `inside` tells where pictures lie."""

    pictures: dict[str, tuple[Samples, Path]]
    vectors: dict[str, Array]
    place: Path


def labelled_in(scans: Sequence[Placed]) -> tuple[list[Labelled], _Left]:
    """The labelled arrays among the scans, and arrays of pictures whose labels are not found, with the reason."""
    found: list[Labelled] = []
    left: _Left = []
    for shelf in _shelves(scans):
        for name, (samples, inside) in shelf.pictures.items():
            one = _labelled(name, samples, inside, shelf)
            if one is not None:
                found.append(one)
            elif understood(name).holds not in ("labels", "patients"):
                told = samples.odd or f"no labels go with its {samples.count} pictures"
                left.append((samples.path, f"the array '{name}': {told}"))
    return found, left


def _shelves(scans: Sequence[Placed]) -> list[_Shelf]:
    places: dict[Path, list[Placed]] = defaultdict(list)
    for scan in scans:
        file = scan.header.source.files[0]
        places[file if scan.header.source.reader == "npz" else file.parent].append(scan)
    return [shelf for place, there in places.items() if (shelf := _shelf(place, there)) is not None]


def _shelf(place: Path, scans: Sequence[Placed]) -> _Shelf | None:
    """None where nothing there may be labels, so that folders full of volumes cost nothing."""
    first = scans[0].header.source
    try:
        if first.reader == "npz":
            pictures = {name: (one, scans[0].inside) for name, one in arrays_in(place, "npz").items()}
            return _Shelf(pictures, vectors_in(place), place)
        beside = [file for file in sorted(place.glob("*.npy")) if understood(file.stem).holds not in ("images", "")]
        if not any(understood(file.stem).holds == "labels" for file in beside):
            return None
        vectors = {file.stem: vector for file in beside for vector in vectors_in(file).values()}
        named = {scan.header.source.files[0]: scan.inside for scan in scans}
        return _Shelf({file.stem: (arrays_in(file, "npy")[""], named[file]) for file in named}, vectors, place)
    except ReadError:
        return None


def _labelled(name: str, samples: Samples, inside: Path, shelf: _Shelf) -> Labelled | None:
    if samples.odd:
        return None
    meant = understood(name)
    fitting = {other: array for other, array in shelf.vectors.items() if len(array) == samples.count}
    vectors = {other: array for other, array in fitting.items() if _goes_with(meant, understood(other), "labels")}
    unsure = not vectors
    if unsure and not meant.holds and len(fitting) == len(shelf.pictures) == len(shelf.vectors) == 1:
        vectors = fitting
    class_names = _class_names(shelf)
    labels: dict[str, Sequence[str]] = {}
    for other, array in vectors.items():
        column = " ".join(understood(other).rest[len(meant.rest) :]) if not unsure else ""
        labels |= labels_of(array, column or "label", class_names)
    owners = [array for other, array in fitting.items() if _goes_with(meant, understood(other), "patients")]
    patients = names_in(owners[0]) if len(owners) == 1 and all(names_in(owners[0])) else ()
    return Labelled(samples, inside, labels, meant.part, patients, unsure) if labels else None


def _goes_with(pictures: ArrayName, other: ArrayName, holds: str) -> bool:
    """Whether both are of one part, and the words of the pictures' name are in the other's."""
    same = other.part == pictures.part and other.rest[: len(pictures.rest)] == pictures.rest
    return pictures.holds == "images" and other.holds == holds and same


def _class_names(shelf: _Shelf) -> list[str]:
    found = [array for name, array in shelf.vectors.items() if understood(name).holds == "class names"]
    words = [names_in(array) for array in found if array.ndim == 1 and array.dtype.kind in "US"]
    return words[0] if len(words) == 1 and len(set(words[0])) == len(words[0]) else []
