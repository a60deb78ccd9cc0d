"""File names that say it all: `stage_1_patient_07.nii.gz` by the pattern `stage_{label}_patient_{patient}`."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import Field

from engine.cohort.cohort import Level
from engine.cohort.columns import Column
from engine.cohort.intake.layout import Arrangement, FoundPatient, FoundScan, Layout, Placed, Recognition, Site, layouts
from engine.cohort.label_table.column_uses import guess_uses
from engine.cohort.label_table.labels import OWNER, LabelRow, LabelTable, merged
from engine.cohort.label_table.rows import Rows
from engine.cohort.names.classes import class_column
from engine.cohort.names.counting import DESCRIPTION, TITLE, Counting, ids_of
from engine.cohort.names.likely_pattern import DEFAULT, likely_pattern
from engine.cohort.names.name_patterns import NamePattern, compiled
from engine.cohort.naming import stem_of
from engine.registry import Info, Options

Matched = tuple[Placed, Mapping[str, str]]


class PatternOptions(Options):
    """What the names look like."""

    pattern: str = Field(
        default=DEFAULT,
        min_length=1,
        title="Pattern",
        description="What file names look like, without ending: {patient}, {label}, {role}, {visit}; {slice} is "
        "ignored, any other {name} becomes a column, * stands for anything. With a / the folders count too.",
    )
    label: str = Field(
        default="class", min_length=1, title="Label", description="What {label} is called in the cohort."
    )
    counting: Counting = Field(default="automatic", title=TITLE, description=DESCRIPTION)


@dataclass(frozen=True)
class _Owned:
    """A scan and what its name and the table say of it."""

    scan: Placed
    fields: Mapping[str, str]
    told: LabelRow

    @property
    def counted(self) -> tuple[str, str]:
        """Label and patient of the name, both needed where patients are counted anew in each class."""
        return self.fields.get("label", ""), self.fields.get("patient", "")


def recognise(site: Site) -> Recognition:
    """Sure when nearly all names fit one of the usual patterns."""
    found = likely_pattern([scan.inside for scan in site.scans])
    if found is None:
        return Recognition(0.0, "its file names follow none of the usual patterns")
    told = f"its file names look like {found.pattern}"
    return Recognition(found.sure, told, PatternOptions(pattern=found.pattern))


def find(site: Site, table: LabelTable, options: PatternOptions) -> Arrangement:
    """A patient per {patient}, or per file where the pattern names none; files that do not match are left out.

    A table that says of each file whose it is goes before the names.
    CohortError where the pattern is none.
    """
    pattern = compiled(options.pattern)
    owned, left_out = _matched(site.scans, pattern, table)
    names = ids_of({one.counted for one in owned if one.counted[1]}, options.counting)
    gathered: dict[str, list[_Owned]] = defaultdict(list)
    for one in owned:
        alone = one.told.patient or one.scan.inside.with_suffix("").as_posix()
        named = one.told.patient if table.by_file else ""
        gathered[named or names.get(one.counted, alone)].append(one)
    level: Level = "patient" if all(one.counted[1] or one.told.patient for one in owned) else "image"
    labels = _label_fields(owned, pattern, options)
    patients = [_patient(name, found, labels, options) for name, found in gathered.items()]
    return Arrangement(patients, level, list(_columns(owned, labels, options)), left_out)


def _matched(
    scans: Sequence[Placed], pattern: NamePattern, table: LabelTable
) -> tuple[list[_Owned], list[tuple[Path, str]]]:
    owned, left_out = [], []
    for scan in scans:
        fields = pattern.fields_of(scan.inside)
        if fields is None:
            left_out.append((scan.header.path, f"its name does not match the pattern {pattern.text}"))
        else:
            names = (scan.inside.name, stem_of(scan.inside), fields.get("patient", ""))
            told = table.row(*filter(None, names))
            if table.by_file and OWNER in told.clashes:
                left_out.append((scan.header.path, "its rows in the label table name several patients"))
            else:
                owned.append(_Owned(scan, fields, told))
    return owned, left_out


def _label_fields(owned: Sequence[_Owned], pattern: NamePattern, options: PatternOptions) -> dict[str, str]:
    """Which fields are labels, and what each is called; what is none is a covariate."""
    rows = [{column: one.fields[column] for column in pattern.columns} for one in owned]
    uses = guess_uses(Rows(pattern.columns, rows, Path(pattern.text)))
    labels = {column: column for column in pattern.columns if uses[column] == "label"}
    return labels | ({"label": options.label} if "label" in pattern.fields else {})


def _patient(name: str, owned: Sequence[_Owned], labels: Mapping[str, str], options: PatternOptions) -> FoundPatient:
    """What holds for all scans is the patient's; labels on which they differ are each scan's own."""
    told = merged([one.told for one in owned])
    own = [{called: one.fields[field] for field, called in labels.items()} for one in owned]
    shared = {called: value for called, value in own[0].items() if all(each[called] == value for each in own)}
    others = [field for field in compiled(options.pattern).columns if field not in labels]
    covariates = {field: owned[0].fields[field] for field in others}
    scans = tuple(
        FoundScan(
            one.scan.header,
            one.fields.get("role") or one.told.role or one.scan.header.source.part or "image",
            one.fields.get("visit") or one.told.visit,
            {called: value for called, value in each.items() if called not in shared},
        )
        for one, each in zip(owned, own, strict=True)
    )
    return FoundPatient(
        name, scans, replace(told, labels=told.labels | shared, covariates=told.covariates | covariates)
    )


def _columns(owned: Sequence[_Owned], labels: Mapping[str, str], options: PatternOptions) -> Iterator[Column]:
    for field, called in labels.items():
        yield class_column(called, Counter(one.fields[field] for one in owned))


layouts.register(
    Layout(
        Info("name-pattern", "File names by a pattern", "Names such as stage_{label}_patient_{patient} say it all."),
        recognise,
        find,
        PatternOptions,
    )
)
