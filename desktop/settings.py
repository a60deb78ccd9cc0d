"""What the window remembers between two starts."""

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, Self

RECENT_LIMIT = 12
TABLES_LIMIT = 50
THEMES = ("dark", "light")
PATIENT_NAMES = ("pseudonym", "id")
DRAWERS = ("auto", "card", "processor")
ThemeName = Literal["dark", "light"]
PatientNames = Literal["pseudonym", "id"]
Drawer = Literal["auto", "card", "processor"]


@dataclass(frozen=True, slots=True)
class Recent:
    """A workspace that was open once. `opened` is a UTC ISO time."""

    path: str
    title: str
    opened: str
    patients: int
    scans: int


@dataclass(slots=True)
class Settings:
    """Typed, saved as JSON. `geometry` is Qt's own, in base 64; `patient_names` is how the window shows patients,
    `volumes_by` who draws volumes, `tables` how the cohort's tables looked, by workspace.
    """

    theme: ThemeName = "dark"
    geometry: str = ""
    rail_shown: bool = True
    list_shown: bool = True
    inspector_shown: bool = True
    patient_names: PatientNames = "pseudonym"
    volumes_by: Drawer = "auto"
    picture_folder: str = ""
    picture_size: str = "1"
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    recent: list[Recent] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """The saved settings, or the defaults; a file that cannot be read is kept aside, never overwritten."""
        file = path or settings_file()
        try:
            return cls._from_json(dict(json.loads(file.read_text("utf-8"))))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, TypeError, KeyError):
            _keep_aside(file)
            return cls()

    @classmethod
    def _from_json(cls, saved: dict[str, Any]) -> Self:
        known = {f.name: saved[f.name] for f in fields(cls) if f.name in saved and f.name != "recent"}
        for name, value in known.items():
            if not isinstance(value, type(getattr(cls(), name))):
                raise TypeError(name)
        for name, choices in (("theme", THEMES), ("patient_names", PATIENT_NAMES), ("volumes_by", DRAWERS)):
            if name in known and known[name] not in choices:
                raise ValueError(known[name])
        return cls(**known, recent=[Recent(**entry) for entry in saved.get("recent", [])])

    def save(self, path: Path | None = None) -> None:
        """Write atomically: a crash leaves the old file or the new one."""
        from engine.files import write_text

        write_text(path or settings_file(), json.dumps(asdict(self), indent=1))

    def remember(self, entry: Recent) -> None:
        """Put a workspace on top of the recent ones, once."""
        self.recent = [entry, *(old for old in self.recent if old.path != entry.path)][:RECENT_LIMIT]

    def remember_tables(self, path: str, looks: dict[str, Any]) -> None:
        """Keep how the tables of a workspace look, the last one in use at the end; nothing is the usual look."""
        self.tables.pop(path, None)
        if looks:
            self.tables[path] = looks
            self.tables = dict(list(self.tables.items())[-TABLES_LIMIT:])

    def forget(self, path: str) -> None:
        self.recent = [entry for entry in self.recent if entry.path != path]


def settings_file() -> Path:
    """ISOCENTER_CONFIG_DIR, or the platform's place for settings."""
    folder = os.environ.get("ISOCENTER_CONFIG_DIR")
    if folder:
        return Path(folder) / "settings.json"
    from platformdirs import user_config_path

    return user_config_path("isocenter", appauthor=False) / "settings.json"


def _keep_aside(file: Path) -> None:
    for number in range(1, 100):
        aside = file.with_name(f"{file.stem}.unreadable-{number}{file.suffix}")
        if not aside.exists():
            file.replace(aside)
            return
