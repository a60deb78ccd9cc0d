"""What a column is: label or covariate, of which type, with classes in which order."""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from engine.cohort.columns import Column


@dataclass(frozen=True)
class PutColumn:
    """Have a column be so; where it becomes a label or a covariate, the values of patients move along."""

    column: Column

    @property
    def words(self) -> str:
        article = "an" if self.column.type == "ordinal" else "a"
        return f"Make {self.column.name} {article} {self.column.type} {self.column.use}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        here, there = ("labels", "covariates") if self.column.use == "label" else ("covariates", "labels")
        name = (self.column.name,)
        connection.execute(
            f"INSERT INTO {here} SELECT patient, name, value FROM {there} WHERE name = ?"
            " ON CONFLICT (patient, name) DO NOTHING",
            name,
        )
        connection.execute(f"DELETE FROM {there} WHERE name = ?", name)
        connection.execute(
            "INSERT INTO columns VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
            " use = excluded.use, type = excluded.type, classes = excluded.classes",
            (self.column.name, self.column.use, self.column.type, json.dumps(list(self.column.classes))),
        )


@dataclass(frozen=True)
class DropColumn:
    """Take a label or covariate from everybody."""

    name: str

    @property
    def words(self) -> str:
        return f"Remove the column {self.name}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        for table in ("labels", "covariates", "scan_labels", "columns"):
            connection.execute(f"DELETE FROM {table} WHERE name = ?", (self.name,))
