"""Who is where: a row per fold, a column per patient, painted in the colours of the parts."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import theme
from desktop.pages.split.parts import NAMES, code_colors
from desktop.pages.split.plan import CODES, Picture
from desktop.pages.split.raster import raster
from desktop.theme import SIZES
from desktop.widgets.marks import caption_font

LABELS, BAND, LEAST_ROW, MOST_ROW, MOST_HEIGHT = 44, 8, 2, 28, 340
PARTED_FROM = 10


class Matrix(QWidget):
    """`fold_chosen(index)` and `patient_chosen(pseudonym)` on a click; up and down go through the folds."""

    fold_chosen = Signal(int)
    patient_chosen = Signal(str)

    def __init__(self, color: Callable[[str, str], str], name: Callable[[str], str]) -> None:
        super().__init__()
        self._color, self._name = color, name
        self.picture: Picture | None = None
        self.fold = 0
        self._drawn: tuple[object, QImage] | None = None
        self.setAccessibleName("Who is where")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_picture(self, picture: Picture | None, fold: int = 0) -> None:
        """Show a division."""
        self.picture, self.fold, self._drawn = picture, fold, None
        if picture is not None:
            folds, patients = picture.codes.shape
            self.setAccessibleDescription(f"{folds} folds of {patients} patients")
        self.updateGeometry()
        self.update()

    def show_fold(self, fold: int) -> None:
        """Mark the row of a fold."""
        self.fold = fold
        self.update()

    def sizeHint(self) -> QSize:
        folds = 1 if self.picture is None else max(1, len(self.picture.codes))
        return QSize(400, self._top() + round(min(MOST_HEIGHT, max(MOST_ROW, folds * self._row_wanted(folds)))))

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(QPointF(event.pos())), self)
            return True
        return bool(super().event(event))  # type: ignore[arg-type]

    def cell_at(self, place: QPointF) -> tuple[int, int] | None:
        """Fold and patient (by index) under a point; the band of classes counts as the marked fold."""
        lanes = self._lanes()
        if self.picture is None or not (lanes.left() <= place.x() < lanes.right() and place.y() < lanes.bottom()):
            return None
        folds, patients = self.picture.codes.shape
        column = min(patients - 1, int((place.x() - lanes.left()) / lanes.width() * patients))
        if place.y() < lanes.top():
            return (self.fold, column)
        return (min(folds - 1, int((place.y() - lanes.top()) / lanes.height() * folds)), column)

    def words_at(self, place: QPointF) -> str:
        """Who it is, of which class, in which part of which fold."""
        cell = self.cell_at(place)
        if self.picture is None or cell is None:
            return ""
        fold, column = cell
        key = self.picture.patients[column]
        classes = ", ".join(told[key] for told in self.picture.division.targets.values())
        code = int(self.picture.codes[fold, column])
        part = next((NAMES[name] for name, number in CODES.items() if number == code), "in no part")
        return f"{self._name(key)}\n{classes}\nFold {self.picture.division.folds[fold].number}: {part}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if self.picture is not None and cell is not None:
            self.fold_chosen.emit(cell[0])
            self.patient_chosen.emit(self.picture.patients[cell[1]])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if self.picture is None or not step:
            super().keyPressEvent(event)
            return
        self.fold_chosen.emit(min(max(self.fold + step, 0), len(self.picture.codes) - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture is None or not self.picture.patients:
            return
        with QPainter(self) as painter:
            self._paint_classes(painter)
            lanes = self._lanes()
            painter.drawImage(lanes, self._image(lanes))
            self._paint_rows(painter, lanes)

    def _image(self, lanes: QRectF) -> QImage:
        assert self.picture is not None
        ratio, colors = self.devicePixelRatioF(), code_colors()
        width, height = round(lanes.width() * ratio), round(lanes.height() * ratio)
        wanted = (colors, width, height)
        if self._drawn is None or self._drawn[0] != wanted:
            self._drawn = (wanted, raster(self.picture.codes, colors, width, height))
        return self._drawn[1]

    def _paint_classes(self, painter: QPainter) -> None:
        """A band per target over the matrix, in the colours of the classes."""
        assert self.picture is not None
        lanes, patients = self._lanes(), self.picture.patients
        for number, (column, told) in enumerate(self.picture.division.targets.items()):
            begin = 0
            for place in range(1, len(patients) + 1):
                if place == len(patients) or told[patients[place]] != told[patients[begin]]:
                    left, right = (lanes.left() + lanes.width() * at / len(patients) for at in (begin, place))
                    box = QRectF(left, number * (BAND + 2), max(right - left, 1), BAND)
                    painter.fillRect(box, QColor(self._color(column, told[patients[begin]])))
                    begin = place

    def _paint_rows(self, painter: QPainter, lanes: QRectF) -> None:
        assert self.picture is not None
        folds, tokens = self.picture.division.folds, theme.current()
        row = lanes.height() / len(folds)
        painter.setFont(caption_font(self.font()))
        if row >= PARTED_FROM:
            painter.setPen(QColor(tokens.panel))
            for number in range(1, len(folds)):
                y = lanes.top() + number * row
                painter.drawLine(QPointF(lanes.left(), y), QPointF(lanes.right(), y))
        step = max(1, round(16 / row))
        for number in range(0, len(folds), step):
            chosen = number == self.fold
            painter.setPen(QColor(tokens.text if chosen else tokens.muted))
            box = QRectF(0, lanes.top() + number * row, LABELS - SIZES.s, max(row, 14))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number + 1))
        if len(folds) > 1:
            painter.setPen(QColor(tokens.text))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(lanes.left(), lanes.top() + self.fold * row, lanes.width() - 1, max(row - 1, 1)))

    def _row_wanted(self, folds: int) -> float:
        return max(LEAST_ROW, min(MOST_ROW, MOST_HEIGHT / folds))

    def _top(self) -> int:
        targets = 1 if self.picture is None else len(self.picture.division.targets)
        return targets * (BAND + 2) + 2

    def _lanes(self) -> QRectF:
        return QRectF(LABELS, self._top(), max(self.width() - LABELS, 1), max(self.height() - self._top(), 1))
