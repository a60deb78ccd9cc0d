from itertools import combinations

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFontMetricsF

from desktop import theme
from desktop.app import application
from desktop.viewer.corners import brevity, corners_of, letter_boxes
from engine.pictures.doubt import CERTAIN
from engine.pictures.hanging import Hanging
from engine.pictures.legend import Legend, legend
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.helpers.volumes import echoes

SIZES = [
    (w, h) for w in (80, 110, 170, 200, 239, 300, 419, 430, 640) for h in (80, 95, 110, 149, 155, 160, 175, 240, 500)
]
NAMES = {
    "usual": ("P-001", "T2"),
    "warned": ("P-001 of the second hospital", "T2", "Picture 3 of 30", "Other frame of reference", "Excluded: motion"),
    "a plane": ("Coronal",),
}


@pytest.fixture
def font(qtbot) -> QFontMetricsF:
    theme.apply(application(), "dark")
    return QFontMetricsF(application().font())


def viewing(side: str = "radiological") -> Viewing:
    return Viewing.of(echoes(), Window(1014.5, 2028), hanging=Hanging(side))  # type: ignore[arg-type]


def written(size: tuple[int, int], names: tuple[str, ...], font: QFontMetricsF, *, pointed: bool, side: str):
    area, spoken = QRect(0, 0, *size), len(names) > 1
    voxel = (3, 4, 1) if pointed else None
    words = legend(viewing(side), names, CERTAIN, voxel, spoken, brevity(area))
    return area, corners_of(words, area, font).texts


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("side", ["radiological", "neurological"])
@pytest.mark.parametrize("pointed", [False, True])
def test_in_no_size_do_texts_lie_over_each_other_or_over_a_letter(font, names, side, pointed) -> None:
    for size in SIZES:
        area, texts = written(size, names, font, pointed=pointed, side=side)
        boxes = [text.box for text in texts] + [QRectF(box) for box in letter_boxes(area)]
        for one, other in combinations(boxes, 2):
            common = one.intersected(other)
            assert min(common.width(), common.height()) <= 1, (size, one, other)
        assert all(QRectF(area).contains(box) for box in boxes), size


def test_a_low_picture_says_whose_it_is_its_slice_and_what_is_pointed_at(font) -> None:
    _, texts = written((280, 100), NAMES["usual"], font, pointed=False, side="radiological")
    assert [text.words for text in texts] == ["P-001 · T2", "TE 25 ms", "4 / 6 · S 2.5 mm"]
    _, texts = written((280, 100), NAMES["usual"], font, pointed=True, side="radiological")
    assert [text.words for text in texts][:2] == ["P-001 · T2", "TE 25 ms"]
    assert "mm" in texts[-1].words


def test_a_low_picture_that_is_hung_otherwise_says_so(font) -> None:
    _, texts = written((280, 100), NAMES["usual"], font, pointed=False, side="neurological")
    assert texts[-1].words.endswith("Neurological")


def test_where_there_is_room_every_line_stands_alone(font) -> None:
    _, texts = written((640, 500), NAMES["warned"], font, pointed=True, side="radiological")
    assert {"T2", "Picture 3 of 30", "Excluded: motion"} <= {text.words for text in texts}


def test_a_frame_too_wide_to_stand_beside_the_upper_letter_stands_below_it_in_full(font) -> None:
    long = Legend(("P-001", "T1", ""), ("TR 5000 ms", "10 of 10"), ("Radiological", "1 / 1"))
    texts = corners_of(long, QRect(0, 0, 170, 300), font).texts
    assert "TR 5000 ms" in [text.words for text in texts]


@pytest.mark.parametrize("width", range(80, 240, 5))
def test_a_number_is_never_cut(font, width: int) -> None:
    for pointed in (False, True):
        _, texts = written((width, 140), NAMES["a plane"], font, pointed=pointed, side="radiological")
        whole = written((900, 500), NAMES["a plane"], font, pointed=pointed, side="radiological")[1]
        known = {part for text in whole for part in text.words.split()} | {"/", "4", "6"}
        for text in texts:
            assert {part for part in text.words.removesuffix("…").split() if part[-1].isdigit()} <= known, text.words
