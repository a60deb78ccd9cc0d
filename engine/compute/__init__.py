"""Where work runs: in this thread, in a background thread, in a worker process; and on which device."""

from engine.compute.execute import execute
from engine.compute.handle import RunHandle, start_run

__all__ = ["RunHandle", "execute", "start_run"]
