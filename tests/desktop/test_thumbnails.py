import threading
from pathlib import Path

import nibabel as nib
import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.cohort_rows import Motif
from desktop.thumbnail import SIDE, thumbnail
from desktop.thumbnails import AT_ONCE, KEPT, Thumbnails, key_of
from engine.errors import ReadError
from engine.imaging import inspect
from engine.imaging.reader import readers
from engine.imaging.source import ScanSource
from engine.imaging.volume import Facts, Volume
from tests.desktop.viewer.held_scan import HeldScan, reader_of
from tests.helpers.dicom_files import write_series

STANDING = np.diag([5.0, 1.0, 1.0, 1.0])
LYING = np.diag([-1.0, -1.0, 5.0, 1.0])


@pytest.fixture
def bridge(qtbot: QtBot):
    made = Bridge()
    yield made
    made.shutdown()


@pytest.fixture
def thumbnails(bridge: Bridge) -> Thumbnails:
    return Thumbnails(bridge)


def scan(path: Path, array: np.ndarray, affine: np.ndarray = STANDING) -> Path:
    """A scan (x, y, z, frames); by default sagittal, its rows from the feet to the head."""
    nib.save(nib.Nifti1Image(array.astype(np.float32), affine), path)
    return path


def motif(folder: Path, name: str, value: float = 1.0) -> Motif:
    array = np.zeros((3, 8, 8))
    array[:, 4:] = value
    return Motif(scan(folder / f"{name}.nii", array), name)


def grey(image: QImage, across: float, down: float) -> int:
    return image.pixelColor(round(across * (image.width() - 1)), round(down * (image.height() - 1))).red()


def test_a_thumbnail_hangs_as_the_viewer_hangs_it(tmp_path: Path) -> None:
    array = np.zeros((3, 20, 20))
    array[1, 10:, 10:] = 100
    image = thumbnail(scan(tmp_path / "upper_front.nii", array))
    assert [grey(image, *place) for place in ((0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9))] == [255, 0, 0, 0]


@pytest.mark.parametrize("bright", [0, 4, 8])
def test_the_brightest_of_a_few_frames_is_shown(tmp_path: Path, bright: int) -> None:
    array = np.zeros((3, 20, 20, 9))
    array[:, :, :10, bright] = 100
    assert grey(thumbnail(scan(tmp_path / "frames.nii", array)), 0.5, 0.9) == 255


def test_a_few_extreme_values_do_not_spoil_the_window(tmp_path: Path) -> None:
    array = np.tile(np.linspace(0, 100, 40), (3, 40, 1))
    array[1, 0, 0] = 1e9
    assert 100 < grey(thumbnail(scan(tmp_path / "spike.nii", array)), 0.5, 0.5) < 155


def test_pixels_keep_their_shape(tmp_path: Path) -> None:
    image = thumbnail(scan(tmp_path / "tall.nii", np.ones((3, 10, 20)), np.diag([9.0, 1.0, 2.0, 1.0])))
    assert (image.width(), image.height()) == (SIDE // 4, SIDE)


def test_a_scan_without_any_number_has_no_picture(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no number"):
        thumbnail(scan(tmp_path / "nan.nii", np.full((3, 8, 8), np.nan)))


def test_of_a_series_only_the_middle_slice_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    array = np.zeros((1, 5, 20, 20), np.int16)
    array[0, 2, 10:, 10:] = 100
    held = HeldScan(Volume(array, LYING, facts=Facts("dicom")))
    monkeypatch.setitem(readers._entries, "held", reader_of(held))
    image = thumbnail(held.header.source)
    assert [grey(image, *place) for place in ((0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9))] == [0, 0, 0, 255]
    assert held.asked == [(0, 2)]


def test_a_folder_of_dicom_has_a_thumbnail(tmp_path: Path) -> None:
    array = np.zeros((5, 20, 20), np.int16)
    array[2, 10:, 10:] = 100
    write_series(tmp_path / "series", array, LYING)
    image = thumbnail(inspect(tmp_path / "series").source)
    assert [grey(image, *place) for place in ((0.1, 0.1), (0.9, 0.9))] == [0, 255]


def test_a_coloured_picture_has_a_coloured_thumbnail(tmp_path: Path) -> None:
    Image.new("RGB", (30, 20), (200, 40, 10)).save(tmp_path / "red.png")
    image = thumbnail(tmp_path / "red.png")
    assert image.pixelColor(image.width() // 2, image.height() // 2) == QColor(200, 40, 10)


def test_a_scan_that_is_in_no_cohort_has_one_too(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    source = ScanSource("nifti", (scan(tmp_path / "new.nii", np.ones((3, 8, 8))),))
    with qtbot.waitSignal(thumbnails.arrived):
        assert thumbnails.request(source) is None
    known = thumbnails.request(source)
    assert known is not None
    assert known.pixmap(36) is not None


def test_scans_in_the_same_files_have_names_of_their_own(tmp_path: Path) -> None:
    one, other = (ScanSource("dicom", (tmp_path / "a", tmp_path / "b"), part) for part in ("1", "2"))
    assert key_of(one) != key_of(other)


def test_a_picture_is_made_elsewhere_and_kept(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    wanted = motif(tmp_path, "first")
    with qtbot.waitSignal(thumbnails.arrived):
        assert thumbnails.of(wanted) is None
    known = thumbnails.of(wanted)
    assert known is not None
    assert thumbnails.of(wanted) is known
    pixmap = known.pixmap(36)
    assert pixmap is not None
    assert max(pixmap.width(), pixmap.height()) == 36
    assert known.pixmap(36) is pixmap


def test_a_broken_file_says_why_it_has_no_picture_until_asked_again(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path
) -> None:
    broken = Motif(ScanSource("nifti", (tmp_path / "gone.nii",)), "gone")
    with qtbot.assertNotEmitted(thumbnails._bridge.failed), qtbot.waitSignal(thumbnails.arrived):
        thumbnails.of(broken)
    known = thumbnails.of(broken)
    assert known is not None
    assert known.pixmap(36) is None
    assert "the file is not there" in thumbnails.trouble(broken)
    thumbnails.try_again()
    assert thumbnails.trouble(broken) == ""


def test_what_was_asked_for_last_is_made_first_from_the_top(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    gate = threading.Event()

    def hold(path: Path) -> QImage:
        begun.append(path.stem)
        gate.wait(10)
        return QImage(1, 1, QImage.Format.Format_Grayscale8)

    monkeypatch.setattr("desktop.thumbnails._made", hold)

    def ask(*names: str) -> None:
        for name in names:
            thumbnails.of(Motif(tmp_path / f"{name}.nii", name))
        qtbot.wait(1)

    ask("a", "b")
    qtbot.waitUntil(lambda: len(begun) == AT_ONCE)
    ask("old 1", "old 2")
    ask("new 1", "new 2")
    gate.set()
    qtbot.waitUntil(lambda: len(begun) == 6)
    assert set(begun[2:4]) == {"new 1", "new 2"}
    assert set(begun[4:]) == {"old 1", "old 2"}


def test_no_more_pictures_are_kept_than_there_is_room_for(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    for number in range(KEPT + 5):
        thumbnails._arrive(str(number), QImage(1, 1, QImage.Format.Format_Grayscale8))
    assert len(thumbnails._known) == KEPT
    assert str(KEPT + 4) in thumbnails._known
