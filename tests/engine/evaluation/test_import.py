"""The window imports evaluation, so it has to stay light."""

import subprocess
import sys


def test_importing_evaluation_imports_nothing_heavy() -> None:
    code = (
        "import sys, engine.evaluation; from engine.evaluation.baseline import baselines; baselines.keys(); "
        "print([m for m in ('sklearn', 'scipy', 'torch', 'matplotlib', 'PySide6') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
