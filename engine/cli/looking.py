"""What a picture of a scan is wanted of: the scan, its plane, the window, the slice and the frame."""

from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

from engine.cli.console import bar
from engine.cohort import Workspace
from engine.cohort.cohort import Scan
from engine.errors import CohortError, PictureError
from engine.imaging import ScanHeader, discover, open_scan
from engine.imaging.untold import untold
from engine.imaging.volume import Volume
from engine.pictures.hanging import AS_USUAL, Hanging
from engine.pictures.layer import Layer, LayerKind
from engine.pictures.layer_of import layer_of_file
from engine.pictures.plane import WORLD_AXIS, Plane
from engine.pictures.planes import acquired_plane, linked_planes
from engine.pictures.presets import presets
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window, first_window, sampled
from engine.registry import suggestion

ACQUIRED = "acquired"


@dataclass(frozen=True)
class LayerWish:
    """A file over the scan; its kind is found by its values where it is not told, its frame, from 1, by the scan's."""

    path: Path
    kind: LayerKind | None = None
    frame: int | None = None


@dataclass(frozen=True)
class Wish:
    """What the command was told; slices and frames count from 1, `at` is in millimetres along the plane's axis."""

    scan: int | None = None
    patient: str = ""
    role: str = ""
    plane: str = ACQUIRED
    slice_number: int | None = None
    at: float | None = None
    frame: int = 1
    width: float | None = None
    level: float | None = None
    preset: str = ""
    layers: tuple[LayerWish, ...] = ()
    hidden_labels: tuple[int, ...] = ()
    hanging: Hanging = AS_USUAL


@dataclass(frozen=True, eq=False)
class Looked:
    """The viewing, and by which names its scan goes: a pseudonym, a role or title; why it is excluded, if it is."""

    viewing: Viewing
    names: tuple[str, ...]
    excluded: str = ""


def look(path: Path, wish: Wish) -> Looked:
    """Read the scan and turn to what is wanted; an IsocenterError says what of it there is not."""
    _check(path, wish)
    volume, names, excluded = _of_workspace(path, wish) if Workspace.exists(path) else _of_files(path, wish)
    plane = _plane(volume, wish)
    viewing = Viewing(volume, plane, _window(volume, wish), _slice(plane, wish), _frame(volume, wish))
    layers = tuple(_layer(layer, volume, wish.hidden_labels) for layer in wish.layers)
    return Looked(replace(viewing, layers=layers), tuple(name for name in names if name), excluded)


def _check(path: Path, wish: Wish) -> None:
    """PictureError where the wish contradicts itself, or there is nothing to look at."""
    if not path.exists():
        raise PictureError("there is no such file or folder", path=path, hint="Check how it is written.")
    for option, number in (("--window", wish.width), ("--level", wish.level), ("--at", wish.at)):
        if number is not None and not isfinite(number):
            raise PictureError(f"{option} is no number that can be drawn by", hint=f"Give {option} a plain number.")
    if wish.preset and (wish.width is not None or wish.level is not None):
        raise PictureError("a window was given twice", hint="Give either --preset, or --window and --level.")
    if wish.at is not None and wish.slice_number is not None:
        raise PictureError("a slice was given twice", hint="Give either --at or --slice.")


def _layer(wish: LayerWish, over: Volume, hidden: tuple[int, ...]) -> Layer:
    frame = None if wish.frame is None else wish.frame - 1
    layer = layer_of_file(wish.path, over, kind=wish.kind, frame=frame)
    return replace(layer, overlay=replace(layer.overlay, hidden=frozenset(hidden)))


def _of_workspace(path: Path, wish: Wish) -> tuple[Volume, tuple[str, ...], str]:
    if not wish.patient:
        raise CohortError("whose scan is wanted is not said", path=path, hint="Add --patient, such as P-001.")
    found = Workspace.peek(path).cohort().by_key
    if wish.patient not in found:
        raise CohortError(f"there is no patient '{wish.patient}'", hint=suggestion(wish.patient, sorted(found)))
    scan = _of_role(found[wish.patient].scans, wish)
    return open_scan(scan.source).load(), (wish.patient, scan.role), scan.excluded


