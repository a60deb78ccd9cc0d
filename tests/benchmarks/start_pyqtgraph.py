"""What a plain pyqtgraph viewer does at start: a window with one image, painted once."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent


class Window(pg.GraphicsLayoutWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        print("first-paint", flush=True)
        QTimer.singleShot(0, application.quit)


application = pg.mkQApp()
window = Window()
window.resize(1280, 800)
image = np.random.default_rng(0).integers(0, 256, (512, 512), dtype=np.uint8)
window.addPlot().addItem(pg.ImageItem(image))
window.show()
application.exec()
