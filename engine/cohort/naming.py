"""Words that name a scan: the stem of its file, the role it plays."""

import re
import unicodedata
from pathlib import Path

from engine.imaging import ScanHeader

_LONGEST = 40


def stem_of(path: Path) -> str:
    """The file's name without its ending, `.nii.gz` counting as one."""
    return path.name.removesuffix(".gz").rsplit(".", 1)[0]


def role_by_name(path: Path, patient: str) -> str:
    """The last word of a file's name that is not the patient's; `image` where there is none."""
    elsewhere = rf"(?<![^\W_]){re.escape(patient)}(?![^\W_])"
    words = [word.strip("-. ") for word in re.sub(elsewhere, "", stem_of(path)).split("_")]
    return next((word for word in reversed(words) if word), "image")


def role_by_title(scan: ScanHeader) -> str:
    """The series' description without its number, alike for all patients of one protocol."""
    title = unicodedata.normalize("NFC", re.sub(r"^\d+[\s:._-]+", "", scan.title)).strip()
    return " ".join(title.split())[:_LONGEST].strip() or scan.modality or "image"
