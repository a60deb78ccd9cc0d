"""Buttons in the kinds of the look: plain, primary, quiet."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolButton
from shiboken6 import isValid

from desktop import icons
from desktop.theme import SIZES


def push(words: str, on_click: Callable[[], object], *, icon: str = "", kind: str = "", tip: str = "") -> QPushButton:
    """A button with words, pressed by Space or Return; `kind` is "", "primary", "quiet", "link" or "choice"."""
    made = QPushButton(words)
    made.setProperty("kind", kind)
    made.setToolTip(tip)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(True)
    if icon:
        made.setIconSize(QSize(SIZES.icon + SIZES.s, SIZES.icon))
        icons.assign(made, icon, "on_accent" if kind == "primary" else "text")
    made.clicked.connect(lambda: on_click())
    return made


def glyph(icon: str, on_click: Callable[[], object], tip: str) -> QToolButton:
    """A quiet button that is an icon; `tip` says what it does and names it to screen readers."""
    made = QToolButton()
    made.setProperty("kind", "quiet")
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    icons.assign(made, icon, "muted")
    made.clicked.connect(lambda: on_click())
    return made


def primary_of(action: QAction) -> QPushButton:
    """The accented button of a command."""
    made = push(action.text(), action.trigger, icon=str(action.property("icon_name") or ""), kind="primary")

    def follow() -> None:
        made.setText(action.text())
        made.setToolTip(action.toolTip())
        made.setEnabled(action.isEnabled())

    action.changed.connect(follow)
    made.destroyed.connect(lambda: action.changed.disconnect(follow) if isValid(action) else None)
    follow()
    return made


def of_action(action: QAction) -> QToolButton:
    """A button that carries out a command and looks as able as it.

    An icon alone, or over the words of an action with the property "words"; words alone where there is no icon.
    """
    made = QToolButton()
    made.setDefaultAction(action)
    style = Qt.ToolButtonStyle
    if action.property("words"):
        made.setProperty("kind", "worded")
        made.setIconSize(QSize(SIZES.icon, SIZES.icon))
        made.setToolButtonStyle(style.ToolButtonTextUnderIcon)
    else:
        bare = action.icon().isNull()
        made.setToolButtonStyle(style.ToolButtonTextOnly if bare else style.ToolButtonIconOnly)
    return made
