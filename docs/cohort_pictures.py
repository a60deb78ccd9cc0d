"""The pictures of the pages that make a cohort: two hospitals, planted faults, suggestions of the demo's own run."""

import csv
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.window import Window

Rest = Callable[[float], None]
Until = Callable[[Callable[[], bool]], None]
SECOND = ("seed=11", "phantom.healthy=7", "phantom.osteoporotic=9", "phantom.broken_files=1", "phantom.effect=0.3")
UNLABELLED = 6
NAMED = 4
COUNTS = 2


def isocenter(*words: object) -> None:
    """Carry out a verb of the command."""
    from engine.cli import main

    if main([str(word) for word in words]) != 0:
        raise SystemExit(f"isocenter {words[0]} failed")


def two_hospitals(demo: Path, scratch: Path) -> Path:
    """A copy of the demo's workspace with a second source: a copy, a damaged file and patients without a label.

    It lies beside the first, since a workspace finds its scans from where it lies.
    """
    workspace = Path(shutil.copytree(demo, demo.parent / "two-hospitals"))
    settings = [word for setting in SECOND for word in ("--set", setting)]
    isocenter("phantom", "osteoporosis-mri", scratch / "second", *settings)
    second = scratch / "second" / "data"
    _spoil(second)
    isocenter("import", second, workspace, "--name", "second hospital", "--apart")
    isocenter("audit", workspace)
    isocenter("vault", workspace, "--set-aside", "0.15")
    isocenter("split", workspace, "--protocol", "k-fold", "--set", "folds=5", "--by", "sex", "--name", "five folds")
    isocenter("suggest", next(iter(sorted((workspace / "runs").iterdir()))))
    return workspace


def _spoil(data: Path) -> None:
    """Take labels away, and have one patient twice under two labels."""
    table = data / "labels.csv"
    with table.open(newline="", encoding="utf-8") as file:
        head, *rows = list(csv.reader(file))
    place = head.index("diagnosis")
    twin = list(rows[0])
    twin[0] += "-B"
    twin[place] = next(row[place] for row in rows if row[place] != rows[0][place])
    shutil.copytree(data / rows[0][0], data / twin[0])
    for row in rows[2 : 2 + UNLABELLED]:
        row[place] = ""
    _write(table, [head, *rows, twin])


def _write(table: Path, rows: Sequence[Sequence[str]]) -> None:
    with table.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def named_files(demo: Path) -> Path:
    """Some scans of the demo side by side, whose names tell class and patient."""
    folder = demo.parent / "by-name"
    folder.mkdir(exist_ok=True)
    patients = sorted(path for path in (demo.parent / "phantom" / "data").iterdir() if path.is_dir())
    for number, patient in enumerate(patients[: 2 * NAMED]):
        name = f"stage_{number // NAMED + 1}_patient_{number % NAMED + 1}.nii.gz"
        shutil.copy(patient / "T2.nii.gz", folder / name)
    return folder


def take_cohort_pages(window: "Window", demo: Path, scratch: Path, to: Path, rest: Rest, until: Until) -> None:
    """Pictures of head counts, audit, split, review, and of what was found by a pattern."""
    session = window.session
    session.close_workspace()
    until(lambda: session.workspace is None)
    session.open_workspace(two_hospitals(demo, scratch))
    until(lambda: session.cohort is not None)
    for key in ("cohort", "audit", "split", "review"):
        window.show_page(key)
        _prepare(window, key)
        rest(5.0)
        window.grab().save(str(to / f"{PICTURES[key]}.png"))
    session.close_workspace()
    until(lambda: session.workspace is None)
    shutil.rmtree(demo.parent / "two-hospitals")
    folder = named_files(demo)
    session.open_places([folder])
    until(lambda: window.pages.key == "found")
    _prepare(window, "found")
    rest(4.0)
    window.grab().save(str(to / f"{PICTURES['found']}.png"))
    session.intake.discard()
    shutil.rmtree(folder)


PICTURES = {"cohort": "counts", "audit": "audit", "split": "split", "review": "review", "found": "found-pattern"}


def _prepare(window: "Window", key: str) -> None:
    """Bring forward what the picture is of."""
    from desktop.pages.cohort import CohortPage
    from desktop.pages.found import FoundPage
    from desktop.pages.split import SplitPage

    page = window.pages.page
    if isinstance(page, CohortPage):
        page.tabs.setCurrentIndex(COUNTS)
    elif isinstance(page, FoundPage):
        page.listing.go_to("options")
    elif isinstance(page, SplitPage):
        combo = page.protocol.protocol.combo
        combo.setCurrentIndex(combo.findData("k-fold"))
        combo.activated.emit(combo.currentIndex())
