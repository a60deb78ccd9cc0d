"""A folder per class, as collections for machine learning come: `fractured/0001.png`, `train/fractured/0001.png`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import Field

from engine.cohort.cohort import Level
from engine.cohort.columns import Column
from engine.cohort.dividing.part_names import PARTS
from engine.cohort.intake.layout import Arrangement, FoundPatient, FoundScan, Layout, Placed, Recognition, Site, layouts
from engine.cohort.label_table.labels import LabelRow, LabelTable, merged
from engine.cohort.names.class_trees import class_tree, classes_of, is_plain
from engine.cohort.names.classes import class_column
from engine.cohort.names.counting import DESCRIPTION, TITLE, Counting, ids_of
from engine.cohort.names.parts import Divided, divided
from engine.cohort.naming import role_by_name, role_by_title, stem_of
from engine.imaging.header import Identity
from engine.imaging.pseudonyms import person_keys
from engine.registry import Info, Options


class ClassOptions(Options):
    """What the folders mean."""

    label: str = Field(default="class", min_length=1, title="Label", description="What the label is called.")
    patients: bool = Field(
        default=False,
        title="A folder per patient in each class",
        description="Else each scan is a patient of its own, unless it says itself whose it is.",
    )
    counting: Counting = Field(default="automatic", title=TITLE, description=DESCRIPTION)
    part: str = Field(
        default="part",
        min_length=1,
        title="Part",
        description="What the column is called that says train, validation or test, where folders are called so.",
    )


@dataclass(frozen=True)
class _Owned:
    """A scan, its class, and its patient where that is known: for certain by `person`, else by its `folder`."""

    place: Divided
    label: str
    person: str
    folder: str
    told: LabelRow

    @property
    def scan(self) -> Placed:
        return self.place.scan

    @property
    def patient(self) -> str:
        return self.person or self.folder


def recognise(site: Site) -> Recognition:
    """Sure when few folders are called as classes are, are divided in parts, or hold more than anyone has scans."""
    tree = class_tree(divided(site.scans))
    return Recognition(tree.sure, tree.reason, ClassOptions(patients=tree.patients))


def find(site: Site, table: LabelTable, options: ClassOptions) -> Arrangement:
    """A patient per folder, per person that scans name, or per scan; the label is the folder's name.

    The level is patient where the patient of every scan is known. Scans of a patient in two classes keep their own.
    """
    places = divided(site.scans)
    owned = _owned([place for place in places if place.folders], table, options)
    named = ids_of(((one.label, one.folder) for one in owned if one.folder), options.counting)
    gathered: dict[str, list[_Owned]] = defaultdict(list)
    for one in owned:
        alone = one.scan.inside.with_suffix("").as_posix()
        gathered[one.person or named.get((one.label, one.folder), alone)].append(one)
    level: Level = "patient" if all(one.patient for one in owned) else "image"
    left_out = [(one.scan.header.path, "it lies in no folder of a class") for one in places if not one.folders]
    return Arrangement(
        [_patient(name, found, options) for name, found in gathered.items()], level, _columns(owned, options), left_out
    )


def _owned(places: Sequence[Divided], table: LabelTable, options: ClassOptions) -> list[_Owned]:
    """Whose a scan is, it says itself, or the table does, or a folder inside the class."""
    people = person_keys(place.scan.header.identity for place in places)
    owned = []
    for place, label in zip(places, classes_of(places), strict=True):
        inside = options.patients and place.inner
        folder = place.inner[1] if inside and len(place.inner) > 1 else ""
        person = _person(place, people)
        row = table.row(*filter(None, (person, folder, place.scan.inside.name, stem_of(place.scan.inside))))
        owned.append(_Owned(place, place.inner[0] if inside else label, person or row.patient, folder, row))
    return owned


def _person(place: Divided, people: Mapping[Identity, str]) -> str:
    identity = place.scan.header.identity
    return "" if identity is None else people.get(identity, "")


def _patient(name: str, owned: Sequence[_Owned], options: ClassOptions) -> FoundPatient:
    """What holds for all scans is the patient's; a class or part on which they differ is each scan's own."""
    told = merged([one.told for one in owned])
    label = _same([one.label for one in owned])
    part = _same([one.place.part or "" for one in owned])
    labels = told.labels | ({options.label: label} if label else {})
    covariates = told.covariates | ({options.part: part} if part else {})
    scans = tuple(
        FoundScan(
            one.scan.header,
            one.told.role or _role(one),
            one.told.visit,
            ({} if label else {options.label: one.label})
            | ({} if part or not one.place.part else {options.part: one.place.part}),
        )
        for one in owned
    )
    return FoundPatient(name, scans, replace(told, labels=labels, covariates=covariates))


def _role(one: _Owned) -> str:
    if not one.patient or is_plain(one.scan):
        return "image"
    if one.scan.header.series:
        return role_by_title(one.scan.header)
    word = role_by_name(one.scan.inside, one.patient)
    return "image" if word.isdecimal() else word


def _columns(owned: Sequence[_Owned], options: ClassOptions) -> list[Column]:
    columns = [class_column(options.label, {one.label for one in owned})]
    if any(one.place.part for one in owned):
        columns.append(Column(options.part, "covariate", "category", PARTS))
    return columns


def _same(values: Sequence[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""


layouts.register(
    Layout(
        Info("class-folders", "A folder per class", "Each folder is a class; it may be divided in train and test."),
        recognise,
        find,
        ClassOptions,
    )
)
