"""What is saved is what was seen, at the size that was asked for, and never under a real name."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen

from desktop.comparing.comparison import Other
from desktop.pages.view import ViewPage
from desktop.pages.view.comparing import Comparing
from desktop.pages.view.picturing import Picturing
from desktop.picturing.frozen import Writing, freeze, sight_of_view
from desktop.picturing.painted import as_pixels, painted
from desktop.picturing.panel import SavePanel
from desktop.picturing.wish import Wish
from desktop.viewer.over import Over
from desktop.viewer.slice_view import SliceView
from engine.cohort import Cohort
from engine.cohort.cohort import Patient
from engine.pictures.drawing import draw
from engine.pictures.layer_of import layer_of_volume
from engine.pictures.picture_file import safe_name
from tests.desktop.picturing.conftest import REAL_NAME, show, volume_in_sight
from tests.desktop.viewer.screen import pixels

ROUNDING = 2
LETTERS = 30


def picturing(page: ViewPage) -> Picturing:
    return next(feature for feature in page.features if isinstance(feature, Picturing))


def carried_out(qtbot, page: ViewPage, wish: Wish) -> Path:
    """Have something saved, and wait until it is told where it lies."""
    with qtbot.waitSignal(
        page.session.announced, check_params_cb=lambda words: words.startswith("Saved"), timeout=20000
    ):
        picturing(page).carry_out(wish)
    return wish.path


def opened(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def inside(picture: np.ndarray, share: float = 0.15) -> np.ndarray:
    """The middle of a picture, away from what is written at its edges and from the crosshair in one line and column."""
    rows, columns = picture.shape[:2]
    return picture[int(rows * share) : int(rows * 0.4), int(columns * share) : int(columns * 0.4)]


def test_a_saved_picture_is_what_the_screen_shows(page: ViewPage, qtbot, tmp_path: Path) -> None:
    saved = opened(carried_out(qtbot, page, Wish("front", tmp_path / "a.png")))
    seen = pixels(page.panes.front.view).astype(int)
    assert saved.shape == seen.shape
    frame = np.s_[1:-1, 1:-1]  # the picture in front is framed on the screen only
    assert np.abs(saved[frame] - seen[frame]).max() <= ROUNDING


@pytest.mark.parametrize("scan", [1, 2])
def test_the_command_line_draws_the_pixels_of_the_window(page: ViewPage, qtbot, scan: int) -> None:
    show(qtbot, page, scan)
    view = page.panes.front.view
    assert view.viewing is not None
    drawn = draw(view.viewing, (view.width(), view.height())).astype(int)
    assert np.abs(inside(drawn) - inside(pixels(view).astype(int))).max() <= ROUNDING


def test_a_picture_twice_as_large_shows_the_same(page: ViewPage, qtbot, tmp_path: Path) -> None:
    saved = opened(carried_out(qtbot, page, Wish("front", tmp_path / "a.png", 2.0)))
    seen = pixels(page.panes.front.view).astype(int)
    assert saved.shape == (2 * seen.shape[0], 2 * seen.shape[1], 3)
    coarse = saved.reshape(*seen.shape[:1], 2, seen.shape[1], 2, 3).mean(axis=(1, 3))
    assert np.abs(inside(coarse) - inside(seen)).max() <= ROUNDING


def test_a_width_in_pixels_is_kept_to_the_pixel(page: ViewPage, qtbot, tmp_path: Path) -> None:
    path = carried_out(qtbot, page, Wish("front", tmp_path / "a.png", 1601, by_width=True))
    assert opened(path).shape[1] == 1601


@pytest.mark.parametrize("ending", ["png", "tif", "jpg"])
def test_every_format_can_be_opened_again(page: ViewPage, qtbot, tmp_path: Path, ending: str) -> None:
    path = carried_out(qtbot, page, Wish("front", tmp_path / f"a.{ending}"))
    assert opened(path).max() > 200


def test_without_corner_texts_letters_and_bar_stay(page: ViewPage, qtbot, tmp_path: Path) -> None:
    full = opened(carried_out(qtbot, page, Wish("front", tmp_path / "full.png")))
    bare = opened(carried_out(qtbot, page, Wish("front", tmp_path / "bare.png", texts=False)))
    differs = np.argwhere((full != bare).any(axis=2))
    columns = full.shape[1]
    corners = (differs[:, 1] < 0.45 * columns) | (differs[:, 1] > 0.55 * columns)
    assert len(differs) > 100
    assert corners.all()
    middle = bare[5 : 5 + LETTERS, columns // 2 - LETTERS // 2 : columns // 2 + LETTERS // 2]
    assert middle.max() > 200


def test_the_layout_holds_every_picture_and_the_volume(page: ViewPage, qtbot, tmp_path: Path) -> None:
    show(qtbot, page, 1)
    volume_in_sight(qtbot, page)
    saved = opened(carried_out(qtbot, page, Wish("layout", tmp_path / "all.png")))
    rows, columns = saved.shape[0] // 2, saved.shape[1] // 2
    quarters = (saved[:rows, :columns], saved[:rows, columns:], saved[rows:, :columns], saved[rows:, columns:])
    assert all(len(np.unique(quarter)) > 10 for quarter in quarters)
    shown = page.panes.front.planes.shown[0].view
    seen = pixels(shown).astype(int)[1:-1, 1:-1]
    assert np.abs(saved[1 : 1 + len(seen), 1 : 1 + seen.shape[1]] - seen).max() <= ROUNDING


def test_a_pdf_is_one_page_of_the_pictures_shape_with_real_letters(page: ViewPage, qtbot, tmp_path: Path) -> None:
    raw = carried_out(qtbot, page, Wish("front", tmp_path / "a.pdf")).read_bytes()
    assert raw.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", raw)) == 1
    box = re.search(rb"/MediaBox\s*\[([^\]]*)\]", raw)
    assert box is not None
    _, _, width, height = map(float, box[1].split())
    size = page.panes.front.view.size()
    assert width / height == pytest.approx(size.width() / size.height(), rel=0.01)
    assert b"/FontFile2" in raw or b"/FontDescriptor" in raw


@pytest.mark.parametrize("ending", ["png", "tif", "jpg", "pdf"])
def test_no_real_name_is_in_a_file_even_where_the_window_shows_it(
    page: ViewPage, qtbot, tmp_path: Path, ending: str
) -> None:
    page.session.show_patients_as("id")
    assert REAL_NAME in page.panes.front.view.names
    raw = carried_out(qtbot, page, Wish("front", tmp_path / f"a.{ending}")).read_bytes()
    assert b"DOE" not in raw
    assert b"JANE" not in raw


def test_the_pseudonym_stands_where_the_window_shows_a_name(page: ViewPage, qtbot, tmp_path: Path) -> None:
    before = opened(carried_out(qtbot, page, Wish("front", tmp_path / "pseudonym.png")))
    page.session.show_patients_as("id")
    after = opened(carried_out(qtbot, page, Wish("front", tmp_path / "id.png")))
    assert (before == after).all()
    nameless = opened(carried_out(qtbot, page, Wish("front", tmp_path / "none.png", named=False)))
    assert (nameless != after).any()


class Ring(Over):
    """A red ring in the middle of every picture."""

    def paint(self, painter: QPainter, view: SliceView) -> None:
        painter.setPen(QPen(QColor("#FF0000"), 3))
        painter.drawEllipse(view.rect().center(), 40, 40)


@pytest.mark.parametrize("times", [1, 2])
def test_what_is_drawn_over_a_picture_is_saved_with_it(page: ViewPage, qtbot, tmp_path: Path, times: int) -> None:
    page.panes.put_over(Ring())
    saved = opened(carried_out(qtbot, page, Wish("front", tmp_path / "a.png", times)))
    red = (saved[..., 0] > 200) & (saved[..., 1:] < 60).all(axis=2)
    rows, columns = np.nonzero(red)
    assert np.ptp(columns) == pytest.approx(82 * times, abs=3 * times)
    assert columns.mean() == pytest.approx(saved.shape[1] / 2, abs=2 * times)
    assert rows.mean() == pytest.approx(saved.shape[0] / 2, abs=2 * times)


def test_layers_are_saved_with_the_picture(page: ViewPage, qtbot, tmp_path: Path) -> None:
    front = page.panes.front
    assert front.viewing is not None
    volume = front.viewing.volume
    mask = replace(volume, array=(volume.array > volume.array.mean()).astype(np.uint8))
    front.planes.lay_over((layer_of_volume(mask, "half", "mask", volume),))
    for what in ("front", "movie-slices"):
        wish = Wish(what, tmp_path / f"{what}.png" if what == "front" else tmp_path / f"{what}.gif", texts=False)
        assert np.ptp(inside(opened(carried_out(qtbot, page, wish)), 0.05), axis=2).max() > 40


def test_names_drawn_over_a_comparison_are_pseudonyms_too(page: ViewPage, qtbot, tmp_path: Path) -> None:
    with_second_patient(page)
    page.session.show_patients_as("id")
    comparing = next(feature for feature in page.features if isinstance(feature, Comparing))
    assert page.session.cohort is not None
    comparing.compare_with(Other(page.session.cohort.by_key["P-002"].scans[1]))
    comparing.compare_by("swipe")
    front = page.panes.front
    qtbot.waitUntil(lambda: bool(front.viewing and front.viewing.layers))
    saved = opened(carried_out(qtbot, page, Wish("front", tmp_path / "id.png")))
    assert REAL_NAME in front.view.names
    assert page.session.settings.patient_names == "id"
    assert (pixels(front.view).astype(int)[1:-1, 1:-1] != saved[1:-1, 1:-1]).any()
    page.session.show_patients_as("pseudonym")
    again = pixels(front.view).astype(int)
    assert np.abs(again - saved)[1:-1, 1:-1].max() <= ROUNDING


def with_second_patient(page: ViewPage) -> None:
    """Another patient with the same scans joins the cohort."""
    cohort = page.session.cohort
    assert cohort is not None
    first = cohort.by_key["P-001"]
    scans = tuple(replace(scan, id=scan.id + 10, patient="P-002") for scan in first.scans)
    page.session.cohort = Cohort((first, Patient("P-002", "ROE-RICHARD", {}, {}, scans)))
    page.session.cohort_changed.emit()


def test_the_copied_picture_is_on_the_clipboard(page: ViewPage) -> None:
    picturing(page).copy.trigger()
    copied = as_pixels(QGuiApplication.clipboard().image()).astype(int)
    seen = pixels(page.panes.front.view).astype(int)
    assert np.abs(copied[1:-1, 1:-1] - seen[1:-1, 1:-1]).max() <= ROUNDING


def test_a_picture_is_of_the_moment_it_was_asked_for(page: ViewPage) -> None:
    view = page.panes.front.view
    assert view.viewing is not None
    frozen = freeze(sight_of_view(page.panes.front, str), 1.0, Writing())
    before = as_pixels(painted(frozen))
    page.become(replace(view.viewing, window=view.viewing.window.turned()))
    assert (as_pixels(painted(frozen)) == before).all()


def test_every_slice_becomes_a_numbered_file(page: ViewPage, qtbot, tmp_path: Path) -> None:
    carried_out(qtbot, page, Wish("slices", tmp_path / "s.png"))
    assert sorted(path.name for path in tmp_path.glob("s_*.png")) == [f"s_{n}.png" for n in range(1, 7)]


def test_the_panel_saves_what_it_says_and_remembers_where(page: ViewPage, qtbot, tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    panel = panel_of(page)
    assert panel.file.path == tmp_path / "saved" / "P-001_T2_axial-004.png"
    panel.size_row.choice.setCurrentIndex(panel.size_row.choice.findData("2"))
    view = page.panes.front.view
    assert f"{2 * view.width()} × {2 * view.height()} pixels" in panel.note.text()
    with qtbot.waitSignal(page.session.announced, check_params_cb=lambda words: words.startswith("Saved")):
        qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert panel.isHidden()
    assert opened(tmp_path / "saved" / "P-001_T2_axial-004.png").shape[1] == 2 * view.width()
    assert page.session.settings.picture_size == "2"


def test_the_panel_says_that_a_file_will_be_replaced(page: ViewPage, tmp_path: Path) -> None:
    panel = panel_of(page)
    (tmp_path / "there.png").write_bytes(b"old")
    panel.file.show_path(tmp_path / "there.png")
    assert panel.button.text() == "Replace"
    assert "already" in panel.note.text()
    panel.file.show_path(tmp_path / "there.docx")
    assert not panel.button.isEnabled()


def test_a_typed_ending_chooses_the_format_and_a_chosen_format_the_ending(page: ViewPage, tmp_path: Path) -> None:
    panel = panel_of(page)
    panel.file.show_path(tmp_path / "a.pdf")
    assert panel.format.currentData() == ".pdf"
    panel.format.setCurrentIndex(panel.format.findData(".jpg"))
    assert panel.file.path == tmp_path / "a.jpg"


@pytest.mark.parametrize("typed", ["~nobody-of-this-name/x.png", "x" * 300 + ".png", "", "/", ".png", "~", "a\0b.png"])
def test_whatever_is_typed_the_panel_stays_alive(page: ViewPage, qtbot, typed: str) -> None:
    panel = panel_of(page)
    with qtbot.captureExceptions() as exceptions:
        panel.file.line.setText(typed)
        panel.format.setCurrentIndex(1)
        panel.format.setCurrentIndex(0)
        panel.size_row.choice.setCurrentIndex(1)
    assert exceptions == []
    assert panel.note.text()


@pytest.mark.parametrize("typed", ["x" * 300 + ".png", "", "/"])
def test_where_no_file_can_be_none_is_saved(page: ViewPage, typed: str) -> None:
    panel = panel_of(page)
    panel.file.line.setText(typed)
    assert not panel.button.isEnabled()


def test_a_bare_name_is_one_in_the_folder_of_the_last_time(page: ViewPage, tmp_path: Path) -> None:
    panel = panel_of(page)
    panel.file.line.setText("a.png")
    assert panel.file.path == tmp_path / "saved" / "a.png"


def test_save_does_not_replace_a_file_that_came_later(page: ViewPage, qtbot, tmp_path: Path) -> None:
    panel, later = panel_of(page), tmp_path / "later.png"
    panel.file.show_path(later)
    later.write_bytes(b"of somebody else")
    with qtbot.assertNotEmitted(panel.wanted):
        qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert panel.isVisible()
    assert panel.button.text() == "Replace"
    with qtbot.waitSignal(page.session.announced, check_params_cb=lambda words: words.startswith("Saved")):
        qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert opened(later).size


def test_of_two_pictures_under_one_name_one_is_saved(page: ViewPage, qtbot, tmp_path: Path) -> None:
    told: list[str] = []
    page.session.announced.connect(told.append)
    with qtbot.waitSignal(page.session.failed) as failed:
        for what in ("front", "layout"):
            picturing(page).carry_out(Wish(what, tmp_path / "a.png"))
    qtbot.waitUntil(lambda: any(words.startswith("Saved") for words in told))
    assert "already" in str(failed.args[0])
    assert sum(words.startswith("Saved") for words in told) == 1


def test_saving_asks_nobody_to_show_the_cohort_anew(page: ViewPage, qtbot, tmp_path: Path) -> None:
    page.session.show_patients_as("id")
    with qtbot.assertNotEmitted(page.session.cohort_changed):
        carried_out(qtbot, page, Wish("front", tmp_path / "a.png"))
        picturing(page).copy.trigger()
    assert page.session.settings.patient_names == "id"


def test_escape_puts_the_panel_away(page: ViewPage, qtbot) -> None:
    panel = panel_of(page)
    qtbot.keyClick(panel.file.line, Qt.Key.Key_Escape)
    assert panel.isHidden()


def test_a_folder_that_cannot_be_written_to_is_said(page: ViewPage, qtbot, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with qtbot.waitSignal(page.session.failed) as failed:
        picturing(page).carry_out(Wish("front", tmp_path / "file" / "a.png"))
    assert "a.png" in str(failed.args[0])


@pytest.mark.parametrize("parts", [("P-001", "T2/*?", "axial"), ("CON",), ("", "é:\\"), ("a" * 300,)])
def test_names_of_files_suit_every_system(parts: tuple[str, ...]) -> None:
    name = safe_name(*parts)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,100}", name)
    assert name.lower() != "con"


def panel_of(page: ViewPage) -> SavePanel:
    picturing(page).save.trigger()
    panel = picturing(page).picture_panel
    assert panel is not None
    return panel
