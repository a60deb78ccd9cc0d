"""The command as a user calls it, in this process."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from engine.cli import main


class Answer(NamedTuple):
    """What a call of the command gave."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)


Isocenter = Callable[..., Answer]


@pytest.fixture
def isocenter(capsys: pytest.CaptureFixture[str]) -> Isocenter:
    """`isocenter("cohort", workspace, "--json")`."""

    def call(*words: object) -> Answer:
        status = main([str(word) for word in words])
        told = capsys.readouterr()
        return Answer(status, told.out, told.err)

    return call
