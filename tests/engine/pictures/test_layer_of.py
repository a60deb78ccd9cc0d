from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.control import Control
from engine.errors import Cancelled, LayerError, ReadError
from engine.imaging.doubt import Doubt
from engine.imaging.volume import Facts, FrameAxis, Volume
from engine.imaging.writer import write_nifti, write_npy
from engine.maps import relaxation_maps, save_maps
from engine.pictures.colours import LABEL_COLOURS
from engine.pictures.labels import Label, labels_in
from engine.pictures.layer import LayerKind
from engine.pictures.layer_kind import kind_of, labels_of
from engine.pictures.layer_of import layer_of_file, layer_of_scan, layer_of_volume, layers_of_maps, recast
from engine.pictures.layer_place import note_on, placed_over, touches
from tests.helpers.volumes import ORIENTATIONS, affine_of, body, echoes


def of(array: np.ndarray, modality: str = "") -> Volume:
    """A volume of one frame that says nothing of itself but, at most, its modality."""
    return Volume(array[np.newaxis], np.eye(4), facts=Facts("nifti", modality))


def values(*parts: float, size: int = 4000) -> np.ndarray:
    """These values all over a grid (10, 20, 20)."""
    return np.resize(np.array(parts, np.float32), size).reshape(10, 20, 20)


def noise(low: float, high: float) -> np.ndarray:
    return np.random.default_rng(1).uniform(low, high, (10, 20, 20)).astype(np.float32)


@pytest.mark.parametrize(
    ("array", "modality", "kind"),
    [
        (values(0, 1), "", "mask"),
        (values(0, 1, 2, 7), "MR", "mask"),
        (np.arange(4000).reshape(10, 20, 20).astype(np.int16), "", "scan"),
        (values(0, 1, -1), "", "scan"),
        (noise(0, 1), "", "heatmap"),
        (noise(-3, 4), "", "heatmap"),
        (noise(0, 900), "", "scan"),
        (noise(0, 1), "PT", "scan"),
        (np.where(noise(0, 1) > 0.9, noise(0, 9), 0), "", "heatmap"),
        (np.where(noise(0, 1) > 0.9, noise(0, 900), 0), "", "scan"),
        (noise(-1000, 2000), "", "scan"),
    ],
)
def test_what_a_volume_is_follows_from_its_values(array: np.ndarray, modality: str, kind: str) -> None:
    assert kind_of(of(array, modality)) == kind


def test_one_fraction_anywhere_makes_it_no_mask() -> None:
    array = values(0, 1)
    array[7, 3, 3] = 0.5
    assert labels_of(of(values(0, 1))) == (0, 1)
    assert labels_of(of(array)) == ()


@pytest.mark.parametrize("orientation", ORIENTATIONS[::5])
def test_grids_touch_however_they_are_stored(orientation: str) -> None:
    assert touches(body(orientation), body("RAS"))


def test_grids_beside_each_other_do_not_touch() -> None:
    beside = body()
    beside.affine[0, 3] += 40.5
    assert not touches(beside, body())
    crossing = Volume(np.zeros((1, 1, 1, 200)), affine_of("RAS", (1.0, 1.0, 1.0), (200, 1, 1)))
    assert touches(crossing, body())


def test_an_oblique_neighbour_is_told_apart_by_its_edges() -> None:
    turn = np.eye(4)
    turn[:2, :2] = np.array([[1, -1], [1, 1]]) / np.sqrt(2)
    corner = body()
    turned = replace(corner, affine=turn @ corner.affine)
    turned.affine[:2, 3] += 38
    assert not touches(turned, body())


def test_what_does_not_say_where_it_lies_is_laid_voxel_on_voxel_or_not_at_all() -> None:
    lost = Facts("npy", "", (Doubt("orientation", "nothing says how it lies"),))
    base = body("LPS")
    unsure = Volume(np.ones_like(base.array), np.eye(4), facts=lost)
    assert np.array_equal(placed_over(unsure, base).affine, base.affine)
    assert "voxel on voxel" in note_on(unsure, base)
    small = replace(unsure, array=unsure.array[:, :-1])
    with pytest.raises(LayerError, match="20 × 20 × 19 voxels are not the scan's 20 × 20 × 20"):
        placed_over(small, base)
    flat = replace(unsure, array=unsure.array[:, :1])
    with pytest.raises(LayerError, match="one picture and the scan is a stack"):
        placed_over(flat, base)


