"""Labels that lie in an array, one or several for each sample: codes, words, one of many, or a yes and no for each."""

from collections.abc import Sequence

import numpy as np

from engine.imaging.volume import Array

_MOST_CLASSES = 100


def labels_of(array: Array, name: str, class_names: Sequence[str] = ()) -> dict[str, list[str]]:
    """The labels of each sample by column; nothing where the values are no classes, such as fractions.

    `class_names` are what codes from 0 on stand for.
    """
    flat = array.reshape(len(array), -1)
    if flat.shape[1] == 1:
        words = _words(flat[:, 0], class_names)
        return {name: words} if words else {}
    if flat.dtype.kind not in "buif" or not np.isin(flat, (0, 1)).all():
        return {}
    if (flat.sum(axis=1) == 1).all():
        return {name: _words(flat.argmax(axis=1), class_names)}
    columns = class_names if len(class_names) == flat.shape[1] else [f"{name} {n}" for n in range(1, flat.shape[1] + 1)]
    return {column: _words(flat[:, n], ()) for n, column in enumerate(columns)}


def names_in(array: Array) -> list[str]:
    """Words, such as names of classes or patients; numbers without a fraction as they are."""
    flat = array.reshape(-1)
    if flat.dtype.kind == "S":
        return [word.decode("utf-8", "replace").strip() for word in flat.tolist()]
    if flat.dtype.kind == "f" and np.isfinite(flat).all() and (flat == np.floor(flat)).all():
        flat = flat.astype(np.int64)
    return [str(word).strip() for word in flat.tolist()]


def _words(codes: Array, class_names: Sequence[str]) -> list[str]:
    """The label of each sample; none where there are as many values as no target has, or fractions."""
    if codes.dtype.kind == "f" and not (np.isfinite(codes).all() and (codes == np.floor(codes)).all()):
        return []
    words = names_in(codes.astype(np.int64) if codes.dtype.kind in "bf" else codes)
    if len(set(words)) > min(_MOST_CLASSES, max(2, len(words) // 2)):
        return []
    if class_names and codes.dtype.kind in "buif" and codes.min() >= 0 and codes.max() < len(class_names):
        return [class_names[int(code)] for code in codes]
    return words
