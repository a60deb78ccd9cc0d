"""What can be read from and written to a workspace's database."""

from collections.abc import Sequence
from getpass import getuser
from pathlib import Path

from engine.cohort.cohort import Cohort, Level, Patient
from engine.cohort.edits.edit import Edit
from engine.cohort.edits.judging import AcceptScans, ExcludeScans
from engine.cohort.measuring import measurements
from engine.cohort.measuring.measurements import Measurement
from engine.cohort.storage import journal
from engine.cohort.storage.adding import add_patient
from engine.cohort.storage.database import Database, fact, put_fact
from engine.cohort.storage.journal import Edited, PastEdit
from engine.cohort.storage.reading import read_cohort, renewed


class Store(Database):
    """Every write is one transaction: all of it happens, or nothing. What people change can be taken back."""

    @property
    def home(self) -> Path:
        """The workspace's folder."""
        return self.path.parent

    def cohort(self) -> Cohort:
        """The whole cohort as it stands."""
        with self.connect() as connection:
            return read_cohort(connection, self.home)

    def renewed(self, cohort: Cohort, edited: Edited) -> Cohort:
        """A cohort that was read before the edit, with what the edit touched read anew; quick, however large it is."""
        with self.connect() as connection:
            return renewed(connection, self.home, cohort, edited.patients)

    def add(self, patients: Sequence[Patient], level: Level) -> Cohort:
        """Add patients under new pseudonyms, or to those of the same source id; scans are known by path."""
        with self.connect() as connection:
            for patient in patients:
                add_patient(connection, patient, self.home)
            if level == "image" or fact(connection, "level") is None:
                put_fact(connection, "level", level)
        return self.cohort()

    def edit(self, *edits: Edit, words: str = "", who: str = "") -> Edited:
        """Carry edits out as one, which `undo` takes back as one; `words` say what it is, `who` made it."""
        with self.connect() as connection:
            number = journal.begin(connection, words or edits[0].words, who or whoever())
            for each in edits:
                each.carry_out(connection, self.home)
            return journal.end(connection, number)

    def undo(self) -> Edited | None:
        """Take the newest edit back; None where there is none."""
        with self.connect() as connection:
            return journal.undo(connection)

    def redo(self) -> Edited | None:
        """Do what was taken back again; None where there is nothing."""
        with self.connect() as connection:
            return journal.redo(connection)

    def steps(self, many: int, *, back: bool) -> list[Edited]:
        """As many edits taken back, or done again, as there are up to that number: all of them or, on failure, none."""
        made = list[Edited]()
        with self.connect() as connection:
            while len(made) < many and (one := (journal.undo if back else journal.redo)(connection)) is not None:
                made.append(one)
        return made

    def history(self) -> list[PastEdit]:
        """All edits, the oldest first; those that were taken back stand at the end."""
        with self.connect() as connection:
            return journal.history(connection)

    def exclude(self, scan: int, reason: str) -> Edited:
        """Keep a scan out of every run, saying why; an empty reason takes it back in."""
        return self.edit(ExcludeScans((scan,), reason))

    def accept(self, scan: int, reason: str) -> Edited:
        """Let a scan take part although its geometry failed, saying why; an empty reason takes that back."""
        return self.edit(AcceptScans((scan,), reason))

    def measurements(self, scan: int | None = None) -> tuple[Measurement, ...]:
        """Those of a scan, or of all, in the order they were made."""
        with self.connect() as connection:
            return measurements.kept(connection, scan)

    def put_measurement(self, measurement: Measurement) -> Measurement:
        """Keep a new one (id 0), or one as it is now; returned with its id. CohortError where its scan has gone."""
        with self.connect() as connection:
            return measurements.put(connection, measurement)

    def drop_measurement(self, number: int) -> Measurement:
        """Forget one; what is returned can be put back under the same id. CohortError where there is none."""
        with self.connect() as connection:
            return measurements.drop(connection, number)


def whoever() -> str:
    """The name under which this computer knows its user; empty where it does not."""
    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return ""
