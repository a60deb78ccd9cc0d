"""Maps as NIfTI files that say their unit, in the name and in the side-car."""

import json
from pathlib import Path
from typing import Any

from engine.files import storage_errors, write_text
from engine.imaging.sidecar import sidecar_path
from engine.imaging.writer import write_nifti
from engine.maps.maps import Maps, NamedMap


def save_maps(maps: Maps, folder: Path, stem: str) -> list[Path]:
    """Write `<stem>_T2map_ms.nii.gz`, `_R2map_per_s`, `_M0map` and `_T2fit_goodness`, each with its side-car.

    Nothing is written over: where a file of that name is, the stem becomes `<stem>-2` and so on. StorageError where
    the folder may not be written to.
    """
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    paths = _free(maps, folder, stem)
    for one, path in zip(maps, paths, strict=True):
        write_nifti(one.volume, path)
        _tell(maps, one, path)
    return paths


def _free(maps: Maps, folder: Path, stem: str) -> list[Path]:
    number = 1
    while True:
        name = f"{stem}{f'-{number}' if number > 1 else ''}"
        paths = [folder / f"{name}_{one.ending}.nii.gz" for one in maps]
        if not any(taken.exists() for path in paths for taken in (path, sidecar_path(path))):
            return paths
        number += 1


def _tell(maps: Maps, one: NamedMap, path: Path) -> None:
    """Add what a map is to its side-car; NaN means that there was no fit."""
    beside = sidecar_path(path)
    told: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {}
    told |= {
        "Quantity": one.name,
        "Units": one.unit or "arbitrary",
        "Model": maps.model.formula,
        "Noise": maps.noise,
        "BackgroundUpTo": maps.threshold,
    }
    write_text(beside, json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
