"""Every arrangement of folders that can be imported, written small; each docstring says what must come of it."""

import json
from collections.abc import Sequence
from pathlib import Path

import nibabel as nib
import numpy as np
from PIL import Image

from engine.cohort import ImportPlan, look_into
from engine.cohort.intake.layout import FoundPatient
from engine.cohort.intake.previewing import Preview, preview
from tests.helpers.cohorts import write_nifti, write_table

STAGES = ("NonDemented", "VeryMildDemented", "MildDemented", "ModerateDemented")
SEVERITY = ("none", "mild", "severe")
OASIS_COLUMNS = ("ID", "M/F", "Hand", "Age", "Educ", "SES", "MMSE", "CDR", "eTIV", "nWBV", "ASF", "Delay")
OASIS_ROWS = (
    ("OAS1_0001_MR1", "F", "R", "74", "2", "3", "29", "0", "1344", "0.743", "1.306", "N/A"),
    ("OAS1_0002_MR1", "F", "R", "78", "4", "1", "25", "0.5", "1147", "0.810", "1.531", "N/A"),
    ("OAS1_0003_MR1", "M", "R", "73", "4", "3", "22", "1", "1454", "0.708", "1.207", "N/A"),
    ("OAS1_0004_MR1", "M", "R", "80", "1", "4", "15", "2", "1636", "0.689", "1.073", "N/A"),
    ("OAS1_0005_MR1", "M", "R", "18", "", "", "", "", "1737", "0.848", "1.010", "N/A"),
    ("OAS1_0006_MR1", "F", "R", "24", "", "", "", "", "1131", "0.862", "1.551", "N/A"),
    ("OAS1_0002_MR2", "F", "R", "78", "4", "1", "", "", "1147", "0.810", "1.531", "40"),
)


def previewed(source: Path, layout: str = "auto", table: Path | None = None, **options: object) -> Preview:
    """What an import of a source would come to."""
    with look_into(source) as found:
        return preview(found, source, ImportPlan(layout, options, table))


def patients_of(made: Preview) -> dict[str, FoundPatient]:
    """The patients of a preview as the source calls them."""
    assert not made.trouble
    return {patient.source_id: patient for patient in made.arrangement.patients}


def labels_in(made: Preview, column: str) -> dict[str, int]:
    """How many scans of a preview have each label."""
    return dict(made.classes.get(column, {}))


