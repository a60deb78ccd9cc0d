"""Heads that were read are read again only when their file changed."""

from pathlib import Path

import numpy as np
import pytest

from engine.errors import ReadError
from engine.imaging.dicom.remembered import Heads, Stacks
from engine.imaging.dicom.stacking import stacks_of
from tests.helpers.dicom_files import write_series


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return write_series(tmp_path, np.zeros((3, 4, 4), np.int16), np.eye(4))


def test_an_unchanged_file_is_read_once(files: list[Path]) -> None:
    heads = Heads()
    assert heads.of(files[0]) is heads.of(files[0])


def test_a_file_that_changed_is_read_again(files: list[Path]) -> None:
    heads = Heads()
    before = heads.of(files[0])[0].position
    files[0].write_bytes(files[1].read_bytes() + b"\0\0")
    assert heads.of(files[0])[0].position != before


def test_a_file_that_went_is_not_remembered(files: list[Path]) -> None:
    heads = Heads()
    heads.of(files[0])
    files[0].unlink()
    with pytest.raises(ReadError):
        heads.of(files[0])


def test_the_longest_unused_is_forgotten(files: list[Path]) -> None:
    heads = Heads(most=2)
    first, second = heads.of(files[0]), heads.of(files[1])
    heads.of(files[0])
    heads.of(files[2])
    assert heads.of(files[0]) is first
    assert heads.of(files[1]) is not second


def test_a_scan_is_put_together_once_for_the_same_heads(files: list[Path]) -> None:
    heads, stacks = Heads(), Stacks()
    pictures = [heads.of(path) for path in files]
    (stack,) = stacks_of([one for held in pictures for one in held])
    stacks.keep(stack, pictures)
    assert stacks.of(stack.header.source, [heads.of(path) for path in files]) is stack
    assert stacks.of(stack.header.source, [Heads().of(path) for path in files]) is None
