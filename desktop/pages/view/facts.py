"""What the inspector says of a scan, as words."""

from dataclasses import dataclass

from engine.cohort.cohort import Scan
from engine.imaging.doubt import Doubt, Severity
from engine.imaging.volume import FrameAxis, Volume
from engine.pictures.doubt import STACKED, Unsure, unsure_of
from engine.pictures.wording import TITLES, amount, in_unit

NAME, FILE, FOLDER = "Name", "File", "Folder"
GRAVEST_FIRST: tuple[Severity, ...] = ("fail", "warn", "note")
LEADS = {"R": "right", "L": "left", "A": "front", "P": "back", "S": "head", "I": "feet"}


@dataclass(frozen=True)
class Fact:
    """A line of the inspector; `tip` explains it."""

    label: str
    words: str
    tip: str = ""


def facts_of(scan: Scan, volume: Volume | None) -> tuple[Fact, ...]:
    """What is known of a scan, the file's name but never its patient's; without its volume that is little."""
    named = (Fact("Role", scan.role), *_titled(scan), Fact(_place(scan), scan.path.name, str(scan.path)))
    return named if volume is None else (*named, *_measured(scan, volume))


def _measured(scan: Scan, volume: Volume) -> tuple[Fact, ...]:
    unsure = unsure_of(volume)
    kind = " ".join(part for part in (volume.facts.modality, scan.format or volume.facts.format) if part)
    return (
        Fact("Kind", kind),
        Fact("Voxels", " × ".join(str(size) for size in volume.shape_xyz), "Along x, y and z"),
        _spacing(volume, unsure),
        _orientation(volume, unsure),
        Fact("Frames", frames_words(volume.frame_axis, volume.frames)),
        Fact("Numbers", _numbers(volume), "How each value is stored"),
    )


def _titled(scan: Scan) -> tuple[Fact, ...]:
    told = scan.title and not scan.path.name.startswith(scan.title)
    return (Fact(NAME, scan.title, "What the file calls it"),) if told else ()


def _place(scan: Scan) -> str:
    """A series lies in a folder."""
    return FILE if len(scan.source.files) == 1 else FOLDER


def doubts_of(scan: Scan, volume: Volume | None) -> tuple[Doubt, ...]:
    """What the import found doubtful and what reading it did, each thing once, the gravest first."""
    told = {doubt.text: doubt for doubt in (*scan.doubts, *(() if volume is None else volume.facts.doubts))}
    return tuple(sorted(told.values(), key=lambda doubt: GRAVEST_FIRST.index(doubt.severity)))


def frames_words(axis: FrameAxis, frames: int) -> str:
    """How many frames there are and what they are: "9, echo time 25 to 225 ms"."""
    if frames == 1 or not axis.values:
        return str(frames)
    title = TITLES.get(axis.kind, "frame value")
    kind = title[:1].lower() + title[1:]
    return f"{frames}, {kind} {in_unit(axis.values[0], axis):.5g} to {amount(axis.values[-1], axis)}"


def _numbers(volume: Volume) -> str:
    return volume.array.dtype.name if volume.colour is None else "red, green and blue"


def _spacing(volume: Volume, unsure: Unsure) -> Fact:
    if unsure.within:
        return Fact("Spacing", "not certain", unsure.within)
    sizes = [f"{size:.3g}" for size in volume.spacing]
    if unsure.sizes:
        sizes[STACKED] = "?"
    return Fact("Spacing", f"{' × '.join(sizes)} mm", unsure.sizes or "Along x, y and z")


def _orientation(volume: Volume, unsure: Unsure) -> Fact:
    if unsure.sides:
        return Fact("Orientation", "not certain", unsure.sides)
    ways = (f"{name} leads to the {LEADS[w]}" for name, w in zip("xyz", volume.orientation, strict=True))
    return Fact("Orientation", volume.orientation, ", ".join(ways).capitalize())
