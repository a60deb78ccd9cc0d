"""Signatures on disk: one `.npz` in the workspace, by the stamp of the scan's files; where it is damaged, anew."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

import numpy as np
from numpy.lib.format import write_array, write_array_header_1_0

from engine.audit.signature import Signature
from engine.audit.thumbnail import PATCH, SIDE
from engine.errors import StorageError
from engine.files import write_atomically

_FILE, _VERSION = "signatures.npz", 2
_NAMES = tuple(each.name for each in fields(Signature))
_PICTURES = {"thumb": SIDE, "patch": PATCH}


def kept(folder: Path) -> dict[str, Signature]:
    """The signatures kept in a folder, by stamp; none where the file is missing, older or damaged."""
    try:
        with (folder / _FILE).open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            if int(stored["version"]) != _VERSION:
                return {}
            columns = {name: stored[name] for name in _NAMES}
            return {str(stamp): _row(columns, index) for index, stamp in enumerate(stored["stamp"])}
    except Exception:  # numpy and zipfile meet damaged bytes with every kind of exception
        return {}


def keep(folder: Path, signatures: Mapping[str, Signature]) -> None:
    """Write them all; a disk that refuses only costs time at the next audit."""
    rows = list(signatures.values())
    short = {name: np.array([getattr(each, name) for each in rows]) for name in _NAMES if name not in _PICTURES}
    short["cells"] = short["cells"].astype(np.uint64)
    short |= {"version": np.array(_VERSION), "stamp": np.array(list(signatures))}
    try:
        write_atomically(folder / _FILE, lambda stream: _write(stream, short, rows))
    except StorageError:
        return


def _write(stream: BinaryIO, short: Mapping[str, np.ndarray], rows: Sequence[Signature]) -> None:
    """As `numpy.savez` does, but for the pictures some at a time: there may be a gigabyte of them."""
    with ZipFile(stream, "w", allowZip64=True) as archive:
        for name, column in short.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                write_array(entry, column, allow_pickle=False)
        for name, side in _PICTURES.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                shape = (len(rows), side, side)
                write_array_header_1_0(entry, {"descr": "|u1", "fortran_order": False, "shape": shape})
                for each in rows:
                    entry.write(np.ascontiguousarray(getattr(each, name)).data)


def _row(columns: Mapping[str, np.ndarray], index: int) -> Signature:
    plain = {name: column[index].item() for name, column in columns.items() if column.ndim == 1}
    x, y, z = columns["spacing"][index].tolist()
    thumb, patch = columns["thumb"][index], columns["patch"][index]
    return Signature(thumb=thumb, patch=patch, spacing=(x, y, z), **plain)
