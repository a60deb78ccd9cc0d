"""Many things in a row, through which the work can be stopped by whoever goes through them."""

from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

from engine.control import Control

T = TypeVar("T")
_OFTEN = 512


class Watched(Sequence[T]):
    """The same things; now and then, going through them is a safe point of the control."""

    def __init__(self, things: Sequence[T], control: Control) -> None:
        self._things, self._control = things, control

    def __len__(self) -> int:
        return len(self._things)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._things[index]

    def __iter__(self) -> Iterator[T]:
        for start in range(0, len(self._things), _OFTEN):
            self._control.check()
            yield from self._things[start : start + _OFTEN]
