"""The elements of a data set, one by one, whatever is wrong with some of them."""

from collections.abc import Iterator
from typing import Any


def readable(dataset: Any) -> Iterator[Any]:
    """The elements whose value can be decoded; of the others nothing is known, and nothing may be copied."""
    for tag in sorted(dataset.keys()):
        try:
            element = dataset[tag]
            _ = element.value
        except Exception:
            continue
        yield element


def several(value: Any) -> list[Any]:
    """The values of an element, whether it holds one or many."""
    from pydicom.multival import MultiValue

    return list(value) if isinstance(value, MultiValue | list) else [value]
