"""What a protocol is told of the patients it divides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from engine.cohort.cohort import Cohort, Level, Patient
from engine.cohort.dividing.part_names import Part, folder_part
from engine.cohort.dividing.pseudonyms import is_outside
from engine.errors import CohortError
from engine.registry import suggestion


@dataclass(frozen=True)
class Subjects:
    """`targets` has the class of each patient by label column; all targets have the same patients.

    `told` are further columns, `people` the patients themselves, where there are any. `outside` came from another
    workspace. `home` is the workspace's folder. Patients of the test vault are not among them.
    """

    targets: Mapping[str, Mapping[str, str]]
    told: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    people: Mapping[str, Patient] = field(default_factory=dict, repr=False)
    outside: frozenset[str] = frozenset()
    level: Level = "patient"
    likely: bool = False
    home: Path | None = None

    @classmethod
    def of(
        cls, cohort: Cohort, columns: Sequence[str], home: Path | None = None, among: Iterable[str] | None = None
    ) -> "Subjects":
        """The patients of a cohort that have a label in every column (and are `among` some), without the vault's."""
        wanted = None if among is None else set(among)
        people = {
            patient.key: patient
            for patient in cohort.patients
            if patient.key not in cohort.vault and (wanted is None or patient.key in wanted)
        }
        targets = {name: {key: one.label(name) for key, one in people.items()} for name in columns}
        able = [key for key in people if all(classes[key] for classes in targets.values())]
        return cls(
            {name: {key: classes[key] for key in able} for name, classes in targets.items()},
            people={key: people[key] for key in able},
            outside=frozenset(filter(is_outside, able)),
            level=cohort.level,
            likely=cohort.likely_patients,
            home=home,
        )

    @cached_property
    def patients(self) -> tuple[str, ...]:
        """All pseudonyms, sorted: no protocol depends on the order they came in."""
        return tuple(sorted(next(iter(self.targets.values()), {})))

    @cached_property
    def joined(self) -> dict[str, tuple[str, ...]]:
        """The classes of each patient, of all targets at once."""
        return {key: tuple(classes[key] for classes in self.targets.values()) for key in self.patients}

    def only(self, patients: Iterable[str]) -> "Subjects":
        """Some of them."""
        kept = set(patients)
        targets = {
            name: {key: value for key, value in classes.items() if key in kept}
            for name, classes in self.targets.items()
        }
        return replace(self, targets=targets)

    def column(self, name: str) -> dict[str, str]:
        """A covariate or label of each patient, empty where it has none; CohortError where nobody has it."""
        if name not in self._read:
            self._read[name] = self._column(name)
        return self._read[name]

    @cached_property
    def _read(self) -> dict[str, dict[str, str]]:
        """Columns that were asked for before."""
        return {}

    def _column(self, name: str) -> dict[str, str]:
        if name in self.told:
            return {key: self.told[name].get(key, "") for key in self.patients}
        values = {key: value_of(self.people[key], name) for key in self.patients if key in self.people}
        if not any(values.values()):
            known = sorted({*self.told, *(column for one in self.people.values() for column in one.covariates)})
            raise CohortError(f"no patient has a column '{name}'", hint=suggestion(name, known))
        return {key: values.get(key, "") for key in self.patients}

    def torn(self, column: str) -> list[str]:
        """Who has scans with different values of a column, or with a value and without, excluded ones apart."""
        return [key for key in self.patients if key in self.people and _is_torn(self.people[key], column)]

    def folder_parts(self) -> dict[str, set[Part]]:
        """The parts that the folders of each patient's scans name, excluded ones apart."""
        return {
            key: {part for scan in self.people[key].scans if not scan.excluded and (part := folder_part(scan.path))}
            for key in self.patients
            if key in self.people
        }


def value_of(patient: Patient, column: str) -> str:
    """A covariate of a patient, or its label; empty where it has none."""
    return patient.covariates.get(column) or patient.label(column)


def _is_torn(patient: Patient, column: str) -> bool:
    if value_of(patient, column):
        return False
    return len({patient.label_of(scan, column) for scan in patient.scans if not scan.excluded}) > 1
