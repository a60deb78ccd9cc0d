"""SVG by elements: text is escaped by construction, colours come from the page's style."""

from collections.abc import Sequence
from importlib.resources import files
from xml.etree import ElementTree

OKABE_ITO = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#999999")
_LIGHT = {
    "--panel": "#FFFFFF",
    "--raised": "#EEF0F2",
    "--line": "#D9DDE1",
    "--text": "#1B1E21",
    "--muted": "#5D6670",
    "--accent": "#1F6FC0",
}


class Drawing:
    """A picture of `width` x `height` pixels, (0, 0) at the upper left; `title` is read out to the blind."""

    def __init__(self, width: float, height: float, title: str) -> None:
        box = {"viewBox": f"0 0 {number(width)} {number(height)}", "width": number(width), "height": number(height)}
        self._root = ElementTree.Element("svg", {"class": "figure", "role": "img", **box})
        ElementTree.SubElement(self._root, "title").text = title

    def line(self, start: tuple[float, float], end: tuple[float, float], look: str) -> None:
        """A straight line."""
        ends = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
        self._add("line", look, **ends)

    def path(self, points: Sequence[tuple[float, float]], look: str, color: str = "") -> None:
        """A line through all points."""
        drawn = "M" + "L".join(f"{number(x)},{number(y)}" for x, y in points)
        self._add("path", look, d=drawn, **({"stroke": color} if color else {}))

    def box(self, corner: tuple[float, float], size: tuple[float, float], look: str, opacity: float = 1) -> None:
        """A filled rectangle from its upper left corner."""
        place = {"x": corner[0], "y": corner[1], "width": size[0], "height": size[1], "rx": 3}
        self._add("rect", look, **place, **({"fill-opacity": f"{opacity:.3f}"} if opacity < 1 else {}))

    def dot(self, center: tuple[float, float], radius: float, look: str, color: str = "") -> None:
        """A filled circle."""
        self._add("circle", look, cx=center[0], cy=center[1], r=radius, **({"fill": color} if color else {}))

    def text(self, place: tuple[float, float], words: str, look: str = "ink", anchor: str = "start") -> None:
        """Words on a baseline that begins, ends or is centred at `place`."""
        self._add("text", look, x=place[0], y=place[1], **{"text-anchor": anchor}).text = words

    def upward(self, place: tuple[float, float], words: str, look: str = "soft") -> None:
        """Words turned to read from bottom to top, centred at `place`."""
        turn = f"rotate(-90 {number(place[0])} {number(place[1])})"
        self._add("text", look, x=place[0], y=place[1], transform=turn, **{"text-anchor": "middle"}).text = words

    def inline(self) -> str:
        """The picture as a part of a page that holds the figure style."""
        return ElementTree.tostring(self._root, encoding="unicode")

    def alone(self) -> str:
        """The picture as a file of its own, in the light colours."""
        style = figure_style()
        for name, color in _LIGHT.items():
            style = style.replace(f"var({name})", color)
        head, body = self.inline().split(">", 1)
        return f'{head} xmlns="http://www.w3.org/2000/svg">{style}{body}\n'

    def _add(self, tag: str, look: str, **places: float | str) -> ElementTree.Element:
        told = {key: value if isinstance(value, str) else number(value) for key, value in places.items()}
        return ElementTree.SubElement(self._root, tag, {"class": look, **told})


def figure_style() -> str:
    """The style element that every picture needs."""
    return (files("resources") / "report" / "figure_style.html").read_text(encoding="utf-8").strip()


def class_colors(classes: Sequence[str]) -> dict[str, str]:
    """One colour per class, by the classes' sorted order, as everywhere in Isocenter."""
    return {name: OKABE_ITO[index % len(OKABE_ITO)] for index, name in enumerate(sorted(set(classes)))}


def shortened(words: str, most: int) -> str:
    """At most `most` characters."""
    return words if len(words) <= most else words[: most - 1] + "…"


def number(value: float) -> str:
    """A coordinate to a tenth of a pixel, without needless digits."""
    return f"{value:.1f}".removesuffix(".0")
