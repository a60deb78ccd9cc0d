"""Arrays of pictures with an array of labels, as collections for machine learning come."""

import json
import tracemalloc
import zipfile
from io import BufferedIOBase
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from engine.cohort.intake.digest import content_digest
from engine.cohort.intake.importing import import_folder
from engine.cohort.intake.layout import Arrangement, NoOptions, Recognition, Site, layouts
from engine.cohort.intake.plan import ImportPlan
from engine.cohort.intake.siting import site_of
from engine.cohort.label_table.labels import LabelTable
from engine.cohort.workspace import Workspace
from engine.errors import ReadError
from engine.imaging import ScanHeader, ScanSource, discover, open_scan
from engine.imaging.arrays.archive import Member, members
from engine.imaging.arrays.unpacking import Unpacking

RNG = np.random.default_rng(0)
SAVES = pytest.mark.parametrize("save", [np.savez, np.savez_compressed])


def pictures(*shape: int, dtype: str = "u1") -> np.ndarray:
    return RNG.integers(0, 250, shape).astype(dtype)


def codes(count: int, classes: int = 2) -> np.ndarray:
    return np.arange(count) % classes


def site(folder: Path) -> Site:
    return site_of(folder, discover([folder]))


def recognised(folder: Path) -> Recognition:
    return layouts.get("labelled-arrays").recognise(site(folder))


def found(folder: Path) -> Arrangement:
    return layouts.get("labelled-arrays").find(site(folder), LabelTable(), NoOptions())


def headers(arrangement: Arrangement) -> list[ScanHeader]:
    return [scan.header for patient in arrangement.patients for scan in patient.scans]


def labels(arrangement: Arrangement, column: str = "label") -> list[str]:
    return [patient.told.labels.get(column, "") for patient in arrangement.patients]


@SAVES
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("shape", [(9, 5, 6), (9, 5, 6, 1), (9, 3, 5, 6)])
def test_each_sample_is_a_scan_with_its_own_numbers(tmp_path: Path, save: Any, order: Any, shape: Any) -> None:
    images = pictures(*shape, dtype="i2")
    save(tmp_path / "a.npz", images=np.asarray(images, order=order), labels=codes(9))
    scans = [open_scan(header.source) for header in headers(found(tmp_path))]
    assert len(scans) == 9
    for scan, image in zip(scans, images, strict=True):
        grid = image.reshape((-1, 5, 6))
        assert scan.header.shape == grid.shape[::-1]
        assert np.array_equal(scan.load().array[0], grid)
        assert np.array_equal(scan.plane(0, 0), grid[0])


@SAVES
def test_colours_stay_colours(tmp_path: Path, save: Any) -> None:
    images = pictures(6, 5, 4, 3)
    save(tmp_path / "a.npz", images=images, labels=codes(6))
    volume = open_scan(headers(found(tmp_path))[2].source).load()
    assert volume.colour is not None
    assert np.array_equal(volume.colour[0, 0], images[2])


def test_the_parts_of_a_division_are_a_column(tmp_path: Path) -> None:
    arrays: dict[str, Any] = {f"{part}_images": pictures(4, 5, 4) for part in ("train", "val", "test")}
    arrays |= {f"{part}_labels": codes(4).reshape(4, 1) for part in ("train", "val", "test")}
    np.savez(tmp_path / "a.npz", **arrays)
    told = {patient.source_id: patient.told.covariates["part"] for patient in found(tmp_path).patients}
    assert told["a.npz/train_images[3]"] == "train"
    assert told["a.npz/val_images[0]"] == "validation"
    assert list(told.values()).count("test") == 4


@pytest.mark.parametrize(("x", "y"), [("X", "y"), ("X_train", "y_train"), ("images", "labels"), ("testX", "testY")])
def test_pairs_are_known_by_their_names(tmp_path: Path, x: str, y: str) -> None:
    arrays: dict[str, Any] = {x: pictures(6, 5, 4), y: codes(6, 3)}
    np.savez(tmp_path / "a.npz", **arrays)
    assert recognised(tmp_path).sure > 0.9
    assert labels(found(tmp_path)) == ["0", "1", "2"] * 2


def test_two_files_side_by_side_are_a_pair(tmp_path: Path) -> None:
    np.save(tmp_path / "images.npy", images := pictures(6, 5, 4))
    np.save(tmp_path / "labels.npy", codes(6).reshape(6, 1))
    assert recognised(tmp_path).sure > 0.9
    arrangement = found(tmp_path)
    assert labels(arrangement) == ["0", "1"] * 3
    assert headers(arrangement)[4].source == ScanSource("npy", (tmp_path / "images.npy",), "[4]")
    assert np.array_equal(open_scan(headers(arrangement)[4].source).load().array[0, 0], images[4])


