"""What may be asked of a guarded process: functions that were registered for it, and nothing else."""

import importlib
from collections.abc import Callable, Sequence
from typing import Any

from engine.errors import RegistryError
from engine.imaging.volume import Array

Answer = tuple[dict[str, Any], Sequence[Array]]
Task = Callable[..., Answer]

_tasks: dict[str, Task] = {}


def task(function: Task) -> Task:
    """Allow a module's function as a task: `function(path, **arguments)`, its arguments and head plain JSON."""
    _tasks[name_of(function)] = function
    return function


def name_of(function: Task) -> str:
    """`module:function`."""
    return f"{function.__module__}:{function.__qualname__}"


def task_named(name: str) -> Task:
    """The function that was registered under `module:function`, its module imported where it has to be."""
    if name not in _tasks:
        importlib.import_module(name.partition(":")[0])
    if name not in _tasks:
        raise RegistryError(f"{name} is no guarded task", hint="Mark it with engine.imaging.guard.task.")
    return _tasks[name]
