"""The least a PySide6 program can do: an empty main window, painted once."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        print("first-paint", flush=True)
        QTimer.singleShot(0, QApplication.quit)


application = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
