import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop import icons, theme
from desktop.theme import DARK, LIGHT, OKABE_ITO, Tokens
from desktop.window import Window

WORDS_ON = {
    "ground": ("text", "muted", "good", "warn", "bad", "accent"),
    "panel": ("text", "muted", "good", "warn", "bad", "accent"),
    "raised": ("text", "muted", "good", "warn", "bad"),
    "hover": ("text", "muted"),
    "chosen": ("text", "muted"),
}


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("word", "ground"), [(word, ground) for ground, words in WORDS_ON.items() for word in words])
@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_words_can_be_read_on_every_ground(tokens: Tokens, word: str, ground: str) -> None:
    assert contrast(getattr(tokens, word), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_words_can_be_read_on_the_accent_and_on_images(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.on_image, tokens.image) >= 4.5


def test_images_lie_on_black_in_both_themes() -> None:
    assert DARK.image == LIGHT.image == "#000000"


def test_a_class_keeps_its_colour_whatever_the_order_of_the_rows() -> None:
    assert theme.class_colors(["b", "a", "b", "c"]) == theme.class_colors(["c", "b", "a"])
    assert theme.class_colors(["a"])["a"] == OKABE_ITO[0]


def test_switching_the_theme_repaints_the_window_and_its_icons(window: Window) -> None:
    button = window.rail.buttons["view"]
    corner = window.rail.grab().toImage().pixelColor(36, 600)
    icon = button.icon().pixmap(20, 20).toImage()
    window.commands["look.theme"].trigger()
    assert corner == QColor(DARK.panel)
    assert window.rail.grab().toImage().pixelColor(36, 600) == QColor(LIGHT.panel)
    assert button.icon().pixmap(20, 20).toImage() != icon


def test_the_theme_announces_itself(qtbot, session) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with qtbot.waitSignal(theme.themed) as announced:
        theme.apply(app, "light")
    assert announced.args == [LIGHT]


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_is_drawn_in_the_colour_asked_for(name: str, qapp: QApplication) -> None:
    image = icons.pixmap(name, "#ff0000", 20).toImage()
    drawn = {
        image.pixelColor(x, y).name() for x in range(20) for y in range(20) if image.pixelColor(x, y).alpha() > 120
    }
    assert drawn == {"#ff0000"}