def test_a_scan_becomes_grey_through_its_own_window_and_hot_from_nuclear_medicine() -> None:
    grey, hot = (layer_of_scan(of(noise(5, 900), modality), "other").overlay for modality in ("MR", "NM"))
    assert (grey.colour_map, hot.colour_map) == ("grey", "hot")
    assert grey.low > 5
    assert hot.low == 0


def test_the_maps_of_a_scan_become_layers_with_their_units() -> None:
    layers = layers_of_maps(relaxation_maps(echoes()), key=lambda ending: f"own:{ending}")
    assert [(layer.name, layer.unit) for layer in layers] == [
        ("T2", "ms"),
        ("R2", "1/s"),
        ("M0", ""),
        ("Goodness of fit R²", ""),
    ]
    assert {layer.kind for layer in layers} == {"map"}
    low, _ = np.nanpercentile(layers[0].overlay.volume.array, (2, 98))
    assert layers[0].overlay.low == pytest.approx(low, abs=1e-2)


def test_a_saved_map_comes_back_with_its_name_and_unit(tmp_path: Path) -> None:
    paths = save_maps(relaxation_maps(echoes()), tmp_path, "P-001")
    layer = layer_of_file(paths[0], echoes())
    assert (layer.kind, layer.name, layer.unit) == ("map", "T2", "ms")


def test_a_mask_shows_every_label(tmp_path: Path) -> None:
    write_nifti(of(values(0, 1, 5)), tmp_path / "mask.nii.gz")
    layer = layer_of_file(tmp_path / "mask.nii.gz")
    assert (layer.kind, layer.name) == ("mask", "mask.nii.gz")
    assert (layer.overlay.low, layer.overlay.high) == (0, 5)
    assert layer.overlay.seen(np.array([0, 1, 5])).tolist() == [False, True, True]


def test_a_signed_heatmap_keeps_zero_in_the_middle(tmp_path: Path) -> None:
    write_npy(of(noise(-2, 3)), tmp_path / "z.npy")
    overlay = layer_of_file(tmp_path / "z.npy").overlay
    assert overlay.colour_map == "diverging"
    assert overlay.low == -overlay.high


def test_failures_name_the_file(tmp_path: Path) -> None:
    (tmp_path / "broken.nii").write_bytes(b"broken")
    with pytest.raises(ReadError, match=r"broken\.nii"):
        layer_of_file(tmp_path / "broken.nii")
    far = replace(echoes(), frame_axis=FrameAxis("time", (0.0, 1.0, 2.0, 3.0)))
    far.affine[0, 3] += 1000
    write_nifti(far, tmp_path / "far.nii")
    with pytest.raises(LayerError, match=r"far\.nii: it lies beside the scan"):
        layer_of_file(tmp_path / "far.nii", echoes())


def test_reading_a_file_can_be_ended(tmp_path: Path) -> None:
    write_nifti(echoes(), tmp_path / "T2.nii.gz")
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        layer_of_file(tmp_path / "T2.nii.gz", control=control)


def test_a_scan_is_laid_by_its_brightest_frame_and_a_course_of_time_by_its_first() -> None:
    rising = replace(echoes(), array=echoes().array[::-1].copy())
    assert layer_of_scan(rising, "T1").overlay.frame == 3
    course = replace(rising, frame_axis=FrameAxis("time", (0.0, 1.0, 2.0, 3.0)))
    assert layer_of_scan(course, "fmri").overlay.frame == 0


def test_positions_of_another_space_are_told() -> None:
    here, there = (replace(body(), facts=Facts("dicom", "MR", frame_of_reference=token)) for token in ("one", "two"))
    assert note_on(here, here) == ""
    assert "count from elsewhere" in note_on(here, there)


