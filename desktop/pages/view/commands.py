"""The commands of the view page: for the title bar, the menu and the keys."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from desktop import icons
from desktop.actions import tip
from desktop.pages.view.volume_slot import VolumeSlot
from desktop.pages.view.window_commands import WindowCommands
from desktop.viewer.cell_grid import VOLUME
from desktop.viewer.gestures import actual_size, fitted, mirrored, rotated, rotated_back
from desktop.viewer.layouts import LAYOUTS, Layout
from engine.pictures.planes import linked_planes
from engine.pictures.resliced import is_oblique
from engine.pictures.viewing import Viewing

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage

CROSSHAIR = "Show where the planes meet"
SIDE = "The patient's left at the left of the screen: neurological, not radiological"
ALONG_PATIENT = "Cut an oblique scan along the patient's axes: resliced, not as acquired"
LINK = "Scans side by side go to the same position"
FIT = "Show the whole picture; of a volume that has the keys, from the front again"
ACTUAL = "A pixel of the picture for each of the screen"
TURN = "Turn the picture by a quarter"
AUTO = "Window from the values of the scan"
BESIDE = "All scans of the patient"


class Commands:
    """QActions of the page, in the order of its title bar."""

    def __init__(self, page: "ViewPage") -> None:
        self._page = page
        self._group = QActionGroup(page)
        beside, smooth = page.set_side_by_side, page.panes.set_smooth
        self.fit = self._action("fit", "Fit", "F", FIT, self._fit)
        self.auto = self._action("window-auto", "Automatic window", "A", AUTO, self._auto_window)
        self.invert = self._action("invert", "Invert", "I", "Exchange black and white", self._changing(_inverted))
        self.smooth = self._switch("smooth", "Smooth", "B", "Blend between voxels", smooth, True)
        self.play = self._action("play", "Play", "C", "Play the frames, or the slices", self._play)
        self.beside = self._switch("side-by-side", "Side by side", "S", BESIDE, beside, page.side_by_side)
        self.auto.setIconText("Auto")
        self.windows = WindowCommands(page)
        self.layouts = [self._layout(layout) for layout in LAYOUTS]
        self.layouts[0].setChecked(True)
        panes = page.panes
        self.crosshair = self._switch("crosshair", "Crosshair", "X", CROSSHAIR, panes.set_crosshair, True)
        self.side = self._switch("side", "Neurological side", "N", SIDE, self._set_neurological, False)
        self.oblique = self._switch("patient-axes", "Patient axes", "O", ALONG_PATIENT, self._set_patient_axes, False)
        self.link = self._switch("link", "Link positions", "L", LINK, panes.set_linked, True)
        self.actual = self._action("actual-size", "Actual size", "Z", ACTUAL, self._actual_size)
        self.back = self._action("rotate-back", "Turn left", "Shift+R", TURN, self._changing(rotated_back))
        self.rotate = self._action("rotate", "Turn right", "R", TURN, self._changing(rotated))
        self.flip = self._action("flip", "Mirror", "H", "Exchange left and right", self._changing(mirrored))

    def all(self) -> list[QAction]:
        return [self.fit, self.auto, self.invert, self.smooth, self.play, self.beside]

    def tools(self) -> list[list[QAction]]:
        """Those of the column beside the pictures, in groups."""
        looks = [self.crosshair, self.side, self.oblique, self.link]
        return [looks, [self.actual, self.back, self.rotate, self.flip]]

    def menu(self) -> list[tuple[str, list[QAction]]]:
        """All of them, in groups with a heading."""
        looks, turns = self.tools()
        window = [self.auto, *self.windows.all(), self.invert]
        return [
            ("", [self.fit, self.smooth, self.play, self.beside]),
            ("Windowing", window),
            ("Layout", self.layouts),
            ("Planes", looks),
            ("Picture", turns),
        ]

    def enable(self, able: bool) -> None:
        """Whether there is a picture to do something with."""
        whole = (self.fit, self.auto, self.invert, self.smooth, self.play)
        for action in (*whole, self.side, self.actual, self.back, self.rotate, self.flip):
            action.setEnabled(able)
        self.offer()

    def offer(self) -> None:
        """Enable what means something for the scans and the layout in sight."""
        panes = self._page.panes
        viewing = panes.front.viewing
        planes = 0 if viewing is None else len(linked_planes(viewing.volume))
        for action in self.layouts:
            action.setEnabled(planes > 1)
        self.crosshair.setEnabled(planes > 1 and len(panes.layout_wanted.slots) > 1)
        self.oblique.setEnabled(viewing is not None and is_oblique(viewing.volume))
        self.link.setEnabled(sum(not pane.isHidden() for pane in panes.panes) > 1)

    def _set_neurological(self, wanted: bool) -> None:
        """The patient's left at the left of the screen, or at the right."""
        panes = self._page.panes
        panes.hang(replace(panes.hanging, side="neurological" if wanted else "radiological"))

    def _set_patient_axes(self, wanted: bool) -> None:
        """Oblique scans along the patient's axes, or as acquired."""
        panes = self._page.panes
        panes.hang(replace(panes.hanging, patient_axes=wanted))

    def _fit(self) -> None:
        planes = self._page.panes.front.planes
        slot = planes.volume.content
        if isinstance(slot, VolumeSlot) and (slot.view.hasFocus() or planes.enlarged == VOLUME):
            slot.view.reset()
        else:
            self._changing(fitted)()

    def _actual_size(self) -> None:
        view = self._page.panes.front.view
        self._changing(lambda viewing: actual_size(viewing, view.placement, view.devicePixelRatioF()))()

    def _changing(self, change: Callable[[Viewing], Viewing]) -> Callable[[], None]:
        def act() -> None:
            viewing = self._page.panes.front.viewing
            if viewing is not None:
                self._page.become(change(viewing))

        return act

    def _auto_window(self) -> None:
        loaded = self._page.panes.front.loaded
        if loaded is not None:
            self._changing(lambda viewing: replace(viewing, window=loaded.auto))()

    def _play(self) -> None:
        self._page.panes.front.cine.toggle()

    def _layout(self, layout: Layout) -> QAction:
        action = self._named(layout.icon, layout.words, layout.shortcut, layout.words)
        action.setCheckable(True)
        action.setActionGroup(self._group)
        action.triggered.connect(lambda: self._page.lay_out(layout))
        return action

    def _action(self, icon: str, words: str, key: str, what: str, act: Callable[[], None]) -> QAction:
        action = self._named(icon, words, key, what)
        action.triggered.connect(lambda: act())
        return action

    def _switch(self, icon: str, words: str, key: str, what: str, act: Callable[[bool], None], on: bool) -> QAction:
        action = self._named(icon, words, key, what)
        action.setCheckable(True)
        action.setChecked(on)
        action.toggled.connect(act)
        return action

    def _named(self, icon: str, words: str, key: str, what: str) -> QAction:
        action = QAction(words, self._page)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(tip(what, key))
        action.setProperty("words", True)
        icons.assign(action, icon)
        return action


def _inverted(viewing: Viewing) -> Viewing:
    return replace(viewing, window=viewing.window.turned())
