"""What is on each side of a swipe or a board, what it is called, and that a scan that could not be read comes back."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter

from desktop.comparing.comparison import Other
from desktop.comparing.laying import window_of
from desktop.comparing.line_drawing import draw_caption, draw_names
from desktop.pages.view.layering import Layering
from desktop.viewer.layouts import FOUR, ONE
from engine.imaging.writer import write_nifti
from engine.pictures import sampling
from tests.desktop.comparing.conftest import look_at, negative, settle
from tests.desktop.comparing.test_comparing import DARK, LIGHT, begin, grey_at, scan
from tests.desktop.viewer.screen import drag, pixels, seen, turn
from tests.helpers.volumes import body


def test_a_map_of_the_scan_in_front_lies_on_its_own_side_only(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 12, Other(scan(cohort, 12).scan, 3), "swipe")
    view = page.panes.front.view
    before = pixels(view).astype(int)
    next(feature for feature in page.features if isinstance(feature, Layering)).add_map()
    qtbot.waitUntil(lambda: len(seen(page.panes.front).layers) == 2)
    changed = np.abs(pixels(view).astype(int) - before).max(axis=2) > 8
    row = changed[round(0.62 * view.height())]
    line = view.width() // 2
    assert row[line // 2 : line - 20].any()
    assert not row[line + 20 : line + 3 * line // 4].any()


def test_an_inverted_scan_is_inverted_on_both_sides_of_the_line(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 12, Other(scan(cohort, 12).scan, 0), "swipe")
    look_at(qtbot, page, frame=0)
    page.commands.invert.trigger()
    view = page.panes.front.view
    assert grey_at(view, 0.4, 0.3) < DARK
    assert grey_at(view, 0.6, 0.3) < DARK
    page.commands.invert.trigger()
    assert grey_at(view, 0.4, 0.3) > LIGHT
    assert grey_at(view, 0.6, 0.3) > LIGHT


def test_both_sides_say_which_frame_they_show(page, comparing, cohort, qtbot) -> None:
    said: list[tuple[str, str]] = []
    begin(qtbot, page, comparing, 10, scan(cohort, 12), "swipe")
    layer = seen(page.panes.front).layers[0]

    def say(front: str, other: str, notes: tuple[str, ...] = ()) -> None:
        said.append((front, other))

    comparing.laid.line.say = say
    comparing.laid.renew()
    value = layer.overlay.volume.frame_axis.values[layer.overlay.frame]
    assert said == [("T1", f"ME · TE {value:g} ms")]


def test_a_scan_that_could_not_be_read_is_read_again_when_somebody_asks(
    page, comparing, cohort, qtbot, tmp_path
) -> None:
    path = tmp_path / "P-001-T2.nii"
    kept = path.read_bytes()
    path.write_bytes(b"broken")
    begin(qtbot, page, comparing, 10, scan(cohort, 11), "swipe")
    qtbot.waitUntil(lambda: "cannot be laid over" in comparing.bar.note.words)
    turn(page.panes.front.view, 1)
    assert not comparing.laid.reading
    path.write_bytes(kept)
    comparing.compare_by("fade")
    settle(qtbot, page)
    assert comparing.bar.note.words == ""
    assert len(seen(page.panes.front).layers) == 1


def test_a_single_slice_beside_comes_to_one_scale_again_in_another_layout(
    page, comparing, cohort, qtbot, tmp_path
) -> None:
    whole = negative(body())
    flat = whole.with_array(whole.array[:, 6:7])
    write_nifti(flat, tmp_path / "P-001-T2.nii")
    begin(qtbot, page, comparing, 10, scan(cohort, 11))
    one, two = page.panes.panes[:2]
    qtbot.mouseClick(page.choices.planes[0], Qt.MouseButton.LeftButton)
    assert len(two.planes.linked.viewings) == 1

    def scales() -> list[float]:
        return [pane.planes.shown[0].view.placement.px_per_mm(seen(pane).plane.pixel_mm) for pane in (one, two)]

    for arrange in (
        lambda: page.lay_out(FOUR),
        lambda: page.lay_out(ONE),
        lambda: page.lay_out(FOUR),
        lambda: one.planes.enlarge(0),
    ):
        arrange()
        settle(qtbot, page)
        ours, theirs = scales()
        assert theirs == pytest.approx(ours)


def test_what_draws_another_scan_is_made_ready_while_it_stands_beside(
    page, comparing, cohort, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(sampling, "_begun", False)
    monkeypatch.setattr(sampling, "_kernels", None)
    begin(qtbot, page, comparing, 10, scan(cohort, 20))
    qtbot.waitUntil(sampling.ready, timeout=60_000)


def test_an_excluded_scan_that_is_laid_over_is_said_to_be_excluded(page, comparing, cohort, qtbot) -> None:
    other = Other(replace(scan(cohort, 11).scan, excluded="moved"))
    begin(qtbot, page, comparing, 10, other, "swipe")
    assert comparing.laid.notes == ("T2 is excluded: moved",)


@pytest.mark.parametrize("size", [(900, 600), (430, 300), (300, 200)])
def test_names_and_captions_stand_clear_of_the_text_under_the_pointer_and_the_letters(qapp, size) -> None:
    for draw in (
        lambda painter, area: draw_names(painter, area.width() / 2, area, ("T1 · TR 5000 ms", "T2 · TE 90 ms")),
        lambda painter, area: draw_caption(painter, "T1 | T2", area),
    ):
        image = QImage(size[0], size[1], QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.magenta)
        painter = QPainter(image)
        draw(painter, QRect(0, 0, size[0], size[1]))
        high = painter.fontMetrics().height() + 3
        painter.end()
        rows = [y for y in range(size[1]) if any(image.pixel(x, y) != 0xFFFF00FF for x in range(size[0]))]
        assert min(rows) > size[1] // 3
        assert max(rows) < size[1] - 8 - 2 * high + 1


def test_the_line_is_white_between_dark_edges(page, comparing, cohort, qtbot) -> None:
    begin(qtbot, page, comparing, 10, scan(cohort, 11), "swipe")
    view = page.panes.front.view
    middle = view.width() // 2
    row = pixels(view)[view.height() // 5, middle - 6 : middle + 6].astype(int)
    assert (row.min(axis=1) > 200).any()
    assert (np.ptp(row, axis=1) < 6).all()
    assert grey_at(view, 0.4, 0.3) < DARK


def test_where_the_other_scan_has_no_values_it_is_black_beyond_the_line(
    page, comparing, cohort, qtbot, tmp_path
) -> None:
    whole = body()
    rows = np.arange(whole.array.shape[2])[:, np.newaxis]
    holed = np.where(rows < len(rows) // 2, np.nan, whole.array).astype(np.float32)
    write_nifti(whole.with_array(holed), tmp_path / "P-001-T1.nii")
    begin(qtbot, page, comparing, 11, scan(cohort, 10), "swipe")
    view = page.panes.front.view
    comparing.change(lambda now: now.at(1.0))
    assert grey_at(view, 0.6, 0.7) > LIGHT
    comparing.change(lambda now: now.at(0.0))
    assert grey_at(view, 0.6, 0.7) == 0


def test_a_scan_laid_over_is_looked_at_as_its_like_was_whatever_its_role_is_called(
    page, comparing, cohort, qtbot
) -> None:
    page.panes.memory.role_of = lambda scan: "any"
    look_at(qtbot, page, patient="P-001", scan=10)
    drag(page.panes.front.view, Qt.MouseButton.RightButton, QPoint(30, 10))
    begin(qtbot, page, comparing, 10, scan(cohort, 11), "swipe")
    viewing = seen(page.panes.front)
    laid = window_of(viewing.layers[0])
    assert (laid.low, laid.high) == pytest.approx((viewing.window.low, viewing.window.high))
