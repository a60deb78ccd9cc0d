"""What is drawn over pictures, kept as the strokes it is made of: drawn again at any size, in any thread, on paper."""

import struct

from PySide6.QtCore import QRect
from PySide6.QtGui import QPaintDevice, QPainter, QPicture

Metric = QPaintDevice.PaintDeviceMetric


class Annotations(QPicture):
    """Says of itself that it has `ratio` pixels for each, so that what is drawn as pixels is drawn as finely."""

    def __init__(self, area: QRect, ratio: float) -> None:
        super().__init__()
        self._area, self._ratio = area, ratio
        self.setBoundingRect(area)

    def metric(self, metric: Metric) -> int:
        if metric == Metric.PdmDevicePixelRatio:
            return round(self._ratio)
        if metric == Metric.PdmDevicePixelRatioScaled:
            return round(self._ratio * 0x10000)
        if metric in (Metric.PdmDevicePixelRatioF_EncodedA, Metric.PdmDevicePixelRatioF_EncodedB):
            first, second = struct.unpack("ii", struct.pack("d", self._ratio))
            return int((first, second)[metric.value & 1])
        return int(super().metric(metric))

    def draw_on(self, painter: QPainter) -> None:
        """Draw it where it was, in the painter's own coordinates."""
        painter.save()
        painter.scale(1 / self._ratio, 1 / self._ratio)
        painter.drawPicture(0, 0, self)
        painter.restore()
