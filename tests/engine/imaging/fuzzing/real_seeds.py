"""Small files that scanners and other programs wrote, where the sample scans are beside the checkout."""

from collections.abc import Callable
from pathlib import Path

from tests.engine.imaging.fuzzing.seeds import Files

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "data"
_LARGEST = 40_000


def _small_files(*patterns: str) -> list[Files]:
    found = sorted(path for pattern in patterns for path in SAMPLES.glob(pattern) if path.is_file())
    return [{path.name: path.read_bytes()} for path in found if path.stat().st_size <= _LARGEST]


def dicom() -> list[Files]:
    return _small_files("pydicom_bundled/test_files/*.dcm", "pydicom_data/**/*.dcm", "dcm_qa_enh/In/**/*.dcm")


def others() -> list[Files]:
    return _small_files("nibabel_tests/images/*", "mednist_sample/*/*0000*.jpeg")


REAL: dict[str, Callable[[], list[Files]]] = {"real-dicom": dicom, "real-others": others}
