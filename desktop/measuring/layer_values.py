"""What shapes measure on the layer that lies on top of their scan, where its own affine puts it."""

from weakref import ref

from PySide6.QtCore import QObject, Signal

from desktop.bridge import Bridge
from desktop.measuring.drawn import Drawn
from desktop.measuring.values import Values
from engine.imaging.volume import Volume
from engine.measure import Figures
from engine.pictures.layer import Layer


class LayerValues(QObject):
    """Knows the figures on one volume at a time, and does not keep it. `came` tells the key of those that are there."""

    came = Signal(int)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._volume: ref[Volume] | None = None
        self._values: Values | None = None

    def of(self, drawn: Drawn, layer: Layer, frame: int) -> Figures | None:
        """The figures of a shape on a frame of the layer, as far as they are known; the rest is on its way."""
        return self._on(layer.overlay.volume).of(drawn, layer.overlay.volume, frame)

    def let_go(self) -> None:
        """Reckon no further, and know nothing."""
        if self._values is not None:
            self._values.let_go()
            self._values.deleteLater()
        self._values = self._volume = None

    def _on(self, volume: Volume) -> Values:
        """Those on this volume: figures that are on their way from another one are not taken for its own."""
        if self._values is None or self._volume is None or self._volume() is not volume:
            self.let_go()
            self._volume, self._values = ref(volume), Values(self._bridge, self)
            self._values.came.connect(self.came)
        return self._values
