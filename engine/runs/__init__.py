"""A run is a folder: its recipe, its events, its predictions, its figures."""

from engine.runs.event_log import EventLog, read_events
from engine.runs.folder import RunFolder, RunState, list_runs
from engine.runs.prediction import Prediction, read_predictions, write_predictions

__all__ = [
    "EventLog",
    "Prediction",
    "RunFolder",
    "RunState",
    "list_runs",
    "read_events",
    "read_predictions",
    "write_predictions",
]