def test_a_file_of_labels_is_no_damaged_picture(tmp_path: Path) -> None:
    np.save(tmp_path / "images.npy", pictures(6, 5, 4))
    np.save(tmp_path / "labels.npy", np.array(["a", "b"] * 3))
    assert [item.foreign for item in discover([tmp_path]).unreadable] == [True]
    assert labels(found(tmp_path)) == ["a", "b"] * 3


def test_lengths_that_do_not_fit_are_never_put_together(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", images=pictures(6, 5, 4), labels=codes(7))
    assert recognised(tmp_path).sure == 0
    assert found(tmp_path).patients == []
    assert "no labels go with its 6 pictures" in found(tmp_path).left_out[0][1]


def test_labels_of_the_test_part_do_not_serve_the_training_part(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", train_images=pictures(6, 5, 4), test_labels=codes(6))
    assert recognised(tmp_path).sure == 0


def test_names_that_tell_nothing_are_believed_half(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", pictures(6, 5, 4), codes(6))
    assert 0 < recognised(tmp_path).sure < 0.5
    assert labels(found(tmp_path)) == ["0", "1"] * 3


def test_fractions_are_no_classes(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", images=pictures(6, 5, 4), labels=np.linspace(0, 1, 6))
    assert recognised(tmp_path).sure == 0


def test_one_of_many_is_one_label(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", images=pictures(6, 5, 4), labels=np.eye(3)[codes(6, 3)])
    assert labels(found(tmp_path)) == ["0", "1", "2"] * 2


def test_a_yes_and_no_for_each_of_several_are_several_labels(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", images=pictures(4, 5, 4), labels=np.array([[0, 0], [1, 1], [0, 1], [1, 0]]))
    assert labels(found(tmp_path), "label 1") == ["0", "1", "0", "1"]
    assert labels(found(tmp_path), "label 2") == ["0", "1", "1", "0"]


def test_several_targets_each_have_their_array(tmp_path: Path) -> None:
    words = np.array(["hand", "knee"] * 3)
    np.savez(tmp_path / "a.npz", images=pictures(6, 5, 4), labels_bone=words, labels_fractured=codes(6, 3))
    assert labels(found(tmp_path), "bone") == ["hand", "knee"] * 3
    assert labels(found(tmp_path), "fractured") == ["0", "1", "2"] * 2


def test_codes_get_the_names_that_lie_beside_them(tmp_path: Path) -> None:
    names = np.array(["normal", "pneumonia"])
    np.savez(tmp_path / "a.npz", images=pictures(4, 5, 4), labels=codes(4), class_names=names)
    arrangement = found(tmp_path)
    assert labels(arrangement) == ["normal", "pneumonia"] * 2
    assert arrangement.columns[0].type == "category"


def test_without_patients_the_level_is_image_and_with_them_patient(tmp_path: Path) -> None:
    arrays: dict[str, Any] = {"images": pictures(6, 5, 4), "labels": np.array([0, 0, 1, 1, 0, 1])}
    np.savez(tmp_path / "a.npz", **arrays)
    assert found(tmp_path).level == "image"
    np.savez(tmp_path / "a.npz", **arrays, patient_ids=np.array([7, 7, 8, 8, 9, 9]))
    arrangement = found(tmp_path)
    assert arrangement.level == "patient"
    assert [(patient.source_id, len(patient.scans)) for patient in arrangement.patients] == [
        ("7", 2),
        ("8", 2),
        ("9", 2),
    ]
    assert [scan.labels for scan in arrangement.patients[2].scans] == [{"label": "0"}, {"label": "1"}]
    assert arrangement.patients[0].told.labels == {"label": "0"}


def test_a_patient_in_two_parts_has_none_and_that_is_told(tmp_path: Path) -> None:
    np.savez(
        tmp_path / "a.npz",
        train_images=pictures(2, 5, 4), train_labels=codes(2), train_patients=np.array(["a", "b"]),
        test_images=pictures(2, 5, 4), test_labels=codes(2), test_patients=np.array(["b", "c"]),
    )  # fmt: skip
    arrangement = found(tmp_path)
    assert [patient.told.covariates.get("part") for patient in arrangement.patients] == ["train", None, "test"]
    assert "1 patients have pictures in several parts" in arrangement.left_out[0][1]


def test_pickled_labels_are_not_loaded(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", images=pictures(2, 5, 4), labels=np.array(["a", None], dtype=object))
    assert recognised(tmp_path).sure == 0


def test_slices_with_labels_in_a_folder_per_patient_are_not_taken_for_a_collection(tmp_path: Path) -> None:
    for name in ("P1", "P2"):
        (tmp_path / name).mkdir()
        np.save(tmp_path / name / "images.npy", pictures(6, 5, 4))
        np.save(tmp_path / name / "labels.npy", codes(6))
    assert recognised(tmp_path).sure < 0.5


@SAVES
def test_a_digest_names_the_content_of_one_sample(tmp_path: Path, save: Any) -> None:
    images = pictures(4, 5, 4)
    images[3] = images[0]
    save(tmp_path / "a.npz", images=images, labels=codes(4))
    first, second, _, fourth = map(content_digest, headers(found(tmp_path)))
    assert first == fourth != second
    images[0, 0, 0] += 1
    save(tmp_path / "a.npz", images=images, labels=codes(4))
    assert content_digest(headers(found(tmp_path))[0]) != first


def test_spacing_beside_the_file_holds_for_each_sample(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", images=pictures(4, 5, 4), labels=codes(4))
    (tmp_path / "a.json").write_text(json.dumps({"spacing": [0.5, 0.25, 1]}))
    assert headers(found(tmp_path))[1].spacing == (0.5, 0.25, 1.0)


def test_a_sample_that_is_no_longer_there_is_a_read_error(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, images=pictures(4, 5, 4), labels=codes(4))
    last = headers(found(tmp_path))[3].source
    np.savez(path, images=pictures(3, 5, 4), labels=codes(3))
    with pytest.raises(ReadError, match=r"there is no sample 'images\[3\]'"):
        open_scan(last)


def test_an_array_may_be_called_like_a_sample(tmp_path: Path) -> None:
    arrays: dict[str, Any] = {"a[1]": pictures(2, 5, 4)}
    np.savez(tmp_path / "a.npz", **arrays)
    assert np.array_equal(open_scan(ScanSource("npz", (tmp_path / "a.npz",), "a[1]")).load().array[0], arrays["a[1]"])


def test_a_large_compressed_array_is_passed_once_and_never_held(tmp_path: Path) -> None:
    images = pictures(2000, 40, 40)
    np.savez_compressed(tmp_path / "a.npz", images=images)
    (member,) = [each for each in members(tmp_path / "a.npz") if not isinstance(each, ReadError)]
    unpacking = Unpacking(most=1 << 20)
    tracemalloc.start()
    try:
        for number in (0, 1, 5, 1999, 3, 1000):
            assert np.array_equal(unpacking.sample(member, number), images[number])
        assert tracemalloc.get_traced_memory()[1] < 2 << 20
    finally:
        tracemalloc.stop()


class Counted(Member):
    """An array that notes how often it is opened."""

    opened_so_far: ClassVar[list[str]] = []

    def opened(self) -> BufferedIOBase:
        self.opened_so_far.append(self.part)
        return super().opened()


@pytest.mark.parametrize("most", [1 << 10, 1 << 30])
def test_samples_in_their_order_cost_one_unpacking(tmp_path: Path, most: int) -> None:
    images = pictures(50, 8, 8)
    np.savez_compressed(tmp_path / "a.npz", images=images)
    (member,) = [each for each in members(tmp_path / "a.npz") if isinstance(each, Member)]
    counted, unpacking = Counted(member.path, member.entry, member.layout), Unpacking(most)
    Counted.opened_so_far.clear()
    assert all(np.array_equal(unpacking.sample(counted, number), image) for number, image in enumerate(images))
    assert Counted.opened_so_far == ["images"]


def test_damage_within_the_samples_is_a_read_error(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez_compressed(path, images=pictures(50, 40, 40), labels=codes(50))
    with zipfile.ZipFile(path) as archive:
        begin = archive.getinfo("images.npy").header_offset
    content = bytearray(path.read_bytes())
    content[begin + 20_000 : begin + 20_400] = bytes(400)
    path.write_bytes(content)
    source = headers(found(tmp_path))[30].source
    with pytest.raises(ReadError):
        open_scan(source).load()


def test_all_of_it_is_imported(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    np.savez(source / "a.npz", images=pictures(40, 5, 4), labels=codes(40))
    with Workspace.create(tmp_path / "workspace") as workspace:
        report = import_folder(source, workspace, ImportPlan())
        cohort = workspace.cohort()
    assert (report.layout, cohort.level, len(cohort.patients)) == ("labelled-arrays", "image", 40)
    assert cohort.counts()["label"]["1"] == {"patients": 20, "scans": 20}
    assert {open_scan(scan.source).load().array.shape for scan in cohort.scans} == {(1, 1, 5, 4)}


def test_a_real_collection_is_taken_in_as_it_is(shared_data: Path) -> None:
    arrangement = found(shared_data / "pneumoniamnist")
    assert recognised(shared_data / "pneumoniamnist").sure > 0.9
    assert (len(arrangement.patients), arrangement.level, arrangement.left_out) == (5030, "image", [])
    assert labels(arrangement).count("1") == 3494 + 390 + 389
