"""What one changes about a volume's picture: mode, preset, side, transfer function, cuts."""

from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QToolButton, QWidget

from desktop.forms.fold import Fold
from desktop.theme import SIZES
from desktop.volume.camera import STANDARD_VIEWS
from desktop.volume.clip_panel import ClipPanel
from desktop.volume.cube import LETTERS
from desktop.volume.look import MODES, WORDS, Mode
from desktop.volume.opening import Opened
from desktop.volume.presets import Preset, offered
from desktop.volume.scene import Scene
from desktop.volume.transfer_editor import TransferEditor
from desktop.volume.volume_view import VolumeView
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.buttons import glyph, push
from desktop.widgets.text import text
from engine.imaging.volume import orientation_letters

OWN = "Own settings"
TIPS: dict[Mode, str] = {
    "mip": "The greatest value behind each pixel: vessels, contrast medium, calcium",
    "average": "The mean of what lies behind each pixel, like an X-ray",
    "composite": "Tissues shaded as solid bodies, by the transfer function",
    "iso": "The surface at one value",
}


class VolumeStrip(QWidget):
    """Mirrors one VolumeView and changes it."""

    def __init__(self, view: VolumeView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.modes = {mode: self._mode_button(mode) for mode in MODES}
        self.presets = QComboBox()
        self.presets.setAccessibleName("Preset")
        self.presets.setToolTip("Ready-made looks for this kind of scan")
        self.presets.activated.connect(self._choose_preset)
        self.editor = TransferEditor()
        self.editor.wanted.connect(view.set_transfer)
        self.editor.surface_wanted.connect(view.set_surface)
        self.caption: QLabel = text("", "caption", "muted")
        self.clip = ClipPanel()
        self.clip.wanted.connect(view.set_clip)
        self.cuts = Fold("Cut away", self.clip)
        self._offered: tuple[Preset, ...] = ()
        self._build()
        view.changed.connect(self.show_scene)
        view.shown.connect(self._offer)
        if view.opened is not None:
            self._offer(view.opened)
        self.show_scene(view.scene)

    def show_scene(self, scene: Scene | None) -> None:
        """Show what is set."""
        self.setEnabled(scene is not None)
        if scene is None:
            self.editor.show_transfer(None, None, None)
            return
        look, opened = scene.look, self.view.opened
        for mode, button in self.modes.items():
            button.setChecked(mode == look.mode)
        self._point_at(look.preset)
        shaped = look.mode in ("composite", "iso")
        self.editor.setVisible(shaped)
        self.caption.setVisible(shaped)
        histogram = None if opened is None else opened.histogram
        self.editor.show_transfer(look.transfer, histogram, look.iso if look.mode == "iso" else None)
        self.caption.setText(f"Surface at {look.iso:.4g}" if look.mode == "iso" else "Solidity by value")
        self.clip.show_clip(look.clip, orientation_letters(scene.levels.grid.affine))

    def _build(self) -> None:
        whole = column_box(self, gap=SIZES.s)
        modes = grid_box(across=SIZES.xs, down=SIZES.xs)
        for number, button in enumerate(self.modes.values()):
            modes.addWidget(button, number // 2, number % 2)
        sides = row_box(gap=SIZES.xs)
        for number, side in enumerate(STANDARD_VIEWS):
            sides.addWidget(self._side_button(side, number + 1))
        sides.addStretch()
        sides.addWidget(glyph("fit", self.view.reset, "See all of it from the front (0)"))
        whole.addLayout(modes)
        whole.addWidget(self.presets)
        whole.addLayout(sides)
        whole.addWidget(self.caption)
        whole.addWidget(self.editor)
        whole.addWidget(self.cuts)

    def _mode_button(self, mode: Mode) -> QPushButton:
        button = push(WORDS[mode], partial(self._choose_mode, mode), kind="choice", tip=TIPS[mode])
        button.setCheckable(True)
        return button

    def _side_button(self, side: str, number: int) -> QToolButton:
        button = QToolButton()
        button.setText(LETTERS[side])
        button.setToolTip(f"From {side} ({number})")
        button.setAccessibleName(f"From {side}")
        button.clicked.connect(lambda: self.view.stand(side))
        return button

    def _choose_mode(self, mode: Mode) -> None:
        self.view.set_mode(mode)
        self.show_scene(self.view.scene)

    def _choose_preset(self, place: int) -> None:
        if 0 < place <= len(self._offered):
            self.view.set_preset(self._offered[place - 1])

    def _offer(self, opened: Opened) -> None:
        self._offered = offered(opened.modality)
        with QSignalBlocker(self.presets):
            self.presets.clear()
            self.presets.addItems([OWN, *(preset.name for preset in self._offered)])
        self.show_scene(self.view.scene)

    def _point_at(self, name: str) -> None:
        names = [preset.name for preset in self._offered]
        with QSignalBlocker(self.presets):
            self.presets.setCurrentIndex(names.index(name) + 1 if name in names else 0)
