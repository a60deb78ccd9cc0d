"""What a cohort's rows hold, counted so that one more or one less is a matter of that one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from desktop.cohort_rows import NO_LABEL, HeadCount, PatientRow, of_class
from desktop.cohort_search import states_of

if TYPE_CHECKING:
    from engine.cohort.columns import Column

Fact = tuple[str, ...]


class Tally:
    """Patients, scans and patients that take part in nothing, by fact: ("label", column, class), ("role", name), ..."""

    def __init__(self, rows: Iterable[PatientRow] = ()) -> None:
        self.patients, self.scans, self.idle = Counter[Fact](), Counter[Fact](), Counter[Fact]()
        self.all = Counter[str]()
        for row in rows:
            self.count(row)

    def changed(self, gone: Iterable[PatientRow], come: Iterable[PatientRow]) -> "Tally":
        """The tally with rows taken away and others added."""
        made = Tally()
        made.patients, made.scans, made.idle = self.patients.copy(), self.scans.copy(), self.idle.copy()
        made.all = self.all.copy()
        for row in gone:
            made.count(row, -1)
        for row in come:
            made.count(row)
        return made

    def count(self, row: PatientRow, by: int = 1) -> None:
        """Count a row in, or out again."""
        patients = self.patients
        for fact in _facts(row):
            patients[fact] += by
            if fact[0] == "label":
                self.scans[fact] += by * (row.scans if not row.several else of_class(row, fact[1], fact[2]))
                if row.excluded:
                    self.idle[fact] += by
        self.all["patients"] += by
        self.all["scans"] += by * row.scans
        self.all["idle"] += by * bool(row.excluded)

    def told(self, *beginning: str) -> Counter[str]:
        """How many patients have each last word of the facts that begin so."""
        many = len(beginning)
        return Counter({f[many]: n for f, n in self.patients.items() if n > 0 and f[:many] == beginning})

    def names(self, kind: str) -> list[str]:
        """The columns that somebody has something in."""
        return sorted({fact[1] for fact, number in self.patients.items() if number > 0 and fact[0] == kind})

    def head_counts(self, column: "Column") -> tuple[HeadCount, ...]:
        """Patients and scans per class, the unlabelled last."""
        told = self.told("label", column.name)
        named = column.ordered([name for name in told if name != NO_LABEL])
        counts = [self._head_count(column.name, name) for name in named]
        rest = self._rest(column.name)
        return (*counts, *((rest,) if rest.patients else ()))

    def _head_count(self, column: str, name: str) -> HeadCount:
        fact = ("label", column, name)
        return HeadCount(name, self.patients[fact], self.scans[fact], self.idle[fact])

    def _rest(self, column: str) -> HeadCount:
        """Those without a label: nobody counted them, except among patients whose scans differ."""
        some, fact = self._head_count(column, NO_LABEL), ("has", column)
        patients = self.all["patients"] - self.patients[fact] + some.patients
        labelled = sum(n for f, n in self.scans.items() if f[:2] == ("label", column) and f[2] != NO_LABEL)
        idle = self.all["idle"] - self.idle_of(column) + some.idle
        return HeadCount(NO_LABEL, patients, self.all["scans"] - labelled, idle)

    def idle_of(self, column: str) -> int:
        """How many that take part in nothing have something in a label column."""
        return self.patients[("idle", column)]


def _facts(row: PatientRow) -> Iterator[Fact]:
    for name, value in row.labels.items():
        yield ("has", name)
        yield ("label", name, value)
    for name, values in row.several.items():
        yield ("has", name)
        for value in values:
            yield ("label", name, value)
    if row.excluded:
        for name in (*row.labels, *row.several):
            yield ("idle", name)
    yield from _other_facts(row)


def _other_facts(row: PatientRow) -> Iterator[Fact]:
    for name, value in row.covariates.items():
        yield ("covariate", name, value)
    for kind, words in (("role", row.roles), ("visit", row.visits), ("source", row.origins), ("out", row.out)):
        for word in words:
            yield (kind, word)
    for state in states_of(row):
        yield ("state", state)
