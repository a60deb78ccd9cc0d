"""Files of a DICOM series as copies that do not say who the patient is; the source is only read."""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.control import Control
from engine.errors import IsocenterError, ReadError, StorageError
from engine.files import storage_errors, write_atomically
from engine.imaging.deidentify.cleaner import Cleaner
from engine.imaging.deidentify.names import names_in
from engine.imaging.deidentify.options import BASIC_PROFILE, Options
from engine.imaging.deidentify.pixel_bytes import names_among, without_excess
from engine.imaging.deidentify.reading import quietly, read_picture
from engine.imaging.deidentify.replacements import Replacements
from engine.imaging.deidentify.report import Refusal, Report
from engine.imaging.deidentify.saving import declare, save
from engine.imaging.deidentify.suspicion import suspicion, unfit
from engine.imaging.header import Identity
from engine.imaging.pseudonyms import one_person

_PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def export_deidentified(
    files: Sequence[Path],
    folder: Path,
    *,
    pseudonym: str,
    keep: Options = BASIC_PROFILE,
    salt: bytes | None = None,
    progress: Callable[[int, int], None] | None = None,
    control: Control | None = None,
) -> Report:
    """Copy the DICOM files of one patient to `folder`/`pseudonym`, a new folder, by the basic profile.

    Pixels stay as they are; private elements, texts that are not known to speak of technique alone, graphics and all
    that the profile names go; UIDs are replaced, the same for the same. `salt` is the secret behind the new UIDs and
    dates: by default one that is forgotten; given, exports made apart fit together. Files that cannot be cleaned, are
    no pictures, belong to another patient than the first, or may show a name in their pixels are refused. Raises
    StorageError where nothing may be written there, and Cancelled; complete files stay.
    """
    control, progress = control or Control(), progress or (lambda done, total: None)
    export = _Export(_place(files, folder, pseudonym), pseudonym, keep, salt or secrets.token_bytes(32))
    for done, path in enumerate(files, start=1):
        control.check()
        export.take(path)
        progress(done, len(files))
    return Report(tuple(export.written), tuple(export.refused))


@dataclass
class _Export:
    folder: Path
    pseudonym: str
    keep: Options
    salt: bytes
    written: list[Path] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    _patient: Identity | None = None
    _series: dict[str, int] = field(default_factory=dict)

    def take(self, path: Path) -> None:
        """Write the copy of a file, or note why not."""
        try:
            with quietly():
                dataset = read_picture(path)
                self._refuse(path, dataset)
                self.written.append(self._write(dataset))
        except ReadError as failure:
            self.refused.append(Refusal(path, failure.what, failure.hint))

    def _refuse(self, path: Path, dataset: Any) -> None:
        doubtful = unfit(dataset) or (None if self.keep.suspicious else suspicion(dataset))
        if doubtful is not None:
            raise ReadError(doubtful[0], path=path, hint=doubtful[1])
        patient = _identity(dataset)
        self._patient = patient if self._patient is None else self._patient
        if not one_person(patient, self._patient):
            raise ReadError("it is of another patient than the first file", path=path, hint="Export each on its own.")

    def _write(self, dataset: Any) -> Path:
        new, names = Replacements(self.salt, self._said()), names_in(dataset)
        if names_among(dataset, names):
            hint = "Decompress it first: then there is room for pixels only."
            raise ReadError("a name stands between its compressed pixels", hint=hint)
        without_excess(dataset)
        made = Cleaner(self.keep, new, names).cleaned(dataset)
        if not made.get("SOPInstanceUID"):
            made.SOPInstanceUID = new.uid(f"file {len(self.written)}")
        declare(made, self.pseudonym, self.keep)
        series = self._series.setdefault(made.get("SeriesInstanceUID", ""), len(self._series) + 1)
        target = self.folder / f"series-{series:03d}" / f"{len(self.written) + 1:06d}.dcm"
        syntax = dataset.file_meta.TransferSyntaxUID
        write_atomically(target, lambda stream: save(made, syntax, stream))
        return target

    def _said(self) -> str:
        return "" if self._patient is None else self._patient.id or self._patient.name


def _identity(dataset: Any) -> Identity:
    said = (str(dataset.get(keyword) or "").strip() for keyword in ("PatientID", "PatientName", "PatientBirthDate"))
    return Identity(*said)


def _place(files: Sequence[Path], folder: Path, pseudonym: str) -> Path:
    if not _PSEUDONYM.fullmatch(pseudonym):
        hint = "Use letters, digits, - and _."
        raise IsocenterError("the pseudonym cannot be used as a name of a folder", hint=hint)
    place = folder / pseudonym
    with storage_errors(place):
        if any(file.resolve().is_relative_to(folder.resolve()) for file in files):
            hint = "Choose a folder beside them, so that copies and sources are never mistaken for each other."
            raise StorageError("the sources lie in this folder", path=folder, hint=hint)
        if place.exists() and any(place.iterdir()):
            hint = "Choose a new folder: other copies are never written over."
            raise StorageError("the folder is not empty", path=place, hint=hint)
    return place