def test_where_only_sizes_are_in_doubt_it_is_laid_by_its_positions_and_that_is_told() -> None:
    doubted = Facts("dicom", "MR", (Doubt("size", "the distance between slices is not given"),))
    one = replace(body(), facts=doubted)
    assert placed_over(body("LPS"), one).affine is not one.affine
    assert note_on(body(), one) == "The sizes of the scan are not certain, so it may lie off its place."
    assert note_on(one, body()).startswith("The sizes of the layer")


@pytest.mark.parametrize(
    ("array", "name", "kind"),
    [
        (values(0, 1), "P-001_gradcam.nii.gz", "heatmap"),
        (values(0, 1, 2), "sub-01_label-GM_probseg.nii.gz", "heatmap"),
        (noise(0, 200), "AttentionMap.nii", "heatmap"),
        (np.where(noise(0, 1) > 0.95, noise(0, 1), 1), "lesion_mask.nii", "mask"),
        (noise(0, 900), "brain_mask.nii", "scan"),
        (noise(0, 900), "camera.nii", "scan"),
    ],
)
def test_a_name_helps_where_values_leave_it_open(array: np.ndarray, name: str, kind: str) -> None:
    assert kind_of(of(array), name) == kind


def test_what_a_scanner_made_is_no_heatmap_whatever_it_is_called() -> None:
    assert kind_of(of(noise(0, 1), "MR"), "heatmap.nii") == "scan"


def test_a_photograph_is_no_heatmap_and_few_greys_make_it_no_mask(tmp_path: Path) -> None:
    shades = np.arange(400, dtype=np.uint8).reshape(20, 20) % 16 * 17
    for name, array in (("cam.png", shades), ("cam_colour.png", np.stack([shades, shades.T, shades], axis=-1))):
        Image.fromarray(array).save(tmp_path / name)
        assert layer_of_file(tmp_path / name).kind == "scan"
    Image.fromarray(shades // 200).save(tmp_path / "two.png")
    assert layer_of_file(tmp_path / "two.png").kind == "mask"


def test_a_mask_may_have_nothing_around_its_labels(tmp_path: Path) -> None:
    array = values(np.nan, 1, 7)
    array[3] = np.nan
    write_nifti(of(array), tmp_path / "parts.nii.gz")
    for kind in (None, "mask"):
        made = layer_of_file(tmp_path / "parts.nii.gz", kind=kind)
        assert (made.kind, made.overlay.low, made.overlay.high) == ("mask", 0, 7)
        assert [label.number for label in made.labels] == [1, 7]


@pytest.mark.parametrize("kind", [None, "mask", "heatmap"])
def test_a_file_without_any_value_is_refused_in_words(tmp_path: Path, kind: LayerKind | None) -> None:
    write_nifti(of(values(np.nan)), tmp_path / "void.nii")
    with pytest.raises(LayerError, match=r"void\.nii: none of its voxels has a value"):
        layer_of_file(tmp_path / "void.nii", kind=kind)


def test_a_frame_that_there_is_not_is_refused(tmp_path: Path) -> None:
    write_nifti(echoes(), tmp_path / "T2.nii")
    with pytest.raises(LayerError, match="it has no frame 9"):
        layer_of_file(tmp_path / "T2.nii", frame=8)


def test_a_layer_can_be_taken_for_one_of_another_kind() -> None:
    heat = layer_of_volume(of(values(0, 1, 3)), "parts", "heatmap", key="own")
    mask = recast(heat, "mask")
    assert (mask.kind, mask.key, mask.overlay.colour_map, mask.overlay.high) == ("mask", "own", "mask", 3)
    assert [label.number for label in mask.labels] == [1, 3]
    assert recast(mask, "scan").labels == ()


def test_labels_are_counted_in_each_frame() -> None:
    array = np.stack([values(0, 1, 2, 2), values(0, 2, 0, np.nan)])
    assert labels_in(array) == (Label(1, (1000, 0)), Label(2, (2000, 1000)))
    assert [label.colour for label in labels_in(array)] == list(LABEL_COLOURS[:2])
