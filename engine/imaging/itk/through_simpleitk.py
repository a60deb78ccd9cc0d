"""What SimpleITK says of a file whose header was checked; done in a guarded process, since it may crash."""

import importlib
from pathlib import Path
from typing import Any

import numpy as np

from engine.imaging.guard import Answer, task


@task
def geometry(path: Path, form: str) -> Answer:
    """`spacing`, `origin` and `direction` (row by row), LPS in mm."""
    reader = _reader(path, form)
    reader.ReadImageInformation()
    told = {
        "spacing": list(reader.GetSpacing()),
        "origin": list(reader.GetOrigin()),
        "direction": list(reader.GetDirection()),
    }
    return told, ()


@task
def numbers(path: Path, form: str) -> Answer:
    """All voxels as one array, the slowest axis first and the values of one voxel last."""
    import SimpleITK

    image = _reader(path, form).Execute()
    return {}, (np.array(SimpleITK.GetArrayViewFromImage(image)),)


def _reader(path: Path, form: str) -> Any:
    """One that looks at this file with this format's code only."""
    simpleitk: Any = importlib.import_module("SimpleITK")
    simpleitk.ProcessObject.SetGlobalWarningDisplay(False)
    reader = simpleitk.ImageFileReader()
    reader.SetImageIO(form)
    reader.SetFileName(str(path.resolve()))
    return reader
