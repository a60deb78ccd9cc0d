"""Files of a DICOM series as copies that do not say who the patient is; the source is only read."""

import re
import secrets
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine import __version__
from engine.control import Control
from engine.errors import IsocenterError, ReadError, StorageError
from engine.files import storage_errors, write_atomically
from engine.imaging.deidentify.cleaner import Cleaner
from engine.imaging.deidentify.names import names_in
from engine.imaging.deidentify.options import BASIC_PROFILE, Options
from engine.imaging.deidentify.replacements import Replacements
from engine.imaging.deidentify.suspicion import suspicion, unfit

_PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_PIXELS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")
_STANDARD = "1.2.840.10008."


@dataclass(frozen=True)
class Refusal:
    """A file of which no copy was made, and why."""

    path: Path
    reason: str
    hint: str = ""

    def as_json(self) -> dict[str, str]:
        """In the form that other programs may rely on."""
        return {"path": str(self.path), "error": self.reason, "hint": self.hint}


@dataclass(frozen=True)
class Report:
    """What became of the files."""

    written: tuple[Path, ...] = ()
    refused: tuple[Refusal, ...] = ()


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
    _patient: str | None = None
    _series: dict[str, int] = field(default_factory=dict)

    def take(self, path: Path) -> None:
        """Write the copy of a file, or note why not."""
        try:
            with _quietly():
                dataset = _read(path)
                self._refuse(path, dataset)
                self.written.append(self._write(dataset))
        except ReadError as failure:
            self.refused.append(Refusal(path, failure.what, failure.hint))

    def _refuse(self, path: Path, dataset: Any) -> None:
        doubtful = unfit(dataset) or (None if self.keep.suspicious else suspicion(dataset))
        if doubtful is not None:
            raise ReadError(doubtful[0], path=path, hint=doubtful[1])
        patient = f"{dataset.get('PatientID', '')} {dataset.get('PatientName', '')}"
        self._patient = self._patient or patient
        if patient != self._patient:
            raise ReadError("it is of another patient than the first file", path=path, hint="Export each on its own.")

    def _write(self, dataset: Any) -> Path:
        cleaner = Cleaner(self.keep, Replacements(self.salt, self._patient or ""), names_in(dataset))
        made = cleaner.cleaned(dataset)
        _declare(made, self.pseudonym, self.keep)
        series = self._series.setdefault(made.get("SeriesInstanceUID", ""), len(self._series) + 1)
        target = self.folder / f"series-{series:03d}" / f"{len(self.written) + 1:06d}.dcm"
        syntax = dataset.file_meta.TransferSyntaxUID
        write_atomically(target, lambda stream: _save(made, syntax, stream))
        return target


def _place(files: Sequence[Path], folder: Path, pseudonym: str) -> Path:
    if not _PSEUDONYM.fullmatch(pseudonym):
        hint = "Use letters, digits, - and _."
        raise IsocenterError("the pseudonym cannot be used as a name of a folder", hint=hint)
    place = folder / pseudonym
    with storage_errors(place):
        here = place.resolve()
        if any(here == file.resolve().parent for file in files) or (place.exists() and any(place.iterdir())):
            hint = "Choose a new folder; the sources and other copies are never written over."
            raise StorageError("the folder is not empty", path=place, hint=hint)
    return place


@contextmanager
def _quietly() -> Iterator[None]:
    """Without pydicom's warnings, which cite values; and any exception as a ReadError that cites none."""
    from pydicom import config

    try:
        with warnings.catch_warnings(), config.disable_value_validation():
            warnings.simplefilter("ignore")
            yield
    except (IsocenterError, OSError, MemoryError):
        raise
    except Exception as failure:
        hint = "Copy it again from where it came."
        raise ReadError("its elements cannot be read in full", hint=hint) from failure


def _read(path: Path) -> Any:
    import pydicom

    try:
        dataset = pydicom.dcmread(path, force=True)
    except OSError as failure:
        raise ReadError(f"cannot be read: {failure.strerror or 'it cannot be opened'}", path=path) from failure
    if not str(dataset.get("SOPClassUID", "")).startswith(_STANDARD):
        raise ReadError("it is no DICOM file of a kind that is known", path=path, hint="It is left out.")
    if not any(keyword in dataset for keyword in _PIXELS):
        hint = "Reports and plans are left out: their text may tell who the patient is."
        raise ReadError("it holds no picture", path=path, hint=hint)
    if "TransferSyntaxUID" not in dataset.file_meta:
        dataset.file_meta.TransferSyntaxUID = _syntax(dataset)
    return dataset


def _syntax(dataset: Any) -> Any:
    from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

    implicit, little = dataset.original_encoding
    if implicit:
        return ImplicitVRLittleEndian
    return ExplicitVRLittleEndian if little else ExplicitVRBigEndian


def _declare(made: Any, pseudonym: str, keep: Options) -> None:
    """Say whose it is called now, and by which rules it was cleaned."""
    from pydicom.dataset import Dataset

    made.PatientID = made.PatientName = pseudonym
    made.PatientIdentityRemoved = "YES"
    made.DeidentificationMethod = f"Isocenter {__version__}, DICOM PS3.15 E"
    made.LongitudinalTemporalInformationModified = "MODIFIED" if keep.dates == "shifted" else "REMOVED"
    made.DeidentificationMethodCodeSequence = []
    for value, meaning in keep.codes:
        code = Dataset()
        code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, "DCM", meaning
        made.DeidentificationMethodCodeSequence.append(code)


def _save(made: Any, syntax: Any, stream: Any) -> None:
    from pydicom.dataset import FileMetaDataset

    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = made.SOPClassUID, made.SOPInstanceUID
    meta.TransferSyntaxUID = syntax
    made.file_meta = meta
    made.preamble = bytes(128)
    if syntax.is_encapsulated:
        made["PixelData"].is_undefined_length = True
    made.save_as(stream, enforce_file_format=True)
