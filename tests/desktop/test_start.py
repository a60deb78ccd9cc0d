"""What holds before and at the first paint, in a process of its own."""

import os
import subprocess
import sys

HEAVY = ("torch", "monai", "umap", "sklearn", "numpy", "pyqtgraph", "pydantic", "matplotlib", "scipy", "nibabel")
SPY = f"""
import sys, desktop.app
status = desktop.app.main([])
print("heavy:", sorted(set({HEAVY!r}) & set(sys.modules)))
raise SystemExit(status)
"""
COMPILING = """
import threading
from engine.pictures import sampling
sampling.make_ready = threading.Event().wait
sampling.begin_readiness()
import desktop.app
raise SystemExit(desktop.app.main([]))
"""


def start(command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ISOCENTER_FIRST_PAINT": "1"}
    return subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, timeout=60, check=True
    )


def test_the_first_paint_is_announced_and_then_the_window_closes() -> None:
    assert start(["-m", "desktop"]).stdout.splitlines() == ["first-paint"]


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    assert "heavy: []" in start(["-c", SPY]).stdout.splitlines()


def test_the_process_ends_with_its_window_while_machine_code_is_made() -> None:
    assert start(["-c", COMPILING]).stdout.splitlines() == ["first-paint"]
