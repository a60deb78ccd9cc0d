"""Guarded tasks that behave as broken decoders do."""

import os
import time
from pathlib import Path

import numpy as np

from engine.imaging.guard import Answer, task


@task
def doubled(path: Path, *, size: int) -> Answer:
    """A task that works."""
    return {"process": os.getpid(), "name": path.name}, [np.arange(size), np.ones((0, 3), "f4")]


@task
def crash(path: Path) -> Answer:
    os._exit(3)


@task
def hang(path: Path) -> Answer:
    while True:
        time.sleep(1)


@task
def gorge(path: Path) -> Answer:
    return {}, [np.ones(1 << 32, np.uint8)]


@task
def stumble(path: Path) -> Answer:
    raise ValueError("it has no end")


@task
def chatter(path: Path) -> Answer:
    os.write(1, b"said on stdout")
    os.write(2, b"said on stderr")
    return {}, []


def unregistered(path: Path) -> Answer:
    return {}, []
