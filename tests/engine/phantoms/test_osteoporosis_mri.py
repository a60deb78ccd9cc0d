import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.ndimage import binary_dilation

from engine.errors import ReadError
from engine.imaging import inspect, read
from engine.phantoms import PhantomCohort, make_phantom
from engine.phantoms.cohorts.osteoporosis_mri import T1_FRAMES, T2_FRAMES, draw_marrow
from engine.recipe import Choice


def made(folder: Path, seed: int = 3, **options: object) -> PhantomCohort:
    values: dict[str, object] = {"healthy": 3, "osteoporotic": 4, "matrix": 32, **options}
    return make_phantom(Choice.model_validate({"key": "osteoporosis-mri", **values}), folder, seed)


def table(cohort: PhantomCohort) -> list[dict[str, str]]:
    with cohort.labels.open(newline="") as stream:
        return list(csv.DictReader(stream))


def scans(cohort: PhantomCohort) -> dict[str, bytes]:
    return {str(path.relative_to(cohort.data)): path.read_bytes() for path in sorted(cohort.data.rglob("T*"))}


@pytest.fixture(scope="module")
def cohort(tmp_path_factory) -> PhantomCohort:
    return made(tmp_path_factory.mktemp("phantom"))


def test_the_layout_is_that_of_real_data_with_the_truth_outside(cohort):
    rows = table(cohort)
    assert [*rows[0]] == ["patient", "diagnosis", "age", "sex"]
    assert len(rows) == cohort.patients == 7
    for row in rows:
        names = sorted(path.name for path in (cohort.data / row["patient"]).iterdir())
        assert names == ["T1.json", "T1.nii.gz", "T2.json", "T2.nii.gz"]
        assert sorted(path.name for path in (cohort.truth / row["patient"]).iterdir()) == ["T1.nii.gz", "T2.nii.gz"]
    assert "do not exist" in (cohort.root / "SYNTHETIC.txt").read_text()


def test_names_and_order_do_not_tell_the_class(cohort):
    diagnoses = [row["diagnosis"] for row in table(cohort)]
    assert sorted(diagnoses) == ["healthy"] * 3 + ["osteoporotic"] * 4
    assert diagnoses != sorted(diagnoses)
    assert [row["patient"] for row in table(cohort)] == [f"OST-{number:04d}" for number in range(1, 8)]


def test_the_published_cohort_is_the_default():
    from engine.phantoms.cohorts.osteoporosis_mri import OsteoporosisOptions

    options = OsteoporosisOptions()
    assert (options.healthy, options.osteoporotic) == (12, 21)
    assert (len(T1_FRAMES), len(T2_FRAMES), T2_FRAMES[0].echo) == (10, 9, 25.0)


def test_scans_say_where_they_lie_and_what_their_frames_are(cohort):
    slices = set()
    for row in table(cohort):
        one, two = (inspect(cohort.data / row["patient"] / f"{role}.nii.gz") for role in ("T1", "T2"))
        assert (one.frame_axis, one.frame_values) == ("repetition time", tuple(t.repetition for t in T1_FRAMES))
        assert (two.frame_axis, two.frame_values) == ("echo time", tuple(t.echo for t in T2_FRAMES))
        assert one.shape == (32, 32, 1)
        assert one.orientation == two.orientation == "PIR"
        assert (one.certificate, two.certificate, one.modality, one.dtype) == ("pass", "pass", "MR", "int16")
        slices.add(two.shape[2])
    assert slices <= {6, 7, 8, 9}
    assert len(slices) > 1


def test_the_truth_lies_on_the_grid_of_its_scan(cohort):
    for row in table(cohort):
        for role in ("T1", "T2"):
            scan, truth = (read(root / row["patient"] / f"{role}.nii.gz") for root in (cohort.data, cohort.truth))
            assert scan.shape_xyz == truth.shape_xyz
            assert np.array_equal(scan.affine, truth.affine)
            assert set(np.unique(truth.array)) == {0, 1}
            assert 0.03 < truth.array.mean() < 0.4


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path, cohort):
    again, other = made(tmp_path / "again"), made(tmp_path / "other", seed=4)
    for path in sorted(cohort.root.rglob("*")):
        if path.is_file():
            assert (again.root / path.relative_to(cohort.root)).read_bytes() == path.read_bytes()
    assert not set(scans(cohort).values()) & {v for k, v in scans(other).items() if k.endswith(".gz")}


def test_without_effect_the_pictures_do_not_know_the_labels(tmp_path):
    """Other labels on the same patients leave every byte of every scan as it was."""
    one = made(tmp_path / "one", effect=0, healthy=3, osteoporotic=4)
    two = made(tmp_path / "two", effect=0, healthy=4, osteoporotic=3)
    assert [row["diagnosis"] for row in table(one)] != [row["diagnosis"] for row in table(two)]
    assert scans(one) == scans(two)
    assert [(row["age"], row["sex"]) for row in table(one)] == [(row["age"], row["sex"]) for row in table(two)]


