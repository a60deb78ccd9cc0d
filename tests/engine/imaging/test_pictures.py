import io
import json
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from engine.errors import ReadError
from engine.imaging import discover, inspect, open_scan, read
from tests.engine.imaging.made import colour_of

GREY = np.arange(0, 240, 4, dtype=np.uint8).reshape(5, 12)
COLOUR = np.random.default_rng(0).integers(0, 256, (5, 12, 3), dtype=np.uint8)


def saved(path, pixels, **options):
    Image.fromarray(pixels).save(path, **options)
    return path


@pytest.mark.parametrize(("ending", "form"), [("png", "png"), ("bmp", "bmp"), ("tif", "tiff"), ("jpg", "jpeg")])
def test_a_grey_picture_is_one_slice_of_rows_and_columns(tmp_path, ending, form):
    path = saved(tmp_path / f"knee.{ending}", GREY, **({"quality": 100} if ending == "jpg" else {}))
    header, volume = inspect(path), read(path)
    assert (header.format, header.title, header.shape, header.dtype) == (form, "knee", (12, 5, 1), "uint8")
    assert np.abs(volume.array[0, 0].astype(int) - GREY).max() <= (2 if ending == "jpg" else 0)
    assert volume.colour is None


@pytest.mark.parametrize("ending", ["png", "bmp", "tif"])
def test_a_coloured_picture_comes_with_its_brightness(tmp_path, ending):
    path = saved(tmp_path / f"a.{ending}", COLOUR)
    volume = read(path)
    assert np.array_equal(colour_of(volume)[0, 0], COLOUR)
    assert np.array_equal(volume.array[0, 0], np.asarray(Image.fromarray(COLOUR).convert("L")))


@pytest.mark.parametrize("mode", ["CMYK", "YCbCr", "RGBA", "P"])
def test_other_ways_to_store_colour_come_out_as_red_green_and_blue(tmp_path, mode):
    picture = Image.fromarray(COLOUR).convert(mode)
    picture.save(tmp_path / "a.tif")
    assert np.array_equal(colour_of(read(tmp_path / "a.tif"))[0, 0], np.asarray(picture.convert("RGB")))


def test_a_grey_palette_is_grey(tmp_path):
    picture = Image.fromarray(GREY).convert("P")
    picture.save(tmp_path / "a.png")
    volume = read(tmp_path / "a.png")
    assert volume.colour is None
    assert np.array_equal(volume.array[0, 0], GREY)


@pytest.mark.parametrize(("dtype", "ending"), [("u2", "png"), ("u2", "tif"), ("f4", "tif"), ("i4", "tif")])
def test_deep_pictures_keep_their_depth(tmp_path, dtype, ending):
    values = (GREY.astype(dtype) * 200) + 1
    header, volume = inspect(saved(tmp_path / f"a.{ending}", values)), read(tmp_path / f"a.{ending}")
    assert np.array_equal(volume.array[0, 0], values)
    assert (header.dtype, volume.array.dtype) == (np.dtype(dtype).name, np.dtype(dtype))
    assert {doubt.kind for doubt in header.doubts} == {"orientation", "size"}


def test_single_bits_are_black_and_white(tmp_path):
    Image.fromarray(GREY > 100).save(tmp_path / "a.png")
    assert np.array_equal(read(tmp_path / "a.png").array[0, 0], np.where(GREY > 100, 255, 0))


def test_dots_per_inch_are_no_voxel_size(tmp_path):
    header = inspect(saved(tmp_path / "a.jpg", GREY, dpi=(300, 300)))
    assert header.spacing == (1.0, 1.0, 1.0)
    kinds = {doubt.kind: doubt.severity for doubt in header.doubts}
    assert kinds == {"orientation": "warn", "size": "warn", "eight-bit": "note", "lossy": "note"}


def test_the_sidecar_gives_spacing(tmp_path):
    path = saved(tmp_path / "a.png", GREY)
    (tmp_path / "a.json").write_text(json.dumps({"spacing": [0.2, 0.3, 1], "Modality": "CR"}))
    header = inspect(path)
    assert (header.spacing, header.modality, header.companions) == ((0.2, 0.3, 1.0), "CR", (tmp_path / "a.json",))


@pytest.mark.parametrize("ending", ["jpg", "tif", "png"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_is_turned_as_its_camera_says(tmp_path, ending, turn):
    facts = Image.Exif()
    facts[0x112] = turn
    values = np.kron(np.array([[10, 60, 110], [160, 200, 250]], np.uint8), np.ones((16, 16), np.uint8))
    path = saved(tmp_path / f"a.{ending}", values, exif=facts)
    moves: dict[int, Callable[[np.ndarray], np.ndarray]] = {
        1: lambda a: a,
        2: np.fliplr,
        3: lambda a: a[::-1, ::-1],
        4: np.flipud,
        5: np.transpose,
    }
    moves |= {6: lambda a: np.rot90(a, -1), 7: lambda a: a[::-1, ::-1].T, 8: np.rot90}
    expected = moves[turn](values)
    assert inspect(path).shape == (*expected.shape[::-1], 1)
    assert np.abs(read(path).array[0, 0].astype(int) - expected).max() < 4


def test_pages_of_one_size_are_slices_and_that_is_doubted(tmp_path):
    pages = [Image.fromarray(GREY + step) for step in range(4)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    header = inspect(tmp_path / "a.tif")
    assert header.shape == (12, 5, 4)
    assert {"mixed", "orientation"} <= {doubt.kind for doubt in header.doubts}
    scan = open_scan(header.source)
    assert np.array_equal(scan.load().array[0], [np.asarray(page) for page in pages])
    assert np.array_equal(scan.plane(0, 2), GREY + 2)


def test_pages_that_do_not_fit_together_are_scans_of_their_own(tmp_path):
    pages = [Image.fromarray(GREY), Image.fromarray(GREY[:3]), Image.fromarray(GREY + 1)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    found = {scan.source.part: scan for scan in discover([tmp_path]).scans}
    assert {part: scan.shape for part, scan in found.items()} == {"page 1": (12, 5, 2), "page 2": (12, 3, 1)}
    assert np.array_equal(open_scan(found["page 1"].source).plane(0, 1), GREY + 1)


def test_a_cut_jpeg_is_a_read_error(tmp_path):
    path = saved(tmp_path / "a.jpg", np.tile(COLOUR, (20, 20, 1)))
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(ReadError, match="truncated"):
        read(path)


def test_absurd_sizes_are_refused_before_anything_is_decoded(tmp_path):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", 60000, 60000, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    with pytest.raises(ReadError, match="60000 x 60000 pixels"):
        inspect(tmp_path / "a.png")


def test_the_content_decides_and_not_the_name(tmp_path):
    stream = io.BytesIO()
    Image.fromarray(GREY).save(stream, "PNG")
    (tmp_path / "a.jpg").write_bytes(stream.getvalue())
    assert inspect(tmp_path / "a.jpg").format == "png"
    (tmp_path / "b.png").write_bytes(b"no picture at all")
    with pytest.raises(ReadError):
        inspect(tmp_path / "b.png")
