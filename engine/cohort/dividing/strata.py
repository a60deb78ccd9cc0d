"""Who is alike: patients in a line, such that those of one class and one stratum stand beside each other."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from engine.cohort.columns import is_number
from engine.cohort.dividing.subjects import Subjects

Indices = npt.NDArray[np.intp]

QUARTERS = (0.25, 0.5, 0.75)
_FEW = 6


def line_of(subjects: Subjects, by: Sequence[str], generator: np.random.Generator) -> list[str]:
    """All patients by class (of all targets), then by covariates; chance decides within equals.

    What is cut from the line at even distances has every class, and every stratum within it, at its share, rounded up
    or down: they are runs of the line. A rare combination of classes stands beside its neighbours in the first target.
    The order of the classes is random too, so that even classes of one patient each are divided anew every time.
    """
    patients = subjects.patients
    keys = [numbered(classes[key] for key in patients) for classes in subjects.targets.values()]
    keys += [binned(list(subjects.column(column).values())) for column in by]
    ranks = [generator.permutation(int(key.max(initial=0)) + 1)[key] for key in keys]
    order = np.lexsort((generator.permutation(len(patients)), *reversed(ranks)))
    return [patients[place] for place in order]


def numbered(values: Iterable[str]) -> Indices:
    """A number for each different value, in their sorted order."""
    told = list(values)
    names = {name: number for number, name in enumerate(sorted(set(told)))}
    return np.array([names[value] for value in told], dtype=np.intp)


def binned(values: Sequence[str]) -> Indices:
    """A stratum each: numbers by quarters of all, other values as they are, those without one by themselves."""
    present = sorted({value for value in values if value})
    if len(present) <= _FEW or not all(map(is_number, present)):
        return numbered(values)
    told = np.array([bool(value) for value in values])
    numbers = np.array([float(value or 0) for value in values])
    edges = np.quantile(numbers[told], QUARTERS)
    return np.where(told, np.searchsorted(edges, numbers, side="left") + 1, 0).astype(np.intp)
