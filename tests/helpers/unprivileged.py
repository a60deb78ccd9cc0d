"""Work in a process without the rights of root, whom no permission stops."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_START = """
import os, sys
from pathlib import Path
from engine.cohort import Workspace, import_folder
from engine.errors import IsocenterError
from engine.filelock import FileLock
from engine.files import write_text
from engine.imaging.reader import readers
from engine.cohort.intake.layout import layouts
from engine.runs import RunFolder
from engine.imaging import discover
# Afterwards the libraries may be out of reach.
warm = [discover([Path(sys.executable)]), list(readers), list(layouts), b"x".decode("utf-8-sig")]
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
folder = Path(sys.argv[1])
try:
    exec(sys.argv[2])
except IsocenterError as failure:
    print(f"{type(failure).__name__}: {failure.what}")
"""


@contextmanager
def public_folder() -> Iterator[Path]:
    """A folder that everybody may look into; pytest's own are private."""
    folder = Path(tempfile.mkdtemp(prefix="isocenter-public-")).resolve()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def without_rights(folder: Path, work: str) -> str:
    """What `work` prints, or how it fails, where `folder` is one that belongs to somebody else."""
    if os.getuid() != 0:
        folder.chmod(0o555)
    told = [sys.executable, "-c", _START, str(folder), work]
    done = subprocess.run(told, capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