def test_the_class_changes_nothing_outside_the_truth(tmp_path):
    """Voxels at the rim hold some marrow, so the truth is widened by one."""
    few = {"noise": 0, "matrix": 96, "healthy": 1, "osteoporotic": 1}
    none, full = made(tmp_path / "none", effect=0, **few), made(tmp_path / "full", effect=1, **few)
    for row in table(none):
        for role in ("T1", "T2"):
            before, after = (read(c.data / row["patient"] / f"{role}.nii.gz").array for c in (none, full))
            truth = read(full.truth / row["patient"] / f"{role}.nii.gz").array[0] > 0
            changed = (before != after).any(axis=0)
            wide = binary_dilation(truth, np.ones((1, 3, 3), bool)) | binary_dilation(truth, np.ones((3, 1, 1), bool))
            assert changed[truth].mean() > 0.95
            assert changed[~wide].mean() < 0.01


def test_the_decay_inside_the_truth_is_that_of_the_marrow(tmp_path):
    cohort = made(tmp_path, matrix=96, noise=0, healthy=1, osteoporotic=1)
    t2 = {}
    for row in table(cohort):
        scan, truth = (read(root / row["patient"] / "T2.nii.gz") for root in (cohort.data, cohort.truth))
        decay = np.median(scan.array[:, truth.array[0] > 0].astype(float), axis=1)
        t2[row["diagnosis"]] = -1 / np.polyfit(scan.frame_axis.values, np.log(decay), 1)[0]
    expected = {name: _mean_t2(lean) for name, lean in (("healthy", -0.5), ("osteoporotic", 0.5))}
    assert t2["osteoporotic"] > t2["healthy"]
    for name, value in t2.items():
        assert value == pytest.approx(expected[name], rel=0.2)


def test_a_voxel_of_pure_marrow_decays_with_exactly_its_t2():
    from engine.phantoms.lumbar.bones import MARROW
    from engine.phantoms.lumbar.grid import Grid
    from engine.phantoms.lumbar.person import draw_person
    from engine.phantoms.lumbar.section import TISSUES, disc_cores, draw_section
    from engine.phantoms.relaxation import picture

    rng = np.random.default_rng(0)
    person, marrow = draw_person(rng), draw_marrow(rng, 0.5)
    section = draw_section(person, Grid(96, 1), marrow.grain, rng)
    tissues = {**TISSUES, **disc_cores(person), MARROW: marrow.tissue}
    clean = picture(section.parts, tissues, T2_FRAMES)
    decay = np.median(clean[:, section.marrow], axis=1)
    fitted = -1 / np.polyfit([timing.echo for timing in T2_FRAMES], np.log(decay), 1)[0]
    assert fitted == pytest.approx(marrow.tissue.t2, rel=0.02)


def _mean_t2(lean: float) -> float:
    return float(np.mean([draw_marrow(np.random.default_rng(seed), lean).tissue.t2 for seed in range(50)]))


def test_osteoporotic_marrow_is_fatter_thinner_and_overlaps_with_healthy():
    healthy = [draw_marrow(np.random.default_rng(seed), -0.5) for seed in range(200)]
    ill = [draw_marrow(np.random.default_rng(1000 + seed), 0.5) for seed in range(200)]
    assert np.mean([m.tissue.t2 for m in ill]) > np.mean([m.tissue.t2 for m in healthy])
    assert np.mean([m.tissue.t1 for m in ill]) < np.mean([m.tissue.t1 for m in healthy])
    assert np.mean([m.grain for m in ill]) > np.mean([m.grain for m in healthy])
    assert min(m.tissue.t2 for m in ill) < max(m.tissue.t2 for m in healthy)


def test_npy_holds_the_same_pictures(tmp_path, cohort):
    other = made(tmp_path, format="npy")
    for row in table(cohort):
        nifti, npy = read(cohort.data / row["patient"] / "T2.nii.gz"), read(other.data / row["patient"] / "T2.npy")
        assert np.array_equal(nifti.array, npy.array)
        assert np.allclose(nifti.affine, npy.affine, atol=1e-4)
        assert nifti.frame_axis == npy.frame_axis


def test_planted_faults_are_there_and_no_more_than_asked(tmp_path):
    cohort = made(tmp_path, broken_files=2, missing_labels=1)
    assert [row["diagnosis"] for row in table(cohort)].count("") == 1
    broken = 0
    for path in sorted(cohort.data.rglob("*.nii.gz")):
        try:
            read(path)
        except ReadError:
            broken += 1
            assert path.name == "T2.nii.gz"
    assert broken == 2


@pytest.mark.parametrize("matrix", [16, 49, 128])
def test_any_matrix_covers_the_same_field(tmp_path, matrix):
    cohort = made(tmp_path, matrix=matrix, healthy=1, osteoporotic=1)
    header = inspect(cohort.data / "OST-0001" / "T2.nii.gz")
    assert header.spacing[0] * matrix == pytest.approx(220)
    corner = header.affine @ [(matrix - 1) / 2, (matrix - 1) / 2, (header.shape[2] - 1) / 2, 1]
    assert np.allclose(corner[:3], 0, atol=1e-3)
