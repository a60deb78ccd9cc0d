"""Prepared tensors on disk: memory-mapped, named by what went in, so that nothing stale is ever used."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from engine.files import write_atomically, write_text
from engine.imaging import FrameAxis, Volume
from engine.imaging.volume import Array, Facts


class Cache:
    """A folder of `.npy` with a side-car each; a file is either complete or not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def name(self, scan_digest: str, pipeline_digest: str) -> str:
        """The name of a scan's content after a pipeline's plain steps."""
        return hashlib.sha256(f"{scan_digest}:{pipeline_digest}".encode()).hexdigest()[:32]

    def get(self, name: str) -> Volume | None:
        """The tensor of that name, its array memory-mapped; None where it is missing or damaged."""
        try:
            facts = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
            array = _mapped(self.folder / f"{name}.npy", facts["shape"])
            axis = FrameAxis(facts["frame_axis"], tuple(facts["frame_values"]))
            return Volume(array, np.array(facts["affine"], np.float64), axis, Facts("prepared"))
        except Exception:  # numpy meets damaged bytes with every kind of exception
            return None

    def put(self, name: str, volume: Volume) -> None:
        """Keep a tensor: first the array, then the side-car that makes it valid."""
        write_atomically(self.folder / f"{name}.npy", lambda s: np.save(s, volume.array, allow_pickle=False))
        facts = {
            "shape": list(volume.array.shape),
            "affine": volume.affine.tolist(),
            "frame_axis": volume.frame_axis.kind,
            "frame_values": list(volume.frame_axis.values),
        }
        write_text(self.folder / f"{name}.json", json.dumps(facts))


def _mapped(path: Path, shape: list[int]) -> Array:
    """The array in a file; ValueError where its head does not speak of just this file."""
    array: np.memmap[Any, np.dtype[Any]] = np.load(path, mmap_mode="r", allow_pickle=False)
    told = (list(array.shape), array.dtype.str, array.offset + array.nbytes)
    if told != (shape, np.dtype(np.float32).str, path.stat().st_size):
        raise ValueError("the head of the file is damaged")
    return array
