"""The one shared selection: what every page looks at."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

STALE_WITH = {"patient": ("scan", "voxel", "frame"), "scan": ("voxel", "frame"), "run": ("fold",)}


@dataclass(frozen=True, slots=True)
class Selected:
    """A point of attention. `scan` is a scan's id, `voxel` its (x, y, z) index, `frame` its frame index."""

    patient: str | None = None
    scan: int | None = None
    voxel: tuple[int, int, int] | None = None
    frame: int | None = None
    run: str | None = None
    fold: int | None = None

    def having(self, **fields: object) -> "Selected":
        """The selection with `fields` set; what belonged to another patient, scan or run is cleared."""
        stale: dict[str, object] = {}
        for owner, parts in STALE_WITH.items():
            if owner in fields and fields[owner] != getattr(self, owner):
                stale.update(dict.fromkeys(parts))
        return replace(self, **{**stale, **fields})  # type: ignore[arg-type]


class Selection(QObject):
    """Tells every view when the selection becomes another one.

    `patient_changed` is for those who show whole patients: it is silent while one scrolls through a scan.
    """

    changed = Signal(object)
    patient_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current = Selected()

    def set(self, **fields: object) -> None:
        """Change the named fields of `Selected`; silent when nothing differs, TypeError for an unknown field."""
        chosen = self.current.having(**fields)
        if chosen == self.current:
            return
        another = chosen.patient != self.current.patient
        self.current = chosen
        if another:
            self.patient_changed.emit(chosen)
        self.changed.emit(chosen)

    def clear(self) -> None:
        self.set(patient=None, scan=None, voxel=None, frame=None, run=None, fold=None)
