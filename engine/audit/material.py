"""What the finders look at: the cohort, its pixels in short, and what is costly and wanted by several of them."""

from functools import cached_property
from pathlib import Path

from engine.audit.copies import Pairs, near_copies
from engine.audit.dismissing import FOLDER
from engine.audit.divisions import Division, divisions_of
from engine.audit.finding import owners
from engine.audit.gallery import COMPARING, Gallery, Progress, gallery
from engine.audit.groups import Indices, joined, members
from engine.audit.likely_patients import FEWEST, along_stack, likely_patients
from engine.audit.same_content import same_content
from engine.cohort import Cohort, Scan, Workspace
from engine.control import Control


class Material:
    """One audit's material. What is costly is made when it is first asked for. Excluded scans are left out."""

    def __init__(self, workspace: Workspace, division: str, progress: Progress, control: Control) -> None:
        self.cohort: Cohort = workspace.cohort()
        self.workspace: Path = workspace.path
        self.scans: tuple[Scan, ...] = tuple(scan for scan in self.cohort.scans if not scan.excluded)
        self.control, self._progress, self._division = control, progress, division

    @cached_property
    def gallery(self) -> Gallery:
        """Every scan's signature."""
        made = gallery(self.scans, self.workspace / FOLDER, self._progress, self.control)
        self._progress(0, 1, COMPARING)
        return made

    @cached_property
    def divisions(self) -> list[Division]:
        """The divisions that are given."""
        return divisions_of(self.cohort, self.scans, self.workspace, self._division)

    @cached_property
    def same(self) -> list[tuple[Scan, ...]]:
        """Scans of the same content or the same pixels."""
        return same_content(self.gallery, self.control)

    @cached_property
    def near_pairs(self) -> Pairs:
        """Pictures that are one, equal ones included."""
        return near_copies(self.gallery, self.control)

    @cached_property
    def near(self) -> list[tuple[Scan, ...]]:
        """Groups of near copies that are not the same throughout."""
        same = {scan.id: number for number, group in enumerate(self.same) for scan in group}
        groups = members(joined(len(self.scans), self.near_pairs.first, self.near_pairs.second))
        picked = [tuple(self.scans[place] for place in group) for group in groups]
        return [group for group in picked if len({same.get(scan.id, -scan.id - 1) for scan in group}) > 1]

    @cached_property
    def likely(self) -> Indices | None:
        """The number of each scan's likely patient; None where patients are known or nothing tells."""
        if self.cohort.level == "patient":
            return None
        return likely_patients(self.gallery, self.near_pairs, self.control)

    @cached_property
    def proposed(self) -> list[tuple[Scan, ...]]:
        """The likely patients that have so many scans that it is no chance, and are not one patient already."""
        if self.likely is None:
            return []
        found = (along_stack(self.gallery, group) for group in members(self.likely, FEWEST))
        groups = [tuple(self.scans[place] for place in group) for group in found]
        return [group for group in groups if len(owners(group)) > 1]

    def label(self, scan: Scan, column: str) -> str:
        """The label of a scan, its own or its patient's; empty where it has none."""
        return self.cohort.by_key[scan.patient].label_of(scan, column)