def write_bids(folder: Path) -> Path:
    """Patients 01 to 06, 14 scans: T1w and T2w of visit 1, and of 01 and 03 a T1w of visit 2.

    The label `diagnosis` is ordinal (none, mild, severe: two patients each); age and sex are covariates. At visit 2
    patient 01 has become mild. One scan below derivatives is left out. Level: patient. Layout: bids.
    """
    names = [f"sub-{number:02d}" for number in range(1, 7)]
    rows = [[name, str(60 + n), "FM"[n % 2], SEVERITY[n // 2]] for n, name in enumerate(names)]
    write_table(folder / "participants.tsv", [["participant_id", "age", "sex", "diagnosis"], *rows])
    levels = {"diagnosis": {"Description": "as judged", "Levels": {name: f"{name} of it" for name in SEVERITY}}}
    (folder / "participants.json").write_text(json.dumps(levels), encoding="utf-8")
    (folder / "dataset_description.json").write_text('{"Name": "small", "BIDSVersion": "1.9.0"}', encoding="utf-8")
    for number, name in enumerate(names):
        for suffix in ("T1w", "T2w"):
            write_scan(folder / name / "ses-1" / "anat" / f"{name}_ses-1_{suffix}.nii.gz", number)
    for number, name in ((6, "sub-01"), (7, "sub-03")):
        write_scan(folder / name / "ses-2" / "anat" / f"{name}_ses-2_T1w.nii.gz", number)
    visits = [["session_id", "diagnosis"], ["ses-1", "none"], ["ses-2", "mild"]]
    write_table(folder / "sub-01" / "sub-01_sessions.tsv", visits)
    write_scan(folder / "derivatives" / "smooth" / "sub-01" / "anat" / "sub-01_space-MNI_T1w.nii.gz", 8)
    return folder


def write_oasis1(folder: Path) -> Path:
    """Patients OAS1_0001 to OAS1_0006, 7 scans of the role "T88 masked": 0002 was seen twice (visits 1 and 2).

    The label `dementia` is ordinal: one patient each of NonDemented, VeryMildDemented, MildDemented and
    ModerateDemented; two young patients have no rating, so no label. Covariates as in the table, sex and age among
    them. The other 35 images (RAW, subject's space, not masked, segmented) are left out. Level: patient.
    Layout: oasis1.
    """
    write_table(folder / "oasis_cross-sectional.csv", [OASIS_COLUMNS, *OASIS_ROWS])
    for number, (name, *_) in enumerate(OASIS_ROWS):
        write_oasis1_session(folder / f"disc{number // 3 + 1}" / name, number)
    return folder


def write_oasis1_session(folder: Path, number: int) -> None:
    """One visit: two raw repeats, the average in the subject's space, in the atlas, masked, and segmented."""
    name, processed = folder.name, folder / "PROCESSED" / "MPRAGE"
    places = [
        folder / "RAW" / f"{name}_mpr-1_anon.img",
        folder / "RAW" / f"{name}_mpr-2_anon.img",
        processed / "SUBJ_111" / f"{name}_mpr_n4_anon_sbj_111.img",
        processed / "T88_111" / f"{name}_mpr_n4_anon_111_t88_gfc.img",
        processed / "T88_111" / f"{name}_mpr_n4_anon_111_t88_masked_gfc.img",
        folder / "FSL_SEG" / f"{name}_mpr_n4_anon_111_t88_masked_gfc_fseg.img",
    ]
    for place, path in enumerate(places):
        path.parent.mkdir(parents=True, exist_ok=True)
        nib.save(nib.AnalyzeImage(_noise((5, 6, 4), 10 * number + place).astype(np.int16), np.eye(4)), path)


def write_divided_classes(folder: Path) -> Path:
    """32 pictures in train, val and test (4, 2 and 2 of each of the four STAGES), 8 of each class.

    The label is `class`; the covariate `part` is train (16), validation (8) or test (8). Patients are not known: a
    patient per picture, role "image". Level: image. Layout: class-folders.
    """
    for part, count in (("train", 4), ("val", 2), ("test", 2)):
        for stage in STAGES:
            write_pictures(folder / part / stage, [f"{part}_{stage}_{number}" for number in range(count)])
    return folder


def write_picture_stacks(folder: Path) -> Path:
    """Eight patients, a scan each: stage_1 to stage_4 hold patient_1 and patient_2, counted anew in each stage.

    Every patient has 5 pictures of 12 x 10 pixels, which are one scan of the role "image". The label is `class`
    (stage_1 to stage_4, two patients each). Level: patient. Layout: picture-stacks.
    """
    for stage in range(1, 5):
        for patient in (1, 2):
            write_pictures(folder / f"stage_{stage}" / f"patient_{patient}", [f"slice_{z}" for z in range(8, 13)])
    return folder


def write_named_files(folder: Path) -> Path:
    """Twelve patients, a scan each, side by side: stage_1_patient_1.nii.gz to stage_4_patient_3.nii.gz.

    The patients of each stage are counted anew. The label is `class` (1 to 4, three patients each), ordinal. Role
    "image". Level: patient. Layout: name-pattern, with the pattern stage_{label}_patient_{patient}.
    """
    for number in range(12):
        write_scan(folder / f"stage_{number // 3 + 1}_patient_{number % 3 + 1}.nii.gz", number)
    return folder


def write_several_sources(folder: Path) -> tuple[Path, Path, Path]:
    """Three sources of pictures to be imported one after another, 22 scans, that call their classes differently.

    `hospital` has folders fractured (4) and normal (4), `download` has Fracture (3) and No_Fracture (3): both are
    class-folders. `archive` has 8 pictures side by side with labels.csv, whose column `class` says broken (4) or
    intact (4): single-files. Mapped to fractured and intact: 11 scans each. Level: image.
    """
    hospital, download, archive = folder / "hospital", folder / "download", folder / "archive"
    for name in ("fractured", "normal"):
        write_pictures(hospital / name, [f"h_{name}_{number}" for number in range(4)])
    for name in ("Fracture", "No_Fracture"):
        write_pictures(download / name, [f"d_{name}_{number}" for number in range(3)])
    letters = "abcdefgh"
    write_pictures(archive, letters)
    rows = [[f"{letter}.png", "broken" if number % 2 else "intact"] for number, letter in enumerate(letters)]
    write_table(archive / "labels.csv", [["file", "class"], *rows])
    return hospital, download, archive


def write_scan(path: Path, seed: int = 0) -> None:
    """A NIfTI file of 6 x 5 x 4 voxels, folders included; each seed gives another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_nifti(path, _noise((6, 5, 4), seed).astype(np.float32))


def write_pictures(folder: Path, names: Sequence[str]) -> None:
    """A picture of 12 x 10 pixels for each name; no two are alike, whatever the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        seed = int.from_bytes(f"{folder.parent.name}/{folder.name}/{name}".encode()[-32:], "little")
        Image.fromarray(_noise((10, 12), seed).astype(np.uint8)).save(folder / f"{name}.png")


def _noise(shape: tuple[int, ...], seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 250, shape)
