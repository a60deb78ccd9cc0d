"""One model's share of the patients."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Fold:
    """Patients by pseudonym; `number` counts from 1 through all repeats, `repeat` says in which of them it is.

    `validation` are watched while the model is trained, `inner` divides `train` again, for searches. Nobody in `test`
    is in any of them; patients may be in no part.
    """

    number: int
    train: tuple[str, ...]
    test: tuple[str, ...]
    validation: tuple[str, ...] = ()
    repeat: int = 1
    inner: tuple["Fold", ...] = ()

    @property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """Who is in which part."""
        return {"train": self.train, "validation": self.validation, "test": self.test}

    def only(self, patients: AbstractSet[str]) -> "Fold":
        """The fold without anybody else, inner folds too."""

        def still(members: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(key for key in members if key in patients)

        inner = tuple(one.only(patients) for one in self.inner)
        train, test, validation = map(still, (self.train, self.test, self.validation))
        return replace(self, train=train, test=test, validation=validation, inner=inner)
