"""The look as data: colours, sizes, class colours, and their way into Qt."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as #RRGGBB: `on_accent` is text on the accent, `chosen` lies under a row."""

    name: str
    ground: str
    panel: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    good: str
    warn: str
    bad: str
    on_accent: str
    chosen: str
    hover: str
    image: str = "#000000"
    on_image: str = "#E7E9EC"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in device-independent pixels."""

    hair: int = 1
    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741
    xl: int = 24
    corner: int = 6
    caption: int = 11
    body: int = 13
    section: int = 15
    title: int = 20
    icon: int = 20
    control: int = 32
    row: int = 32
    rail: int = 72
    rail_button: int = 60
    list: int = 260
    list_row: int = 48
    thumbnail: int = 36
    inspector: int = 300
    title_bar: int = 60
    dot: int = 10
    reading: int = 1440


DARK = Tokens(
    name="dark", ground="#131517", panel="#1A1D20", raised="#22262A", line="#2E3338", text="#E7E9EC",
    muted="#98A1AB", accent="#5AA9F0", good="#55B985", warn="#E3B04B", bad="#E76F67",
    on_accent="#0C1621", chosen="#24384B", hover="#2A2F34",
)  # fmt: skip
LIGHT = Tokens(
    name="light", ground="#F5F6F7", panel="#FFFFFF", raised="#EEF0F2", line="#D9DDE1", text="#1B1E21",
    muted="#5D6670", accent="#1F6FC0", good="#23734B", warn="#825A00", bad="#B3342D",
    on_accent="#FFFFFF", chosen="#D6E7F8", hover="#E4E7EA",
)  # fmt: skip
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}
SIZES = Sizes()

OKABE_ITO = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#999999")


class _State(QObject):
    themed = Signal(object)
    tokens: Tokens = DARK
    in_force: str = ""


_state = _State()
themed = _state.themed


def current() -> Tokens:
    """The tokens in force; painted widgets ask for them in every paint."""
    return _state.tokens


def apply(app: QApplication, name: str) -> None:
    """Put the theme `name` in force everywhere, unless it is; emits `themed(Tokens)` afterwards.

    Style and font are set once: each time, Qt goes through every widget there is, also those about to be deleted.
    """
    if _state.in_force == name:
        return
    _state.tokens = THEMES[name]
    if not _state.in_force:
        app.setStyle("Fusion")
        app.setFont(ui_font(app))
    _state.in_force = name
    app.setPalette(palette(_state.tokens))
    app.setStyleSheet(style_sheet(_state.tokens))
    _state.themed.emit(_state.tokens)


def class_colors(classes: Sequence[str]) -> dict[str, str]:
    """One colour per class, by the classes' sorted order, so a class keeps its colour on every page."""
    return {name: OKABE_ITO[i % len(OKABE_ITO)] for i, name in enumerate(sorted(set(classes)))}


def ui_font(app: QApplication) -> QFont:
    """The system's UI font at body size, with numbers that line up in columns."""
    font = QFont(app.font())
    font.setPixelSize(SIZES.body)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def palette(tokens: Tokens) -> QPalette:
    """What Qt's own painting uses where the style sheet says nothing."""
    made = QPalette()
    for role, color in _roles(tokens).items():
        made.setColor(role, QColor(color))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(disabled, role, QColor(tokens.muted))
    return made


def style_sheet(tokens: Tokens) -> str:
    """The style sheet of resources/style with the tokens filled in."""
    folder = files("resources").joinpath("style")
    sizes = {f"size_{key}": value for key, value in asdict(SIZES).items()}
    template = Template(folder.joinpath("window.qss").read_text("utf-8"))
    return template.substitute(asdict(tokens), folder=Path(str(folder)).as_posix(), **sizes)


def _roles(tokens: Tokens) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: tokens.ground,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.raised,
        role.Button: tokens.raised,
        role.ToolTipBase: tokens.raised,
        role.WindowText: tokens.text,
        role.Text: tokens.text,
        role.ButtonText: tokens.text,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Highlight: tokens.chosen,
        role.HighlightedText: tokens.text,
        role.Link: tokens.accent,
        role.Mid: tokens.line,
    }
