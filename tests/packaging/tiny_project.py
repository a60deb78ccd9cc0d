"""A checkout with the real bootstrap around a project that installs in seconds, without a network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

PROJECT = """
[build-system]
requires = []
build-backend = "tiny_backend"
backend-path = ["."]

[project]
name = "isocenter"
version = "0.1.0"
"""

BACKEND = """
import pathlib, zipfile

FACTS = "isocenter-0.1.0.dist-info"

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "isocenter-0.1.0-py3-none-any.whl"
    files = {
        "isocenter.pth": str(pathlib.Path.cwd()),
        f"{FACTS}/METADATA": "Metadata-Version: 2.1\\nName: isocenter\\nVersion: 0.1.0\\n",
        f"{FACTS}/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    files[f"{FACTS}/RECORD"] = "".join(f"{path},,\\n" for path in [*files, f"{FACTS}/RECORD"])
    with zipfile.ZipFile(pathlib.Path(wheel_directory) / name, "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
    return name

build_wheel = build_editable
"""

COMMAND_LINE = """
import json, os, sys
folder = sys.argv[sys.argv.index("--to") + 1]
if os.environ.get("TINY_DEMO_FAILS"):
    print(json.dumps({"error": "The recipe is not there.", "hint": "See isocenter recipes."}))
    sys.exit(1)
os.makedirs(folder)
print("fold 1 of 6", file=sys.stderr)
print(json.dumps({"workspace": folder, "run": os.path.join(folder, "runs", "1"), "level": "patient"}))
"""

WINDOW = """
import sys
print("window", *sys.argv[1:])
"""


def make_checkout(root: Path) -> Path:
    """A fresh clone, so to say: the bootstrap, its constraints, and the tiny project."""
    shutil.copytree(REPOSITORY / "packaging", root / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "packaging" / "constraints.txt").write_text("")
    files = {
        "pyproject.toml": PROJECT,
        "tiny_backend.py": BACKEND,
        "engine/__init__.py": "",
        "engine/cli.py": COMMAND_LINE,
        "desktop/__init__.py": "",
        "desktop/__main__.py": WINDOW,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    return root


def bootstrap(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python packaging/bootstrap.py ARGUMENTS` on a machine without a screen; stdout and stderr are kept."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        [sys.executable, checkout / "packaging" / "bootstrap.py", *arguments],
        capture_output=True,
        text=True,
        env=kept | {"PIP_NO_INDEX": "1"} | environment,
        cwd=checkout.parent,
        timeout=120,
    )
