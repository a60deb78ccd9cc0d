"""What is drawn over a volume: its box, the letters at the edges, the cube, a word about what is going on."""

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.theme import SIZES
from desktop.viewer.corners import letter_boxes
from desktop.viewer.plates import plate, put, width_of
from desktop.volume.box_lines import Line, edges
from desktop.volume.cube import Face, faces
from desktop.volume.scene import Scene

CUBE = 22
CUBE_ROOM = 46
SMALLEST = 220


class Marks(QWidget):
    """Mirrors a scene, and lets the mouse through. `words` stand in the middle if there is no scene, else below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene: Scene | None = None
        self.words = ""
        self.boxed = True
        self._lit = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def show_scene(self, scene: Scene | None) -> None:
        self.scene = scene
        self.update()

    def say(self, words: str) -> None:
        """Tell something; nothing for an empty string."""
        self.words = words
        self.update()

    def set_lit(self, lit: bool) -> None:
        """Frame the view, as the one that keys go to."""
        self._lit = lit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.scene is not None:
            draw_marks(painter, self.rect(), self.scene, boxed=self.boxed)
        if self.words:
            _say(painter, self.rect(), self.words, centred=self.scene is None)
        if self._lit:
            painter.setPen(QPen(QColor(theme.DARK.accent), SIZES.hair))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def draw_marks(painter: QPainter, area: QRect, scene: Scene, *, boxed: bool = True) -> None:
    """Box, letters and cube over a picture of the scene that fills `area`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if boxed:
        _draw_box(painter, area, scene)
    _draw_letters(painter, area, scene.camera.edge_letters)
    if min(area.width(), area.height()) >= SMALLEST:
        _draw_cube(painter, QPointF(area.left() + CUBE_ROOM, area.bottom() - CUBE_ROOM), faces(scene.camera))


def _draw_box(painter: QPainter, area: QRect, scene: Scene) -> None:
    size, clip = (area.width(), area.height()), scene.look.clip
    behind, before = edges(scene.camera, scene.levels.grid, size)
    _draw_lines(painter, behind, theme.DARK.muted, 60)
    _draw_lines(painter, before, theme.DARK.muted, 130)
    if not clip.whole:
        behind, before = edges(scene.camera, scene.levels.grid, size, clip)
        _draw_lines(painter, behind, theme.DARK.accent, 90)
        _draw_lines(painter, before, theme.DARK.accent, 200)


def _draw_lines(painter: QPainter, lines: list[Line], color: str, strength: int) -> None:
    shade = QColor(color)
    shade.setAlpha(strength)
    painter.setPen(QPen(shade, SIZES.hair))
    painter.drawLines([QLineF(*line) for line in lines])


def _draw_letters(painter: QPainter, area: QRect, letters: tuple[str, ...]) -> None:
    bold = QFont(painter.font())
    bold.setPixelSize(SIZES.section)
    bold.setBold(True)
    ratio = painter.device().devicePixelRatioF()
    for box, letter in zip(letter_boxes(area), letters, strict=True):
        image = plate(letter, bold, theme.current().on_image, ratio)
        width = max(float(box.width()), width_of(image))
        left = box.center().x() + 0.5 - width / 2
        left = min(max(left, area.left() + SIZES.s), area.right() - SIZES.s - width)
        put(painter, image, QRectF(left, box.y(), width, box.height()))


def _draw_cube(painter: QPainter, middle: QPointF, seen: list[Face]) -> None:
    for face in seen:
        fill = QColor(theme.DARK.raised).lighter(round(100 + 70 * face.lit))
        fill.setAlpha(220)
        painter.setPen(QPen(QColor(theme.DARK.muted), SIZES.hair))
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF([middle + QPointF(*corner) * CUBE for corner in face.corners]))
        _draw_letter(painter, middle, face)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_letter(painter: QPainter, middle: QPointF, face: Face) -> None:
    across, down = (sum(places) / len(face.corners) for places in zip(*face.corners, strict=True))
    centre = middle + QPointF(across, down) * CUBE
    painter.save()
    painter.setTransform(QTransform(*face.across, *face.down, centre.x(), centre.y()), combine=True)
    font = QFont(painter.font())
    font.setPixelSize(round(1.3 * CUBE))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(theme.DARK.text))
    painter.drawText(QRectF(-CUBE, -CUBE, 2 * CUBE, 2 * CUBE), Qt.AlignmentFlag.AlignCenter, face.letter)
    painter.restore()


def _say(painter: QPainter, area: QRect, words: str, *, centred: bool) -> None:
    ratio = painter.device().devicePixelRatioF()
    image = plate(words, painter.font(), theme.DARK.muted, ratio, area.width() - 2 * SIZES.l)
    width, height = width_of(image), image.height() / ratio
    top = area.center().y() - height / 2 if centred else area.bottom() - SIZES.s - height
    left = area.center().x() - width / 2 if centred else area.right() - SIZES.s - width
    put(painter, image, QRectF(left, top, width, height))
