"""What the measurements of a workspace measure, told without source ids and paths."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Any

from engine.cohort.cohort import Patient, Scan
from engine.cohort.measuring.measurements import Measurement
from engine.cohort.untold import untold
from engine.cohort.workspace import Workspace
from engine.control import Control
from engine.errors import ReadError
from engine.imaging import Volume, open_scan
from engine.measure import Area, Figures, figures, notes_on_sizes

Progress = Callable[[int, int], None]

_UNREADABLE = "the scan cannot be read, so its values are missing: 'isocenter inspect' tells why"


@dataclass(frozen=True)
class Measured:
    """A measurement and its figures; `patient` is the pseudonym, `title` that of the scan."""

    patient: str
    role: str
    title: str
    measurement: Measurement
    figures: Figures

    def as_json(self) -> dict[str, Any]:
        """In the form that other programs may rely on."""
        kept = self.measurement
        return {
            "patient": self.patient,
            "role": self.role,
            "scan": self.title,
            "measurement": kept.id,
            "kind": kept.shape.kind,
            "name": kept.name,
            "created": kept.created.astimezone(UTC).isoformat(),
            **self.figures.as_json(),
        }


def measured(
    workspace: Workspace,
    *,
    scans: Collection[int] | None = None,
    progress: Progress | None = None,
    control: Control | None = None,
) -> Iterator[Measured]:
    """All measurements, or those of some scans: patient after patient, each scan read once, and only for its areas.

    `progress` counts measurements. What cannot be read has a note instead of values. Cancelled when asked.
    """
    kept = defaultdict(list)
    for measurement in workspace.store.measurements():
        if scans is None or measurement.scan in scans:
            kept[measurement.scan].append(measurement)
    done, total = 0, sum(map(len, kept.values()))
    for patient in workspace.cohort().patients:
        for scan in patient.scans:
            for one in _of_scan(patient, scan, kept.get(scan.id, []), control or Control()):
                yield one
                done += 1
                if progress is not None:
                    progress(done, total)


def _of_scan(patient: Patient, scan: Scan, kept: Sequence[Measurement], control: Control) -> Iterator[Measured]:
    volume = _volume(scan, kept, control)
    title = untold(scan.title, patient.source_id)
    for measurement in kept:
        control.check()
        yield Measured(patient.key, scan.role, title, measurement, _figures(measurement, scan, volume))


def _figures(measurement: Measurement, scan: Scan, volume: Volume | None) -> Figures:
    """Doubts are those of the import, which knew the whole series."""
    found = figures(measurement.shape, volume)
    lacking = (_UNREADABLE,) if volume is None and isinstance(measurement.shape, Area) else ()
    return replace(found, notes=tuple(dict.fromkeys((*lacking, *found.notes, *notes_on_sizes(scan.doubts)))))


def _volume(scan: Scan, kept: Sequence[Measurement], control: Control) -> Volume | None:
    """The scan where it is needed and can be read."""
    if not any(isinstance(measurement.shape, Area) for measurement in kept):
        return None
    try:
        return open_scan(scan.source).load(control=control)
    except ReadError:
        return None
