"""On the view page: one scan against another."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from desktop.comparing.bar import CompareBar
from desktop.comparing.candidates import candidates
from desktop.comparing.compare_commands import CompareCommands
from desktop.comparing.comparison import Comparison, How, Other, first_other, gone_on, next_other
from desktop.comparing.escape_key import EscapeKey
from desktop.comparing.laying import can_be_laid
from desktop.comparing.names import Names
from desktop.comparing.over_front import OverFront
from desktop.pages.view.compared import as_seen, names_on, note_on
from desktop.pages.view.feature import Feature, Gesture
from desktop.viewer.over import Over
from engine.cohort.cohort import Cohort, Scan
from engine.pictures.viewing import Viewing

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage

READING = "Reading…"
GESTURES = (
    ("Line between two scans", "Drag, double click for the middle"),
    ("Window of the scan beyond the line", "Right drag there"),
    ("End comparing", "Esc"),
)


class Comparing(Feature):
    """At most one `comparison`; it goes on from scan to scan where that makes sense, and ends quietly where not."""

    title = "Compare"

    def __init__(self, page: "ViewPage") -> None:
        super().__init__(page)
        self.comparison: Comparison | None = None
        self.bar = CompareBar()
        self.commands = CompareCommands(self)
        self.laid = OverFront(page.session.bridge, page.panes.ahead, page.panes.memory, self)
        self._escape = EscapeKey(page, lambda: self.comparison is not None)
        self._front: Scan | None = None
        self._named: Callable[[str], str] = page.session.patient_name
        self._last: Comparison | None = None
        page.panes.put_above(self.bar)
        self._connect()
        self._offer()

    def actions(self) -> list[QAction]:
        return self.commands.all()

    def tools(self) -> list[QAction]:
        return [self.commands.compare]

    def gestures(self) -> tuple[Gesture, ...]:
        return GESTURES

    def over(self) -> Over:
        return self.laid.line

    def toggle(self) -> None:
        """Begin with what offers itself, in the way it was done last; or end."""
        if self.comparison is not None:
            self.end()
        else:
            self._find(first_other)
        self._offer()

    def to_next(self) -> None:
        """The same scan of the next patient."""
        other = None if self.comparison is None else self.comparison.other
        self._find(lambda front, cohort: next_other(front, other, cohort))

    def compare_with(self, other: Other) -> None:
        """Compare the scan in front with this."""
        self.laid.try_again()
        before = self.comparison or self._last
        self._become(Comparison(other) if before is None else replace(before, other=other))

    def compare_by(self, how: How) -> None:
        """Compare in another way; what was seen beside is what is laid over."""
        self.laid.try_again()
        self.change(lambda now: replace(now, how=how, other=as_seen(now.other, self.page.panes)))

    def change(self, change: Callable[[Comparison], Comparison]) -> None:
        """Compare otherwise, where something is compared."""
        if self.comparison is not None:
            self._become(change(self.comparison))

    def end(self) -> None:
        """Show what was shown before."""
        self.comparison = None
        self.bar.hide()
        self.laid.let_go()
        self.page.panes.keep_company(None)
        self._offer()

    def call_patients(self, named: Callable[[str], str]) -> None:
        self._named = named
        if self.comparison is not None and self.comparison.laid:
            self._lay(self.comparison)

    def scan_changed(self) -> None:
        before, self._front = self._front, self.page.panes.front.scan
        if self.comparison is None:
            self._offer()
        elif before is None or self._front is None or self._front == before:
            self._apply()
        else:
            self._go_on(before, self._front)

    def viewing_changed(self, viewing: Viewing) -> None:
        if self.comparison is not None and self.comparison.laid:
            self._lay(self.comparison)

    def let_go(self) -> None:
        self._front = None
        self.end()

    def _find(self, find: Callable[[Scan, Cohort], Other | None]) -> None:
        cohort, front = self.page.session.cohort, self.page.panes.front.scan
        other = None if cohort is None or front is None else find(front, cohort)
        if other is not None:
            self.compare_with(other)

    def _become(self, comparison: Comparison) -> None:
        front = self._front = self.page.panes.front.scan
        if front is not None and comparison.laid and can_be_laid(front, comparison.other.scan):
            comparison = replace(comparison, how="beside")
        self.comparison = self._last = comparison
        self.laid.expect()
        self._apply()

    def _go_on(self, before: Scan, front: Scan) -> None:
        cohort, comparison = self.page.session.cohort, self.comparison
        other = None if cohort is None or comparison is None else gone_on(comparison.other, before, front, cohort)
        if other is None:
            self.end()
        else:
            self.compare_with(other)

    def _apply(self) -> None:
        """Have the panes and the picture in front show what is compared; frames of one scan wait for that scan."""
        comparison, panes = self.comparison, self.page.panes
        if comparison is None:
            return
        if comparison.laid:
            self._lay(comparison)
            panes.keep_company(())
        elif comparison.other.frame is None or not panes.front.filling:
            self.laid.let_go()
            panes.keep_company((comparison.other,))
        self._show_bar()
        self._offer()

    def _lay(self, comparison: Comparison) -> None:
        pane, names, other = self.page.panes.front, self._names, comparison.other
        if names is not None:
            frame = 0 if pane.viewing is None else pane.viewing.frame
            self.laid.lay(pane, comparison, (names.of_front(other, frame), names.of(other)), names.whose(other))

    def _show_bar(self) -> None:
        comparison, names = self.comparison, self._names
        if comparison is None or names is None:
            return
        other = as_seen(comparison.other, self.page.panes)
        self.bar.show_comparison(comparison, names.of(other), can_be_laid(names.front, other.scan))
        if comparison.laid and self.laid.trouble is not None:
            self.bar.say(f"{names.of(other)} cannot be laid over: {self.laid.trouble.what}", "warn")
        else:
            self.bar.say(READING if self.laid.reading else note_on(self.page.panes, comparison, names))

    def _turned(self, scan: Scan) -> None:
        """The user turned to the scan beside: it is the one selected from now on, be it of another patient."""
        pane, company = self.page.panes.front, self.page.panes.company
        if self.comparison is None or not company or pane.viewing is None:
            return
        same = scan == self._front
        if same:
            self.comparison = replace(self.comparison, other=company[0])
        seen = {"voxel": pane.viewing.marked, "frame": pane.viewing.frame}
        self.page.session.selection.set(patient=scan.patient, scan=scan.id, **seen)
        if same:
            self._show_bar()
            self.page.panes.changed.emit(pane.viewing)

    def _choose(self, other: Other) -> None:
        self.compare_with(other)
        self.page.panes.front.view.setFocus()

    def _drop(self) -> None:
        """Fill the list that drops from the bar."""
        cohort, names = self.page.session.cohort, self._names
        if cohort is not None and names is not None and self.comparison is not None:
            self.bar.chooser.offer(candidates(names, cohort), as_seen(self.comparison.other, self.page.panes))

    def _offer(self) -> None:
        self.commands.offer(self.comparison, self.page.panes.front.scan, self.page.session.cohort)
        self.page.commands.offer()

    @property
    def _names(self) -> Names | None:
        return names_on(self.page, self._front, self._named)

    def _connect(self) -> None:
        self.commands.toggled.connect(self.toggle)
        self.commands.next_wanted.connect(self.to_next)
        self.commands.stepped.connect(lambda steps: self.change(lambda now: now.stepped(steps) if now.laid else now))
        self.bar.chooser.asked.connect(self._drop)
        self.bar.chooser.wanted.connect(self._choose)
        self.bar.way_wanted.connect(self.compare_by)
        self.bar.amount_wanted.connect(lambda amount: self.change(lambda now: now.at(amount)))
        self.bar.end_wanted.connect(self.end)
        self.laid.line.moved.connect(lambda line: self.change(lambda now: replace(now, line=line)))
        self.laid.changed.connect(self._show_bar)
        self.page.panes.turned_to.connect(self._turned)
        self.page.panes.beside_changed.connect(self._show_bar)
        self.page.session.cohort_changed.connect(self._apply)
        self.page.commands.link.toggled.connect(self._show_bar)
        self.page.commands.beside.toggled.connect(lambda _: None if self.comparison is None else self.end())
        self._escape.pressed.connect(self.end)
