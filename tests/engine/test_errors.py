"""Errors are for the person who reads them, also after they crossed a process."""

import pickle  # what multiprocessing and Ray do with an exception
from pathlib import Path

import pytest

from engine import errors
from engine.errors import Cancelled, Interrupted, IsocenterError, ReadError

FAMILY = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, IsocenterError)]


def test_an_error_names_the_file_in_one_line() -> None:
    assert (
        str(ReadError("the file is empty", path=Path("scans/T1.nii"))) == f"{Path('scans/T1.nii')}: the file is empty"
    )


def test_an_error_is_one_line_whatever_it_quotes() -> None:
    assert str(ReadError("'a\nb' is no number")) == "'a b' is no number"


def test_json_holds_what_happened_and_what_to_do() -> None:
    assert ReadError("no", hint="Do this.").as_json() == {"error": "no", "hint": "Do this."}


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: kind.__name__)
def test_an_error_survives_the_way_between_processes(kind: type[IsocenterError]) -> None:
    error = kind("it broke", hint="Mend it.", path="a/b")
    back = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(back), str(back), back.hint, back.path) == (kind, str(error), "Mend it.", Path("a/b"))


def test_a_stop_that_was_asked_for_is_no_failure() -> None:
    assert not issubclass(Cancelled, IsocenterError)


def test_an_interrupt_is_a_kind_of_cancel() -> None:
    assert issubclass(Interrupted, Cancelled)
