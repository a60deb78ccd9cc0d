from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.widgets.import_offer import ImportOffer, default_workspace


@pytest.fixture
def source(tmp_path: Path) -> Path:
    made = tmp_path / "knees"
    made.mkdir()
    return made


@pytest.fixture
def offer(qtbot: QtBot, source: Path) -> ImportOffer:
    made = ImportOffer()
    qtbot.addWidget(made)
    made.offer(source)
    return made


def test_the_workspace_is_offered_beside_the_scans(source: Path) -> None:
    assert default_workspace(source) == source.with_name("knees-isocenter")


def test_a_taken_folder_is_never_offered(source: Path) -> None:
    (source.with_name("knees-isocenter") / "something").mkdir(parents=True)
    assert default_workspace(source) == source.with_name("knees-isocenter-2")


def test_going_on_names_source_workspace_and_labels(qtbot: QtBot, offer: ImportOffer, source: Path) -> None:
    offer.labels.setText(str(source / "labels.csv"))
    with qtbot.waitSignal(offer.accepted) as accepted:
        offer.begin.click()
    assert accepted.args == [source, source.with_name("knees-isocenter"), source / "labels.csv"]
    assert offer.isHidden()


def test_return_goes_on_as_a_click_does(qtbot: QtBot, offer: ImportOffer) -> None:
    with qtbot.waitSignal(offer.accepted):
        qtbot.keyClick(offer.begin, Qt.Key.Key_Return)


@pytest.mark.parametrize("folder", ["", "relative", "{source}", "{source}/scan.nii", "/" + 5000 * "x"])
def test_a_folder_that_cannot_be_used_is_refused_at_once(offer: ImportOffer, source: Path, folder: str) -> None:
    (source / "scan.nii").touch()
    offer.workspace.setText(folder.format(source=source))
    assert not offer.begin.isEnabled()
