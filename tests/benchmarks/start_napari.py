"""napari's viewer with one image; run by a Python that has napari."""

import napari
import numpy as np
from qtpy.QtCore import QEvent, QObject, QTimer
from qtpy.QtWidgets import QApplication


class FirstPaint(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, report)
        return False


def report() -> None:
    print("first-paint", flush=True)
    QApplication.quit()


viewer = napari.Viewer(show=False)
viewer.add_image(np.random.default_rng(0).integers(0, 256, (512, 512), dtype=np.uint8))
window = viewer.window._qt_window
watcher = FirstPaint()
window.installEventFilter(watcher)
viewer.show()
napari.run()
