"""The shapes of the scans that were looked at, in memory: what is drawn, which is selected, what is not saved yet."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QObject, Signal

from desktop.measuring.drawn import Drawn, State
from desktop.measuring.edit import Edit
from desktop.measuring.writer import Writer
from desktop.session import Session
from engine.cohort.measuring.measurements import Measurement
from engine.errors import IsocenterError
from engine.measure import Shape


class Board(QObject):
    """`listed` tells that shapes came, went or were saved, `altered` the one that looks otherwise.

    `unsaved` are the keys of what could not be written. All of a workspace stays here until that is closed, so that
    what is undone finds its scan.
    """

    listed = Signal()
    altered = Signal(object)
    selected_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.selected: int | None = None
        self.revision = 0
        self.held = False
        self.unsaved: frozenset[int] = frozenset()
        self._session = session
        self._writer: Writer | None = None
        self._drawn: dict[int, Drawn] = {}
        self._asked: set[int] = set()
        session.workspace_changed.connect(self._start_anew)
        session.leaving.connect(self._write_now)
        self._start_anew()

    @property
    def chosen(self) -> Drawn | None:
        """The one that is selected."""
        return self._drawn.get(self.selected or 0)

    def of(self, scan: int) -> tuple[Drawn, ...]:
        """The shapes of a scan that are there by now, in the order they were drawn."""
        self._load(scan)
        found = (drawn for drawn in self._drawn.values() if drawn.scan == scan)
        return tuple(sorted(found, key=lambda drawn: drawn.order))

    def get(self, key: int) -> Drawn | None:
        """The shape of a key, unless it is deleted."""
        return self._drawn.get(key)

    def draw(self, scan: int, shape: Shape) -> None:
        """Keep a new shape and select it."""
        if self._writer is None:
            return
        kind = shape.kind.capitalize()
        made = Drawn(self._writer.new_key(), Measurement(scan, shape, self._free_name(kind, scan)))
        self._edit(f"Draw {shape.kind}", {made.key: None}, {made.key: made})
        self.select(made.key)

    def change(self, words: str, before: Drawn, after: Drawn) -> None:
        """Keep a shape as it is now; it may be shown so already."""
        self.let_loose()
        if after != before:
            self._edit(words, {before.key: before}, {before.key: after})

    def delete(self, gone: tuple[Drawn, ...]) -> None:
        """Delete shapes."""
        if gone:
            words = f"Delete {gone[0].name}" if len(gone) == 1 else f"Delete {len(gone)} measurements"
            self._edit(words, {each.key: each for each in gone}, dict.fromkeys(each.key for each in gone))

    def show(self, drawn: Drawn) -> None:
        """Let one look otherwise while it is `held`; nothing is kept of it."""
        self.held = True
        self._drawn[drawn.key] = drawn
        self.revision += 1
        self.altered.emit(drawn)

    def let_loose(self, before: Drawn | None = None) -> None:
        """It is no longer held; it looks as `before`, where that is given."""
        if before is not None:
            self.show(before)
        self.held = False

    def select(self, key: int | None) -> None:
        """Select one, or none."""
        if key != self.selected:
            self.selected = key
            self.selected_changed.emit()

    def become(self, state: Mapping[int, Drawn | None]) -> None:
        """Have these be as they are given, here and in the workspace."""
        if self._writer is None:
            return
        for key, drawn in state.items():
            if drawn is None:
                self._drawn.pop(key, None)
            else:
                self._drawn[key] = drawn
        if self.chosen is None:
            self.select(None)
        self._writer.wish(state)
        self._session.bridge.submit(self._writer.drain, self._written, owner=self)
        self._tell()

    def told_back(self, words: str, scans: Collection[int]) -> None:
        """Say what was taken back, and of which scans: they may not be in sight."""
        cohort = self._session.cohort
        found = () if cohort is None else (scan for scan in cohort.scans if scan.id in scans)
        names = ", ".join(f"{self._session.patient_name(scan.patient)} {scan.role}" for scan in found)
        self._session.announced.emit(f"{words} ({names}): taken back." if names else f"{words}: taken back.")

    def drain(self) -> None:
        """Write what is not written yet, from any thread; raises what stands against it."""
        failure = None if self._writer is None else self._writer.drain()
        if failure is not None:
            raise failure

    def save(self) -> None:
        """Try again to write what could not be written."""
        self.become({})

    def _edit(self, words: str, before: State, after: State) -> None:
        self._session.edits.push(Edit(self, words, before, after))

    def _load(self, scan: int) -> None:
        writer = self._writer
        if writer is None or scan in self._asked:
            return
        self._asked.add(scan)

        def take(found: tuple[Drawn, ...]) -> None:
            if writer is self._writer:
                self._drawn = {drawn.key: drawn for drawn in found} | self._drawn
                self._tell()

        def fail(error: IsocenterError) -> None:
            self._asked.discard(scan)
            self._session.failed.emit(error)

        self._session.bridge.submit(lambda: writer.load(scan), take, fail, owner=self)

    def _written(self, failure: IsocenterError | None) -> None:
        self.unsaved = frozenset() if failure is None or self._writer is None else self._writer.unsaved
        if failure is not None:
            self._session.failed.emit(failure)
        self._tell()

    def _write_now(self) -> None:
        """The workspace is about to be given back."""
        failure = None if self._writer is None or not self._writer.unsaved else self._writer.drain()
        if failure is not None:
            self._session.failed.emit(failure)

    def _start_anew(self) -> None:
        workspace = self._session.workspace
        self._writer = None if workspace is None else Writer(workspace.store)
        self._drawn, self._asked, self.unsaved = {}, set(), frozenset()
        self.select(None)
        self._tell()

    def _tell(self) -> None:
        self.revision += 1
        self.listed.emit()

    def _free_name(self, kind: str, scan: int) -> str:
        names = {drawn.name for drawn in self.of(scan)}
        return next(name for name in (f"{kind} {n}" for n in range(1, len(names) + 2)) if name not in names)
