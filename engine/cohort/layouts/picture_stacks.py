"""A folder per patient whose pictures are the slices of one scan: `stage_1/patient_07/slice_12.png`."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from engine.cohort.columns import Column
from engine.cohort.dividing.part_names import PARTS, Part
from engine.cohort.intake.layout import Arrangement, FoundPatient, FoundScan, Layout, Recognition, Site, layouts
from engine.cohort.label_table.labels import LabelRow, LabelTable, merged
from engine.cohort.names.classes import class_column
from engine.cohort.names.counting import DESCRIPTION, TITLE, Counting, ids_of
from engine.cohort.names.parts import Divided, divided
from engine.cohort.names.stack_folders import Folders, by_folder, kind_of, stack_folders
from engine.errors import ReadError
from engine.imaging import ScanHeader
from engine.imaging.readers.picture_stack import stacked
from engine.registry import Info, Options


class StackOptions(Options):
    """What the folders around the pictures mean."""

    folders: Folders = Field(
        default="patient",
        title="Folders",
        description="What the folders are that the pictures lie in; the last holds the pictures of one scan.",
    )
    label: str = Field(default="class", min_length=1, title="Label", description="What the label is called.")
    counting: Counting = Field(default="automatic", title=TITLE, description=DESCRIPTION)
    part: str = Field(
        default="part",
        min_length=1,
        title="Part",
        description="What the column is called that says train, validation or test, where folders are called so.",
    )


@dataclass(frozen=True)
class _Stack:
    """The pictures of one folder as a scan, and what its folders say."""

    header: ScanHeader
    label: str
    patient: str
    role: str
    part: Part | None


def recognise(site: Site) -> Recognition:
    """Sure when folders hold three and more numbered pictures of one size each, and are not classes themselves."""
    found = stack_folders(divided(site.scans))
    return Recognition(found.sure, found.reason, StackOptions(folders=found.folders))


def find(site: Site, table: LabelTable, options: StackOptions) -> Arrangement:
    """A patient per folder, the pictures of a folder as one scan; pictures that do not fit the others are left out."""
    places = divided(site.scans)
    stacks: list[_Stack] = []
    left_out = [(place.scan.header.path, "it lies in no folder") for place in places if not place.inner]
    for group in by_folder([place for place in places if place.inner]).values():
        made, misfits = _stack(group, options)
        stacks += made
        left_out += misfits
    names = ids_of({(stack.label, stack.patient) for stack in stacks}, options.counting)
    gathered: dict[str, list[_Stack]] = defaultdict(list)
    for stack in stacks:
        gathered[names[stack.label, stack.patient]].append(stack)
    patients = [_patient(name, found, table, options) for name, found in gathered.items()]
    return Arrangement(patients, "patient", _columns(stacks, options), left_out)


def _stack(group: Sequence[Divided], options: StackOptions) -> tuple[list[_Stack], list[tuple[Path, str]]]:
    """The pictures of the folder's most frequent size as a scan."""
    sizes = Counter(kind_of(place.scan.header) for place in group)
    size, _ = sizes.most_common(1)[0]
    fitting = [place.scan.header for place in group if kind_of(place.scan.header) == size]
    left_out = [
        (place.scan.header.path, "it is of another size or depth than most pictures of its folder")
        for place in group
        if kind_of(place.scan.header) != size
    ]
    try:
        header = stacked(fitting)
    except ReadError as failure:
        return [], [*left_out, *((one.path, failure.what) for one in fitting)]
    label, patient, role = _meaning(group[0], options)
    return [_Stack(header, label, patient, role, group[0].part)], left_out


def _meaning(place: Divided, options: StackOptions) -> tuple[str, str, str]:
    """Class, patient and role, read from the last folder upwards."""
    found = dict(zip(reversed(options.folders.split("/")), reversed(place.folders), strict=False))
    patient = found.get("patient", place.folders[-1])
    return found.get("class", ""), patient, found.get("scan", "image") if "patient" in found else "image"


def _patient(name: str, stacks: Sequence[_Stack], table: LabelTable, options: StackOptions) -> FoundPatient:
    told = merged([table.row(name, stacks[0].patient)])
    label = _same([stack.label for stack in stacks])
    part = _same([stack.part or "" for stack in stacks])
    labels = told.labels | ({options.label: label} if label else {})
    covariates = told.covariates | ({options.part: part} if part else {})
    scans = tuple(FoundScan(stack.header, stack.role, "", _own(stack, label, part, options)) for stack in stacks)
    return FoundPatient(name, scans, LabelRow(labels, covariates, clashes=told.clashes))


def _own(stack: _Stack, label: str, part: str, options: StackOptions) -> dict[str, str]:
    told = {} if label or not stack.label else {options.label: stack.label}
    return told | ({} if part or not stack.part else {options.part: stack.part})


def _columns(stacks: Sequence[_Stack], options: StackOptions) -> list[Column]:
    classes = {stack.label for stack in stacks if stack.label}
    columns = [class_column(options.label, classes)] if classes else []
    if any(stack.part for stack in stacks):
        columns.append(Column(options.part, "covariate", "category", PARTS))
    return columns


def _same(values: Sequence[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""


layouts.register(
    Layout(
        Info("picture-stacks", "A folder of slices per patient", "The pictures of a folder are one scan."),
        recognise,
        find,
        StackOptions,
    )
)
