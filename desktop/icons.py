"""Our own line icons, coloured by the theme."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from weakref import WeakSet

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from desktop import theme

FADED = 90
WIDEST_LINE = 2.0

Carrier = QAbstractButton | QAction
_carriers: WeakSet[Carrier] = WeakSet()


def assign(carrier: Carrier, name: str, tone: str = "text", lit: str = "", *, now: bool = True) -> None:
    """Give a button or action the icon `name` in the colour of token `tone` (`lit` when checked).

    It is coloured anew when the theme changes; where not `now`, it is first drawn by `recolour_all`.
    """
    _carriers.add(carrier)
    carrier.setProperty("icon_name", name)
    carrier.setProperty("icon_tone", tone)
    carrier.setProperty("icon_lit", lit or tone)
    if now:
        carrier.setIcon(icon(name, tone, lit))


def icon(name: str, tone: str = "text", lit: str = "") -> QIcon:
    """The icon in the present theme; KeyError when there is none of that name."""
    tokens = theme.current()
    return _icon(name, getattr(tokens, tone), getattr(tokens, lit or tone), tokens.muted)


def pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon drawn in `color`, `size` pixels wide on a screen of the given pixel ratio."""
    side = round(size * ratio)
    image = QPixmap(side, side)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(_coloured(name, color, size))).render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


@cache
def mark(name: str, color: str, size: int, ratio: float) -> QPixmap:
    """A `pixmap` that is kept, for what is painted row by row."""
    return pixmap(name, color, size, ratio)


def names() -> list[str]:
    """Every icon there is."""
    return sorted(entry.name[:-4] for entry in _folder().iterdir() if entry.name.endswith(".svg"))


def recolour_all(*_: object) -> None:
    """Draw every assigned icon again in the present theme."""
    for carrier in [each for each in _carriers if isValid(each)]:
        name, tone, lit = (str(carrier.property(f"icon_{part}")) for part in ("name", "tone", "lit"))
        carrier.setIcon(icon(name, tone, lit))


@cache
def _icon(name: str, color: str, lit: str, idle: str) -> QIcon:
    made = QIcon()
    for ratio in _ratios():
        off = pixmap(name, color, theme.SIZES.icon, ratio)
        made.addPixmap(off, QIcon.Mode.Normal, QIcon.State.Off)
        if lit != color:
            made.addPixmap(pixmap(name, lit, theme.SIZES.icon, ratio), QIcon.Mode.Normal, QIcon.State.On)
        made.addPixmap(_faded(pixmap(name, idle, theme.SIZES.icon, ratio)), QIcon.Mode.Disabled, QIcon.State.Off)
    return made


def _ratios() -> list[float]:
    """The pixel ratios of the screens there are: one drawing for each is enough."""
    return sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()})


def _faded(image: QPixmap) -> QPixmap:
    faint = QPixmap(image)
    painter = QPainter(faint)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.fillRect(faint.rect(), QColor(0, 0, 0, FADED))
    painter.end()
    return faint


def _coloured(name: str, color: str, size: int) -> bytes:
    """The drawing in a colour; a line is never thicker than `WIDEST_LINE` pixels, however large the icon."""
    thinner = min(1.0, WIDEST_LINE * theme.SIZES.icon / (1.5 * size))
    line = f'stroke-width="{1.5 * thinner:.3f}"'
    return _source(name).replace(b"currentColor", color.encode()).replace(b'stroke-width="1.5"', line.encode())


@cache
def _source(name: str) -> bytes:
    entry = _folder().joinpath(f"{name}.svg")
    if not entry.is_file():
        raise KeyError(f"There is no icon {name!r}.")
    return entry.read_bytes()


@cache
def _folder() -> Traversable:
    return files("resources").joinpath("icons")


theme.themed.connect(recolour_all)
