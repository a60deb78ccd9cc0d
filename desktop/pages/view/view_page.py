"""The view page: the scans of the selected patient, the signal under them, the facts beside them."""

from dataclasses import replace

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.pages.page import Page
from desktop.pages.view.body import body_of
from desktop.pages.view.choices import Choices
from desktop.pages.view.commands import Commands
from desktop.pages.view.features import features
from desktop.pages.view.focus_back import FocusBack
from desktop.pages.view.inspector import ViewInspector
from desktop.pages.view.leafing import Leafing
from desktop.pages.view.nothing import Nothing
from desktop.pages.view.panes import Panes
from desktop.pages.view.scans import neighbours, scan_to_show, scans_to_show
from desktop.pages.view.spaces import tell_elsewhere
from desktop.pages.view.tools import ToolColumn
from desktop.pages.view.volumes import strip_of, volume_slot
from desktop.selection import Selected
from desktop.session import Session
from desktop.viewer.gestures import GESTURES
from desktop.viewer.layouts import Layout
from desktop.viewer.signal_curve import SignalCurve
from engine.cohort.cohort import Patient, Scan
from engine.pictures.plane import Voxel
from engine.pictures.planes import planes_of
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window


class ViewPage(Page):
    """Follows the shared selection, and writes scan, voxel and frame to it."""

    title = "View"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.side_by_side = False
        self.patient: Patient | None = None
        self.scan: Scan | None = None
        self._role = ""
        self._shown: tuple[Scan, ...] = ()
        self._turning = False
        self.panes = Panes(session.bridge, session.patient_name, lambda: volume_slot(session))
        self.curve = SignalCurve()
        self.nothing = Nothing(session)
        self.leafing = Leafing(self)
        self.commands = Commands(self)
        self.features = features(self)
        self._inspector = ViewInspector(tuple(filter(None, (feature.section() for feature in self.features))))
        self.choices = Choices(self.commands.layouts)
        self._build()
        self._connect()

    def actions(self) -> list[QAction]:
        return self.commands.all()

    def menu(self) -> list[tuple[str, list[QAction]]]:
        return [*self.commands.menu(), *((feature.title, feature.actions()) for feature in self.features)]

    def gestures(self) -> tuple[tuple[str, str], ...]:
        return (*GESTURES, *(gesture for feature in self.features for gesture in feature.gestures()))

    def caption(self) -> str:
        if self.patient is None:
            return ""
        labels = (label for _, label in sorted(self.patient.labels.items()))
        return " · ".join((self.session.patient_name(self.patient.key), *labels))

    def badge(self) -> str:
        return "Image level" if self.session.image_level else ""

    def inspector(self) -> ViewInspector:
        return self._inspector

    def showEvent(self, event: QShowEvent) -> None:
        """What was selected while another page was in front is shown now."""
        super().showEvent(event)
        self.follow()

    def follow(self) -> None:
        """Show what is selected; nothing is read while the page is hidden."""
        if not self.isVisible():
            return
        selected, cohort = self.session.selection.current, self.session.cohort
        before, self.patient = self.patient, None
        if cohort is not None:
            self.patient = cohort.by_key.get(selected.patient or "")
        if self.patient is not before:
            self.heading_changed.emit()
        scan = None if self.patient is None else scan_to_show(self.patient, selected.scan, self._role)
        if self.patient is None or scan is None:
            self._show_nothing()
        else:
            self._show_scan(self.patient, scan, selected)

    def become(self, viewing: Viewing) -> None:
        """Show this in the pane in front."""
        self.panes.front.become(viewing)

    def set_side_by_side(self, wanted: bool) -> None:
        """All scans of the patient beside each other, or one."""
        self.side_by_side = wanted
        self.follow()

    def lay_out(self, layout: Layout) -> None:
        """Another layout of the planes."""
        self.panes.lay_out(layout)
        self.commands.offer()
        if self.panes.front.viewing is not None:
            self._follow_viewing(self.panes.front.viewing)

    def _show_nothing(self) -> None:
        self.scan, self._shown = None, ()
        self.panes.let_go()
        self.leafing.let_go()
        self.curve.clear()
        self.nothing.explain(self.patient)
        self._stack.setCurrentWidget(self.nothing)
        self._inspector.show_scan(None, None)
        self._inspector.show_strip(None)
        self.commands.enable(False)
        for feature in self.features:
            feature.let_go()

    def _show_scan(self, patient: Patient, scan: Scan, selected: Selected) -> None:
        shown = scans_to_show(patient, scan, self.side_by_side, self._shown)
        if (scan, shown) != (self.scan, self._shown):
            self.scan, self._role, self._shown = scan, scan.role, shown
            self._stack.setCurrentWidget(self._body)
            self._turning = True
            self.panes.show_scans(shown, scan)
            self._turning = False
            tell_elsewhere(self.panes.panes, self.panes.front)
            self.choices.offer_scans(patient.scans, shown)
            self.leafing.follow(patient, scan)
            self.curve.setVisible(scan.frames > 1)
            if not self.leafing.waits():
                self._front_changed()
        if selected.scan == scan.id:
            self.panes.front.show_scan(scan, selected.voxel, selected.frame)
        self.session.selection.set(scan=scan.id)

    def _front_changed(self) -> None:
        """Inspector, planes and curve speak of the pane in front, or wait for its scan."""
        if self._turning:
            return
        self.leafing.rest.stop()
        self._show_front()
        for feature in self.features:
            feature.scan_changed()

    def _show_front(self) -> None:
        pane = self.panes.front
        ready = pane.loaded is not None and not pane.waiting
        self.commands.enable(ready)
        if pane.waiting:
            self._inspector.let_go()
            return
        self._inspector.show_scan(pane.scan, pane.loaded)
        self.commands.windows.offer(self._inspector.window_panel.offered)
        if ready and pane.viewing is not None:
            self._follow_viewing(pane.viewing)
        else:
            self.choices.offer_planes((), None)
            self.curve.clear()

    def _follow_viewing(self, viewing: Viewing) -> None:
        """The user moved in the picture: everything about it moves along."""
        if self._turning or self.panes.front.waiting:
            return
        if self.leafing.rest.isActive():
            self._front_changed()
            return
        main = self.panes.front.planes.main
        chosen = self.panes.layout_wanted.has_main and main is not None
        self.choices.offer_planes(planes_of(viewing.volume) if chosen else (), main.plane if main else None)
        self._inspector.show_viewing(viewing)
        self._inspector.show_strip(strip_of(self.panes.front))
        self.curve.follow(viewing)
        for feature in self.features:
            feature.viewing_changed(viewing)
        if self.scan is not None and self.session.selection.current.frame != viewing.frame:
            self.session.selection.set(scan=self.scan.id, frame=viewing.frame)

    def _expect(self) -> None:
        """Have the scans of the patients around opened, for one of them is probably next."""
        cohort = self.session.cohort
        if cohort is not None and self.patient is not None:
            scans = neighbours(cohort, self.patient, self._role)
            self.panes.ahead.expect(tuple(scan.source for scan in scans))

    def _marked(self, voxel: Voxel) -> None:
        if self.scan is not None and not self.panes.front.waiting:
            self.session.selection.set(scan=self.scan.id, voxel=voxel)

    def _scan_wanted(self, scan: Scan) -> None:
        self._role = scan.role
        self.session.selection.set(scan=scan.id)
        self.follow()

    def _plane_wanted(self, name: str) -> None:
        self.panes.front.planes.choose(name)

    def _window_wanted(self, window: Window) -> None:
        viewing = self.panes.front.viewing
        if viewing is not None:
            self.become(replace(viewing, window=window))

    def _frame_wanted(self, frame: int) -> None:
        viewing = self.panes.front.viewing
        if viewing is not None:
            self.become(viewing.at_frame(frame))

    def _connect(self) -> None:
        self.session.selection.changed.connect(self.follow)
        self.session.cohort_changed.connect(self.follow)
        self.session.cohort_changed.connect(self.panes.rename)
        self.session.cohort_changed.connect(self.heading_changed)
        self.choices.scan_wanted.connect(self._scan_wanted)
        self.choices.plane_wanted.connect(self._plane_wanted)
        self.panes.turned_to.connect(self._scan_wanted)
        self.leafing.rest.timeout.connect(self._front_changed)
        self.panes.arrived.connect(self._front_changed)
        self.panes.completed.connect(self._front_changed)
        self.panes.completed.connect(self._expect)
        self.panes.progressed.connect(lambda: self.curve.follow(self.panes.front.viewing))
        self.panes.changed.connect(self._follow_viewing)
        self.panes.marked.connect(self._marked)
        for over in filter(None, (feature.over() for feature in self.features)):
            self.panes.put_over(over)
        self.curve.frame_wanted.connect(self._frame_wanted)
        self._inspector.window_wanted.connect(self._window_wanted)
        FocusBack((self, self._inspector), lambda: self.panes.front.view.setFocus(), self)

    def _build(self) -> None:
        own = [feature.tools() for feature in self.features]
        tools = ToolColumn([*self.commands.tools(), *(group for group in own if group)])
        self._body = body_of(self.choices, tools, self.panes, self.curve)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self._body)
