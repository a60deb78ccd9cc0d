"""On the view page: what lies over the scans."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from desktop.layers.add_menu import AddMenu, Groups
from desktop.layers.asking import Asking
from desktop.layers.colour_bar import ColourBar
from desktop.layers.layer_commands import LayerCommands
from desktop.layers.laying import Laying
from desktop.layers.looks import Looks
from desktop.layers.making import Mapped
from desktop.layers.offers import map_offers, scan_offers
from desktop.layers.ordering import Around
from desktop.layers.panel import LayersPanel
from desktop.layers.quantities import quantity_name
from desktop.layers.saving import saving, told
from desktop.layers.space_key import SpaceKey
from desktop.layers.wish import FileWish, MapWish, Wish, named_scans
from desktop.layers.wishes import Wishes
from desktop.pages.view.feature import Feature
from desktop.pages.view.section import Section
from desktop.viewer.over import Over
from desktop.viewer.scan_pane import ScanPane
from engine.cohort.cohort import Scan
from engine.imaging.volume import Volume
from engine.maps import can_map
from engine.pictures.doubt import sentence

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage


class Layering(Feature):
    """Each pane's scan has layers of its own; panel and commands speak of those in front."""

    title = "Layers"

    def __init__(self, page: "ViewPage") -> None:
        super().__init__(page)
        self.wishes, self.looks = Wishes(), Looks()
        self.panel = LayersPanel()
        self.bar = ColourBar()
        self._section = Section(self.title, self.panel)
        self._layings: dict[ScanPane, Laying] = {}
        self._asking = Asking()
        self.commands = LayerCommands(
            self, self.show, self.ask, self.ask_file, self.add_map, self.ask_folder, self.remove_all
        )
        self.menu = AddMenu(self.panel.menu, self._offered)
        self._space = SpaceKey(self)
        self._connect()

    def actions(self) -> list[QAction]:
        return self.commands.all()

    def section(self) -> Section:
        return self._section

    def over(self) -> Over:
        return self.bar

    def scan_changed(self) -> None:
        for pane in self.page.panes.panes:
            self._of(pane).follow()
        self._mirror()

    def let_go(self) -> None:
        for laying in self._layings.values():
            laying.let_go()

    @property
    def front(self) -> Laying:
        """The layers of the scan in front."""
        return self._of(self.page.panes.front)

    def show(self, shown: bool) -> None:
        """Show the layers of every scan, or none for now."""
        for laying in self._layings.values():
            laying.show(shown)

    def add(self, wish: Wish) -> None:
        """Lay something over the scan in front, which takes the keyboard."""
        self.front.add(wish)
        self.page.panes.front.view.setFocus()

    def add_map(self) -> None:
        """Lay the relaxation time of the scan in front over it."""
        self.add(MapWish("time"))

    def add_file(self, path: Path) -> None:
        """Lay a file over the scan in front."""
        scan = self.front.scan
        if scan is not None:
            self.add(FileWish(path, scan.id))

    def ask(self) -> None:
        """Open the menu of what can be laid over the scan."""
        button, page = self.panel.add, self.page
        if button.isVisible():
            self.panel.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        else:
            self.panel.menu.popup(page.mapToGlobal(page.rect().center()))

    def ask_file(self) -> None:
        """Ask for a file to lay over the scan."""
        chosen = self._asking.file(self.page.window())
        if chosen is not None:
            self.add_file(chosen)

    def ask_folder(self) -> None:
        """Ask where the maps go, and write them."""
        chosen = self._asking.folder(self.page.window())
        if chosen is not None:
            self.save_maps(chosen)

    def save_maps(self, folder: Path) -> None:
        """Write the maps of the scan in front into a folder, as a job; nothing is written over."""
        laying, session = self.front, self.page.session
        scan, volume = laying.scan, laying.volume
        if scan is not None and volume is not None:
            title = f"Saving the maps of {session.patient_name(scan.patient)} {scan.role}"
            work = saving(scan, volume, laying.mapped, folder)
            session.bridge.submit_job(title, work, lambda paths: session.announced.emit(told(paths)), owner=self)

    def remove_all(self) -> None:
        """Take all layers of the scan in front away."""
        self.front.clear()

    def _alter(self, key: str, changes: dict[str, object]) -> None:
        entry = self.front.entry(key)
        if entry is not None and entry.layer is not None:
            overlay = replace(entry.layer.overlay, **changes)  # type: ignore[arg-type]
            self.front.alter(replace(entry.layer, overlay=overlay))

    def _show_one(self, key: str, shown: bool) -> None:
        entry = self.front.entry(key)
        if entry is not None and entry.layer is not None:
            self.front.alter(replace(entry.layer, shown=shown))

    def _of(self, pane: ScanPane) -> Laying:
        """The layers over a pane's scan."""
        if pane not in self._layings:
            session, around = self.page.session, Around(self._scan, self._volume, self._maps)
            made = Laying(pane, session.bridge, self.wishes, self.looks, around)
            made.shown = self.commands.shown.isChecked()
            made.failed.connect(session.failed)
            made.changed.connect(lambda: self._mirror() if pane is self.page.panes.front else None)
            pane.completed.connect(made.follow)
            self._layings[pane] = made
        return self._layings[pane]

    def _scan(self, scan: Scan, name: str) -> Scan | None:
        cohort = self.page.session.cohort
        patient = None if cohort is None else cohort.by_key.get(scan.patient)
        return None if patient is None else named_scans(patient).get(name)

    def _volume(self, scan: Scan) -> Volume | None:
        """The volume of a scan that another pane shows."""
        shown = (pane for pane in self.page.panes.panes if pane.scan == scan and not pane.filling)
        return next((pane.loaded.volume for pane in shown if pane.loaded is not None), None)

    def _maps(self, volume: Volume) -> Mapped | None:
        """The maps of a volume that were computed for another pane."""
        same = (laying.mapped for laying in self._layings.values() if laying.volume is volume)
        return next((mapped for mapped in same if mapped is not None), None)

    def _offered(self) -> Groups:
        """What could be laid over the scan in front."""
        scan, patient = self.front.scan, self.page.patient
        if scan is None or patient is None:
            return ()
        there = {entry.wish for entry in self.front.entries if entry.state != "absent"}
        return (scan_offers(patient, scan, there), map_offers(self.front.volume, there))

    def _mirror(self) -> None:
        """Panel and commands follow the layers in front; while another scan is on its way they stay as they are."""
        laying = self.front
        if laying.volume is not None or not self.page.panes.front.filling:
            self._section.setVisible(laying.volume is not None)
            self.panel.show_entries(laying.entries, laying.shown)
            self.commands.shown.setChecked(laying.shown)
        self._enable(laying)

    def _enable(self, laying: Laying) -> None:
        volume = laying.volume
        refused = "" if volume is None else can_map(volume)
        words = f"{quantity_name(volume, 'time')} map"
        self.commands.enable(
            volume is not None, bool(laying.entries), words, sentence(f"not of this scan: {refused}") if refused else ""
        )

    def _forget(self) -> None:
        """Another workspace: nothing is wished for there yet."""
        self.wishes.forget()
        self.looks.forget()

    def _connect(self) -> None:
        self.page.session.workspace_changed.connect(self._forget)
        self.menu.wished.connect(self.add)
        self.menu.file_wanted.connect(self.ask_file)
        self.panel.altered.connect(self._alter)
        self.panel.shown.connect(self._show_one)
        self.panel.removed.connect(lambda wish: self.front.remove(wish))
        self.panel.moved.connect(lambda wish, by: self.front.move(wish, by))
        self.panel.turned.connect(self._mirror)
