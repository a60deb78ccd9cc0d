"""Many pictures of one size as the slices of one scan."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.cohort.intake.digest import content_digest
from engine.control import Control
from engine.errors import Cancelled, ReadError
from engine.imaging import ScanHeader, discover, open_scan
from engine.imaging.pictures.numbering import missing_numbers
from engine.imaging.readers.picture_stack import can_stack, stacked
from tests.engine.imaging.made import colour_of

GREY = np.arange(60, dtype=np.uint8).reshape(5, 12)
COLOUR = np.random.default_rng(0).integers(0, 256, (5, 12, 3), dtype=np.uint8)


def write(folder: Path, *pictures: np.ndarray, ending: str = "png", first: int = 1) -> list[ScanHeader]:
    """The pictures under the names `1.png`, `2.png`, ..., and their headers."""
    folder.mkdir(exist_ok=True)
    for number, picture in enumerate(pictures, start=first):
        Image.fromarray(picture).save(folder / f"{number}.{ending}")
    return list(discover([folder]).scans)


def kinds(header: ScanHeader) -> set[str]:
    return {doubt.kind for doubt in header.doubts}


@pytest.mark.parametrize(("ending", "dtype"), [("png", "u1"), ("tif", "u1"), ("png", "u2"), ("tif", "f4")])
def test_each_picture_is_a_slice_with_its_numbers_as_they_are(tmp_path: Path, ending: str, dtype: str) -> None:
    pictures = [GREY.astype(dtype) + step for step in range(12)]
    header = stacked(write(tmp_path, *pictures, ending=ending))
    scan = open_scan(header.source)
    volume = scan.load()
    assert (header.shape, header.dtype, header.frames) == ((12, 5, 12), np.dtype(dtype).name, 1)
    assert np.array_equal(volume.array[0], pictures)
    assert volume.array.dtype == np.dtype(dtype)
    assert np.array_equal(scan.plane(0, 9), pictures[9])


def test_names_are_read_as_people_read_them(tmp_path: Path) -> None:
    header = stacked(list(reversed(write(tmp_path, *(GREY + step for step in range(11))))))
    assert [file.name for file in header.source.files[:3]] == ["1.png", "2.png", "3.png"]
    assert header.source.files[-1].name == "11.png"


def test_coloured_pictures_stay_coloured(tmp_path: Path) -> None:
    volume = open_scan(stacked(write(tmp_path, COLOUR, COLOUR[::-1])).source).load()
    assert np.array_equal(colour_of(volume)[0], [COLOUR, COLOUR[::-1]])


def test_a_grey_picture_among_coloured_ones_is_taken_along(tmp_path: Path) -> None:
    scan = open_scan(stacked(write(tmp_path, GREY, COLOUR)).source)
    volume = scan.load()
    assert np.array_equal(colour_of(volume)[0], [np.repeat(GREY[..., np.newaxis], 3, axis=2), COLOUR])
    assert np.array_equal(scan.plane(0, 0), volume.array[0, 0])


def test_it_is_said_what_pictures_do_not_tell(tmp_path: Path) -> None:
    header = stacked(write(tmp_path, GREY, GREY + 1))
    assert {"orientation", "size", "thickness", "mixed"} <= kinds(header)
    assert header.certificate == "warn"


def test_a_title_does_not_name_the_folder(tmp_path: Path) -> None:
    assert stacked(write(tmp_path / "Jane Doe", GREY, GREY)).title == "2 pictures"


def test_spacing_on_which_all_side_cars_agree_holds_within_slices(tmp_path: Path) -> None:
    write(tmp_path, GREY, GREY)
    for name in ("1.json", "2.json"):
        (tmp_path / name).write_text(json.dumps({"spacing": [0.5, 0.25, 7]}))
    header = stacked(discover([tmp_path]).scans)
    assert header.spacing == (0.5, 0.25, 1.0)
    assert "thickness" in kinds(header)
    assert "size" not in kinds(header)
    assert header.companions == (tmp_path / "1.json", tmp_path / "2.json")


def test_side_cars_that_differ_are_not_believed(tmp_path: Path) -> None:
    write(tmp_path, GREY, GREY)
    (tmp_path / "2.json").write_text(json.dumps({"spacing": [0.5, 0.25, 7]}))
    header = stacked(discover([tmp_path]).scans)
    assert header.spacing == (1.0, 1.0, 1.0)
    assert "disagrees" in kinds(header)


def test_pictures_of_several_sizes_are_no_stack(tmp_path: Path) -> None:
    headers = write(tmp_path, GREY, GREY, GREY[:4])
    assert not can_stack(headers)
    with pytest.raises(ReadError, match=r"3\.png: it has 12 x 4 pixels, where the first of its stack has 12 x 5"):
        stacked(headers)


def test_pictures_of_several_depths_are_no_stack(tmp_path: Path) -> None:
    headers = write(tmp_path, GREY, GREY.astype("u2") * 300)
    with pytest.raises(ReadError, match="its values are uint16"):
        stacked(headers)


def test_another_picture_in_the_stack_is_another_digest(tmp_path: Path) -> None:
    before = content_digest(stacked(write(tmp_path, GREY, GREY)))
    after = content_digest(stacked(write(tmp_path, GREY, GREY + 1)))
    assert before != after


def test_the_middle_comes_first_and_the_rest_outwards(tmp_path: Path) -> None:
    scan = open_scan(stacked(write(tmp_path, *(GREY + step for step in range(5)))).source)
    came: list[int] = []
    scan.load(arrived=lambda volume, frame, z: came.append(z))
    assert came == [2, 1, 3, 0, 4]


def test_loading_stops_when_asked(tmp_path: Path) -> None:
    scan = open_scan(stacked(write(tmp_path, *(GREY + step for step in range(5)))).source)
    control, came = Control(), list[int]()

    def arrived(volume: object, frame: int, z: int) -> None:
        came.append(z)
        control.cancel()

    with pytest.raises(Cancelled):
        scan.load(arrived=arrived, control=control)
    assert came == [2]


def test_a_broken_picture_is_named(tmp_path: Path) -> None:
    header = stacked(write(tmp_path, *np.random.default_rng(0).integers(0, 256, (3, 45, 108), dtype=np.uint8)))
    broken = tmp_path / "2.png"
    broken.write_bytes(broken.read_bytes()[:-900])
    with pytest.raises(ReadError, match=r"2\.png"):
        open_scan(header.source).load()
    assert open_scan(header.source).plane(0, 0).shape == (45, 108)


def test_a_picture_that_is_gone_is_named(tmp_path: Path) -> None:
    header = stacked(write(tmp_path, GREY, GREY, GREY))
    (tmp_path / "3.png").unlink()
    with pytest.raises(ReadError, match=r"3\.png"):
        open_scan(header.source)


def test_numbers_missing_among_the_names_are_told(tmp_path: Path) -> None:
    headers = write(tmp_path, *[GREY] * 6)
    del headers[3]
    assert "among the names of its pictures number 4 is missing" in stacked(headers).warnings


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["s1_02", "s1_04", "s1_06"], ""),
        (["s1_02", "s1_04", "s1_08"], "number 6 is missing"),
        (["1", "2", "6", "7"], "the numbers 3, 4, 5 are missing"),
        (["a1_1", "a2_3", "a3_9"], ""),
        (["a", "b", "c"], ""),
        (["20190301", "20230407", "20240101"], ""),
    ],
)
def test_gaps_in_numbering(names: list[str], told: str) -> None:
    assert missing_numbers(names) == told


@given(st.lists(st.text(max_size=12), max_size=12))
def test_any_names_can_be_asked(names: list[str]) -> None:
    assert isinstance(missing_numbers(names), str)
