"""The bar under a picture: the frames as labelled steps, and playing them."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QWidget

from desktop import icons
from desktop.theme import SIZES
from desktop.viewer.track import Track
from desktop.widgets.boxes import row_box
from desktop.widgets.buttons import glyph
from desktop.widgets.text import text
from engine.pictures.viewing import Viewing
from engine.pictures.wording import axis_title, frame_words

SPEEDS = (2, 5, 10, 15, 25)
USUAL = 10
ROOMY = 260
SLICES, PICTURES = "Slices", "Pictures"
PLAY, STOP = "Play (C)", "Stop playing (C)"


class CineBar(QWidget):
    """Plays frames, or slices where there is one frame. `wanted` tells the viewing as it should be now, `beyond` that
    it should be the next of `count` single pictures.
    """

    wanted = Signal(object)
    beyond = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = 1
        self._viewing: Viewing | None = None
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.step)
        self.button = glyph("play", self.toggle, PLAY)
        self.track = Track(Qt.Orientation.Horizontal, "Frame")
        self.track.valueChanged.connect(self._track_moved)
        self.label = text("", "caption")
        self.speed = QComboBox()
        self.speed.setToolTip("How fast it plays")
        self.speed.setAccessibleName("Speed")
        for speed in SPEEDS:
            self.speed.addItem(f"{speed} / s", speed)
        self.speed.setCurrentIndex(SPEEDS.index(USUAL))
        self.speed.currentIndexChanged.connect(self._set_speed)
        self._set_speed()
        row = row_box(self, gap=SIZES.xs, margins=(SIZES.xs, SIZES.hair, SIZES.xs, SIZES.xs))
        for part in (self.button, self.track, self.label, self.speed):
            row.addWidget(part, 1 if part is self.track else 0)

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def show_viewing(self, viewing: Viewing) -> None:
        """Stand where this viewing stands."""
        fresh = self._viewing is None or self._viewing.volume is not viewing.volume
        self._viewing = viewing
        volume = viewing.volume
        self.track.show_position(viewing.frame, volume.frames)
        several = volume.frames > 1
        self.label.setText(frame_words(volume.frame_axis, viewing.frame) if several else self._unframed)
        if fresh:
            self.track.setToolTip(axis_title(volume.frame_axis) if several else "There is one frame")
            self._keep_width()
        self.setEnabled(several or viewing.plane.count > 1 or self.count > 1)
        if not self.isEnabled():
            self.stop()

    def toggle(self) -> None:
        """Play, or stop."""
        if self.playing:
            self.stop()
        elif self.isEnabled() and self._viewing is not None:
            self._timer.start()
            self._show_state()

    def let_go(self) -> None:
        """Stop, and keep nothing of the scan."""
        self.stop()
        self._viewing = None

    def wait(self) -> None:
        """Keep nothing of the scan; where it goes from picture to picture, go on once the next is there."""
        if self.count == 1:
            self.stop()
        self._viewing = None

    def stop(self) -> None:
        self._timer.stop()
        self._show_state()

    def step(self) -> None:
        """The next frame, or slice; after the last comes the first."""
        viewing = self._viewing
        if viewing is None:
            return
        if viewing.volume.frames > 1:
            self.wanted.emit(viewing.at_frame((viewing.frame + 1) % viewing.volume.frames))
        elif viewing.plane.count == 1:
            self.beyond.emit()
        else:
            self.wanted.emit(viewing.at_slice((viewing.index + 1) % viewing.plane.count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """How fast it plays is left out where there is no room to say it."""
        super().resizeEvent(event)
        self.speed.setVisible(self.width() >= ROOMY)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.stop()

    @property
    def _unframed(self) -> str:
        """What it plays where there is one frame."""
        return PICTURES if self.count > 1 else SLICES

    def _track_moved(self, frame: int) -> None:
        if self._viewing is not None:
            self.wanted.emit(self._viewing.at_frame(frame))

    def _set_speed(self) -> None:
        self._timer.setInterval(round(1000 / self.speed.currentData()))

    def _show_state(self) -> None:
        icons.assign(self.button, "pause" if self.playing else "play", "muted")
        self.button.setToolTip(STOP if self.playing else PLAY)

    def _keep_width(self) -> None:
        """Room for the longest label of this scan, so that nothing moves while it plays."""
        assert self._viewing is not None
        volume = self._viewing.volume
        words = [frame_words(volume.frame_axis, frame) for frame in range(volume.frames)]
        self.label.ensurePolished()
        metrics = self.label.fontMetrics()
        widest = max(metrics.horizontalAdvance(word) for word in [*words, SLICES, PICTURES])
        self.label.setMinimumWidth(widest + SIZES.s)