def _of_role(scans: tuple[Scan, ...], wish: Wish) -> Scan:
    suiting = [scan for scan in scans if wish.role in ("", scan.role)]
    if len(suiting) == 1 or (suiting and wish.scan is not None):
        return suiting[_number("scan", wish.scan or 1, len(suiting))]
    roles = sorted({scan.role for scan in scans})
    if not suiting:
        raise CohortError(f"{wish.patient} has no scan of role '{wish.role}'", hint=suggestion(wish.role, roles))
    told = f"{wish.patient} has {len(suiting)} scans"
    raise CohortError(told, hint=f"Say which: --role {', '.join(roles)}; --scan 1 to {len(suiting)} of one role.")


def _of_files(path: Path, wish: Wish) -> tuple[Volume, tuple[str, ...], str]:
    with bar("Looking") as shown, discover([path], progress=shown.at) as found:
        scan = _of_found(found.scans, path, wish)
        return open_scan(scan.source).load(), (scan.patient, untold(scan.title, scan.identity)), ""


def _of_found(scans: tuple[ScanHeader, ...], path: Path, wish: Wish) -> ScanHeader:
    if not scans:
        raise PictureError("it holds no scans", path=path, hint="'isocenter inspect' tells what was found, and why.")
    if len(scans) > 1 and wish.scan is None:
        hint = f"Say which by --scan 1 to {len(scans)}, in the order of 'isocenter inspect'."
        raise PictureError(f"it holds {len(scans)} scans", path=path, hint=hint)
    return scans[_number("scan", wish.scan or 1, len(scans))]


def _plane(volume: Volume, wish: Wish) -> Plane:
    if wish.plane == ACQUIRED:
        return acquired_plane(volume, wish.hanging)
    planes = {plane.name: plane for plane in linked_planes(volume, wish.hanging)}
    if wish.plane not in planes:
        hint = f"There are: {', '.join(planes)}; {ACQUIRED} is what the scanner took."
        raise PictureError(f"the scan has no {wish.plane} plane", hint=hint)
    return planes[wish.plane]


def _window(volume: Volume, wish: Wish) -> Window:
    sample = sampled(volume.array)
    if wish.preset:
        offered = {preset.name.lower(): preset.window for preset in presets(volume, sample)}
        if wish.preset.lower() not in offered:
            raise PictureError(f"there is no window '{wish.preset}'", hint=suggestion(wish.preset, sorted(offered)))
        return offered[wish.preset.lower()]
    window = first_window(volume, sample)
    if wish.width is not None and not wish.width > 0:
        raise PictureError("a window's width is more than 0", hint="Give --window and --level in the scan's values.")
    width = window.width if wish.width is None else wish.width
    return Window(window.level if wish.level is None else wish.level, width)


def _slice(plane: Plane, wish: Wish) -> int:
    if wish.at is not None:
        return _slice_at(plane, wish.at)
    return plane.count // 2 if wish.slice_number is None else _number("slice", wish.slice_number, plane.count)


def _slice_at(plane: Plane, at: float) -> int:
    letter = plane.orientation[plane.through]
    if letter == "?":
        raise PictureError("the scan does not say where its slices lie", hint="Use --slice, which counts them.")
    places = [plane.middle(index)[WORLD_AXIS[letter]] for index in range(plane.count)]
    nearest = min(range(plane.count), key=lambda index: abs(places[index] - at))
    if abs(places[nearest] - at) > plane.spacing[plane.through]:
        hint = "Millimetres grow towards the patient's right, front and head."
        raise PictureError(f"its slices lie from {min(places):.1f} to {max(places):.1f} mm", hint=hint)
    return nearest


def _frame(volume: Volume, wish: Wish) -> int:
    return _number("frame", wish.frame, volume.frames)


def _number(what: str, number: int, count: int) -> int:
    """From counting from 1 to an index."""
    if not 1 <= number <= count:
        raise PictureError(f"there is no {what} {number}", hint=f"It has {count}, which count from 1.")
    return number - 1
