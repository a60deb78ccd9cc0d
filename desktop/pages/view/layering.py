"""On the view page: what lies over the scans."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from desktop.layers.add_menu import AddMenu, Groups
from desktop.layers.altering import Altering
from desktop.layers.asking import Asking
from desktop.layers.colour_bar import ColourBar
from desktop.layers.layer_commands import LayerCommands
from desktop.layers.laying import Laying
from desktop.layers.layings import Layings
from desktop.layers.offers import map_offers, scan_offers
from desktop.layers.panel import LayersPanel
from desktop.layers.quantities import quantity_name
from desktop.layers.saving import MapSaver
from desktop.layers.space_key import SpaceKey
from desktop.layers.wish import FileWish, MapWish, Wish
from desktop.pages.view.feature import Feature
from desktop.pages.view.section import Section
from desktop.viewer.over import Over
from desktop.viewer.scan_pane import ScanPane
from engine.maps import can_map
from engine.pictures.doubt import sentence
from engine.pictures.viewing import Viewing

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage


class Layering(Feature):
    """Each pane's scan has layers of its own; panel and commands speak of those in front."""

    title = "Layers"

    def __init__(self, page: "ViewPage") -> None:
        super().__init__(page)
        self.layings = Layings(page.session, lambda: tuple(page.panes.panes), self)
        self.saver = MapSaver(page.session, self.layings.once, self)
        self.panel = LayersPanel()
        self.altering = Altering(self.panel, lambda: self.front)
        self.bar = ColourBar()
        self._section = Section(self.title, self.panel)
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
        self.layings.follow()
        self._mirror()

    def viewing_changed(self, viewing: Viewing) -> None:
        self.front.look_at(viewing.frame)

    def let_go(self) -> None:
        self.layings.let_go()

    @property
    def front(self) -> Laying:
        """The layers of the scan in front."""
        return self.layings.of(self.page.panes.front)

    def show(self, shown: bool) -> None:
        """Show the layers of every scan, or none for now."""
        self.layings.show(shown)

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
        self.saver.save(self.front, folder)

    def remove_all(self) -> None:
        """Take all layers of the scan in front away."""
        self.front.clear()

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

    def _changed(self, pane: ScanPane) -> None:
        if pane is self.page.panes.front:
            self._mirror()

    def _connect(self) -> None:
        self.layings.changed.connect(self._changed)
        self.menu.wished.connect(self.add)
        self.menu.file_wanted.connect(self.ask_file)
        self.panel.turned.connect(self._mirror)
