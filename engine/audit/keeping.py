"""Signatures on disk: one `.npz` in the workspace, by the stamp of the scan's files; where it is damaged, anew."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import numpy as np

from engine.audit.signature import Signature
from engine.errors import StorageError
from engine.files import write_atomically

_FILE, _VERSION = "signatures.npz", 2
_NAMES = tuple(each.name for each in fields(Signature))


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
    columns = {name: np.array([getattr(each, name) for each in signatures.values()]) for name in _NAMES}
    columns["cells"] = columns["cells"].astype(np.uint64)
    named = {"version": np.array(_VERSION), "stamp": np.array(list(signatures)), **columns}
    try:
        write_atomically(folder / _FILE, lambda stream: np.savez(stream, allow_pickle=False, **named))
    except StorageError:
        return


def _row(columns: Mapping[str, np.ndarray], index: int) -> Signature:
    plain = {name: column[index].item() for name, column in columns.items() if column.ndim == 1}
    x, y, z = columns["spacing"][index].tolist()
    thumb, patch = columns["thumb"][index], columns["patch"][index]
    return Signature(thumb=thumb, patch=patch, spacing=(x, y, z), **plain)
