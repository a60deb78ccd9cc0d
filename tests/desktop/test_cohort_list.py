from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from desktop.cohort_list_rows import PatientListModel, PatientPainter
from desktop.cohort_rows import Motif, rows_of
from desktop.session import Session
from desktop.thumbnails import WAITING
from desktop.widgets.chips import WIDEST, Chips
from tests.desktop.made import make_cohort

MANY = 100_000


@pytest.fixture
def asked(session: Session, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The contents pictures were asked of."""
    seen: set[str] = set()
    of = session.thumbnails.of

    def note(motif: Motif | None):
        assert motif is not None
        seen.add(motif.digest)
        return of(motif)

    monkeypatch.setattr(session.thumbnails, "of", note)
    return seen


def test_only_pictures_of_rows_on_the_screen_are_asked_for(
    qtbot: QtBot, session: Session, asked: set[str], tmp_path: Path
) -> None:
    first = rows_of(make_cohort(tmp_path / "cohort"))[0]
    rows = tuple(replace(first, key=f"P-{n}", motif=Motif(tmp_path / f"{n}.nii", str(n))) for n in range(1, MANY + 1))
    view = QListView()
    qtbot.addWidget(view)
    model = PatientListModel(session.thumbnails, view)
    view.setModel(model)
    view.setItemDelegate(PatientPainter(view))
    view.setUniformItemSizes(True)
    view.resize(260, 480)
    model.show_rows(rows, "diagnosis", lambda name: "#000000")
    view.show()
    qtbot.waitUntil(lambda: bool(asked))
    for place in range(0, MANY, MANY // 100):
        view.scrollTo(model.index(place))
        view.viewport().repaint()
    assert len(asked) < 100 * 15
    qtbot.wait(1)
    assert len(session.thumbnails._waiting) <= WAITING


def test_a_long_class_name_is_cut_on_its_chip_and_said_in_full_on_hovering(qtbot: QtBot) -> None:
    name = "healthy control without any known metabolic bone disease & no fracture"
    chips = Chips()
    qtbot.addWidget(chips)
    chips.offer({name: "#E69F00"})
    chip = chips.buttons[name]
    assert chip.text().endswith("…")
    assert chip.fontMetrics().horizontalAdvance(chip.text()) <= WIDEST
    assert name in chip.toolTip()
