"""The `isocenter` command: a thin face over the engine."""

from engine.cli.main import main

__all__ = ["main"]
