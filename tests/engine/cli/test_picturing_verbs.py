"""picture and movie: what other programs may rely on."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cohort import import_as_workspace
from engine.imaging.volume import Volume
from engine.imaging.writer import write_nifti
from engine.pictures.drawing import draw
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window, auto_window, sampled
from tests.engine.cli.conftest import Isocenter
from tests.helpers.volumes import body, echoes


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Four echoes of six slices."""
    write_nifti(echoes(), tmp_path / "in" / "echoes.nii.gz")
    return tmp_path / "in" / "echoes.nii.gz"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace of one patient, with T1 and T2."""
    write_nifti(body(), tmp_path / "data" / "doe-jane" / "T1.nii.gz")
    write_nifti(echoes(), tmp_path / "data" / "doe-jane" / "T2.nii.gz")
    import_as_workspace(tmp_path / "data", tmp_path / "work")
    return tmp_path / "work"


def opened(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def test_a_picture_is_the_middle_slice_and_says_so(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    told = isocenter("picture", scan, "--to", tmp_path / "a.png", "--size", 320, "--json").json
    assert (told["slice"], told["frame"], told["plane"], told["width"], told["height"]) == (4, 1, "axial", 320, 320)
    assert opened(tmp_path / "a.png").shape == (320, 320, 3)


def test_a_plain_picture_holds_the_slices_own_greys(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    isocenter("picture", scan, "--to", tmp_path / "a.png", "--plain", "--slice", 2, "--frame", 3, "--size", 32)
    volume = echoes()
    viewing = Viewing.of(volume, auto_window(sampled(volume.array)))
    wanted = draw(viewing.at_slice(1).at_frame(2), (32, 32))
    assert np.abs(opened(tmp_path / "a.png") - wanted).max() <= 1


def test_a_window_can_be_given_in_values(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    told = isocenter(
        "picture", scan, "--to", tmp_path / "a.png", "--plain", "--window", 10, "--level", 0, "--json"
    ).json
    assert told["window"] == {"width": 10.0, "level": 0.0}
    assert (opened(tmp_path / "a.png") == 255).all()


def test_a_window_can_be_given_by_name(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    told = isocenter("picture", scan, "--to", tmp_path / "a.png", "--preset", "Full range", "--json").json
    array = echoes().array
    assert told["window"]["width"] == pytest.approx(float(array.max() - array.min()))
    wrong = isocenter("picture", scan, "--to", tmp_path / "b.png", "--preset", "full rang", "--json")
    assert "full range" in wrong.json["hint"]


@pytest.mark.parametrize(("at", "number"), [(-12.5, 1), (0.0, 3), (14.0, 6)])
def test_a_slice_can_be_given_in_millimetres(
    isocenter: Isocenter, scan: Path, tmp_path: Path, at: float, number: int
) -> None:
    told = isocenter("picture", scan, "--to", tmp_path / "a.png", "--at", at, "--json").json
    assert abs(told["slice"] - number) <= (at == 0.0)


def test_another_plane_and_side_mirror_the_picture(isocenter: Isocenter, workspace: Path, tmp_path: Path) -> None:
    words = (
        workspace,
        "--patient",
        "P-001",
        "--role",
        "T1",
        "--plane",
        "coronal",
        "--at",
        -11,
        "--plain",
        "--size",
        200,
    )
    isocenter("picture", *words, "--to", tmp_path / "a.png")
    isocenter("picture", *words, "--to", tmp_path / "b.png", "--neurological")
    assert opened(tmp_path / "a.png").std() > 1
    assert np.abs(opened(tmp_path / "a.png")[:, ::-1] - opened(tmp_path / "b.png")).max() <= 1


def test_a_scan_of_a_workspace_is_named_by_pseudonym(isocenter: Isocenter, workspace: Path, tmp_path: Path) -> None:
    answer = isocenter("picture", workspace, "--patient", "P-001", "--role", "T2", "--to", tmp_path / "a.png", "--json")
    assert answer.json["scan"] == ["P-001", "T2"]
    assert b"doe" not in (tmp_path / "a.png").read_bytes().lower()


@pytest.mark.parametrize(
    ("words", "hint"),
    [((), "--patient"), (("--patient", "P-010"), "P-001"), (("--patient", "P-001"), "T1, T2"),
     (("--patient", "P-001", "--role", "T3"), "T")],
)  # fmt: skip
def test_what_a_workspace_does_not_know_is_said(
    isocenter: Isocenter, workspace: Path, tmp_path: Path, words: tuple[str, ...], hint: str
) -> None:
    answer = isocenter("picture", workspace, *words, "--to", tmp_path / "a.png", "--json")
    assert answer.status == 1
    assert hint in answer.json["hint"]
    assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize(
    "words",
    [("--slice", "7"), ("--frame", "5"), ("--plane", "coronal", "--slice", "33"), ("--at", "500"), ("--size", "9000"),
     ("--montage", "3"), ("--window", "0"), ("--scan", "2"), ("--montage", "20x20", "--size", "2000")],
)  # fmt: skip
def test_what_there_is_not_is_refused_in_words(
    isocenter: Isocenter, scan: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    answer = isocenter("picture", scan, *words, "--to", tmp_path / "a.png", "--json")
    assert answer.status == 1
    assert answer.json["hint"]
    assert "unexpected" not in answer.json["error"]


def test_of_several_scans_one_has_to_be_named(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    write_nifti(body(), scan.parent / "body.nii.gz")
    assert "2 scans" in isocenter("picture", scan.parent, "--to", tmp_path / "a.png", "--json").json["error"]
    assert isocenter("picture", scan.parent, "--scan", 1, "--to", tmp_path / "a.png").status == 0


def test_a_mask_is_laid_over_in_colour(isocenter: Isocenter, tmp_path: Path) -> None:
    volume = body()
    write_nifti(volume, tmp_path / "body.nii.gz")
    write_nifti(type(volume)((volume.array > 500).astype(np.uint8), volume.affine), tmp_path / "mask.nii.gz")
    words = (tmp_path / "body.nii.gz", "--plane", "axial", "--at", 6, "--plain")
    isocenter("picture", *words, "--layer", tmp_path / "mask.nii.gz", "--to", tmp_path / "a.png")
    isocenter("picture", *words, "--to", tmp_path / "b.png")
    assert np.ptp(opened(tmp_path / "a.png"), axis=2).max() > 50
    assert np.ptp(opened(tmp_path / "b.png"), axis=2).max() == 0


def test_a_montage_holds_slices_in_rows(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    told = isocenter("picture", scan, "--to", tmp_path / "a.png", "--montage", "2x3", "--size", 100, "--json").json
    assert (told["width"], told["height"]) == (300, 200)


def test_a_file_is_replaced_only_when_asked(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"old")
    answer = isocenter("picture", scan, "--to", tmp_path / "a.png", "--json")
    assert answer.status == 1
    assert "--overwrite" in answer.json["hint"]
    assert isocenter("picture", scan, "--to", tmp_path / "a.png", "--overwrite").status == 0


@pytest.mark.parametrize(("along", "count"), [("slices", 6), ("frames", 4)])
def test_a_movie_runs_through_slices_or_frames(
    isocenter: Isocenter, scan: Path, tmp_path: Path, along: str, count: int
) -> None:
    words = ("--along", along, "--speed", 4, "--size", 64, "--once", "--json")
    told = isocenter("movie", scan, "--to", tmp_path / "m.gif", *words).json
    assert (told["pictures"], told["step_ms"], told["loop"]) == (count, 250, False)
    with Image.open(tmp_path / "m.gif") as movie:
        assert movie.n_frames == count  # type: ignore[attr-defined]
        assert movie.info["duration"] == 250


def test_a_movie_of_an_unknown_kind_names_the_known(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    assert ".webp" in isocenter("movie", scan, "--to", tmp_path / "m.mkv", "--json").json["hint"]


def test_a_colour_picture_keeps_its_colours(isocenter: Isocenter, tmp_path: Path) -> None:
    picture = np.zeros((40, 50, 3), np.uint8)
    picture[10:30, 10:40] = (200, 60, 20)
    Image.fromarray(picture).save(tmp_path / "x.png")
    isocenter("picture", tmp_path / "x.png", "--to", tmp_path / "a.png", "--plain", "--size", 50)
    assert np.abs(opened(tmp_path / "a.png")[15:25, 15:35] - (200, 60, 20)).max() <= 1


def test_the_help_of_both_verbs_tells_their_options(isocenter: Isocenter) -> None:
    assert "--montage" in isocenter("picture", "--help").out
    assert "--along" in isocenter("movie", "--help").out


def test_the_window_that_is_used_is_the_automatic_one(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    told = isocenter("picture", scan, "--to", tmp_path / "a.png", "--json").json["window"]
    auto = auto_window(sampled(echoes().array))
    assert Window(told["level"], told["width"]) == auto


def test_kind_and_frame_of_a_layer_can_be_said(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    volume = echoes()
    labels = np.zeros(volume.array.shape, np.uint8)
    labels[1, :, :4, :4] = 3
    write_nifti(Volume(labels, volume.affine), tmp_path / "parts.nii.gz")
    words = (scan, "--layer", tmp_path / "parts.nii.gz", "--to", tmp_path / "a.png", "--overwrite", "--json")
    guessed = isocenter("picture", *words, "--layer-frame", 2).json["layers"]
    expected = {"label": 3, "colour": "#009E73", "voxels": 6 * 16}
    assert guessed == [{"name": "parts.nii.gz", "kind": "mask", "frame": 2, "labels": [expected]}]
    told = isocenter("picture", *words, "--layer-kind", "heatmap").json["layers"]
    assert told == [{"name": "parts.nii.gz", "kind": "heatmap", "frame": 1}]


def test_a_label_of_a_mask_can_be_hidden(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    volume = echoes()
    write_nifti(Volume(np.full((1, *volume.array.shape[1:]), 2, np.uint8), volume.affine), tmp_path / "two.nii.gz")
    for name, words in (("a.png", ("--hide-label", 2)), ("b.png", ("--hide-label", 1))):
        isocenter("picture", scan, "--layer", tmp_path / "two.nii.gz", "--plain", *words, "--to", tmp_path / name)
    assert np.ptp(opened(tmp_path / "a.png"), axis=2).max() == 0
    assert np.ptp(opened(tmp_path / "b.png"), axis=2).max() > 50


def test_a_layer_shows_the_frame_of_the_scans_echo_time(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    words = (scan, "--layer", scan, "--layer-kind", "scan", "--frame", 3, "--to", tmp_path / "a.png", "--overwrite")
    assert isocenter("picture", *words, "--json").json["layers"][0]["frame"] == 3
    assert isocenter("picture", *words, "--layer-frame", 2, "--json").json["layers"][0]["frame"] == 2


@pytest.mark.parametrize("words", [("--layer-kind", "mask"), ("--layer-frame", "1")])
def test_more_kinds_or_frames_than_layers_are_refused(
    isocenter: Isocenter, scan: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    answer = isocenter("picture", scan, *words, "--to", tmp_path / "a.png", "--json")
    assert answer.status == 1
    assert words[0] in answer.json["hint"]


@pytest.mark.parametrize(
    "words",
    [("--level", "nan"), ("--window", "inf"), ("--window", "nan"), ("--at", "nan"), ("--at", "inf"),
     ("--preset", "full range", "--window", "5"), ("--preset", "full range", "--level", "5"),
     ("--at", "0", "--slice", "2")],
)  # fmt: skip
def test_a_wish_that_is_none_or_contradicts_itself_is_refused(
    isocenter: Isocenter, scan: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    answer = isocenter("picture", scan, *words, "--to", tmp_path / "a.png", "--json")
    assert answer.status == 1
    assert words[0] in answer.json["hint"]
    assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize("speed", ["nan", "inf", "0", "-3"])
def test_a_movie_needs_a_speed(isocenter: Isocenter, scan: Path, tmp_path: Path, speed: str) -> None:
    answer = isocenter("movie", scan, "--to", tmp_path / "m.gif", "--speed", speed, "--json")
    assert answer.status == 1
    assert "speed" in answer.json["error"]


@pytest.mark.parametrize("verb", ["picture", "movie"])
def test_a_name_that_is_too_long_and_a_place_that_is_not_there_are_said(
    isocenter: Isocenter, scan: Path, tmp_path: Path, verb: str
) -> None:
    long = isocenter(verb, scan, "--to", tmp_path / f"{'x' * 300}.webp", "--json")
    if verb == "picture":
        long = isocenter(verb, scan, "--to", tmp_path / f"{'x' * 300}.png", "--json")
    assert "too long" in long.json["error"]
    absent = isocenter(verb, tmp_path / "nowhere", "--to", tmp_path / "a.png", "--json")
    assert "no such file" in absent.json["error"]


def test_a_montage_has_the_slices_there_are_and_tells_them(isocenter: Isocenter, scan: Path, tmp_path: Path) -> None:
    told = isocenter("picture", scan, "--to", tmp_path / "a.png", "--montage", "12x20", "--size", 512, "--json").json
    assert told["slices"] == [1, 2, 3, 4, 5, 6]
    assert "slice" not in told
    assert (told["width"], told["height"]) == (6 * 512, 512)
    lines = isocenter("picture", scan, "--to", tmp_path / "b.png", "--montage", "2x2").out
    assert "4 slices" in lines


@pytest.mark.parametrize("words", [(), ("--montage", "2x2")])
def test_an_excluded_scan_is_marked(
    isocenter: Isocenter, workspace: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    asked = (workspace, "--patient", "P-001", "--role", "T2", *words)
    isocenter("picture", *asked, "--to", tmp_path / "before.png")
    assert isocenter("exclude", workspace, "P-001", "--role", "T2", "--reason", "moved").status == 0
    answer = isocenter("picture", *asked, "--to", tmp_path / "a.png", "--json")
    assert answer.json["excluded"] == "moved"
    assert "Excluded: moved" in isocenter("picture", *asked, "--to", tmp_path / "b.png").out
    assert (opened(tmp_path / "a.png") != opened(tmp_path / "before.png")).any()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("words", [(), ("--json",)])
def test_an_answer_that_cannot_be_written_is_said_in_a_line(scan: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "engine.cli", "picture", str(scan), "--to", str(tmp_path / "a.png"), *words]
    with Path("/dev/full").open("w") as full:
        asked = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert asked.returncode == 1
    assert "the answer could not be written" in asked.stderr
    assert "Traceback" not in asked.stderr
    assert "fault in Isocenter" not in asked.stderr
    assert (tmp_path / "a.png").exists()
