"""Which scan: a chip for each where there is room, a list where there is not, never a name cut in the middle."""

from pathlib import Path

import pytest

from desktop.pages.view.scan_choice import ScanChoice
from engine.cohort import Scan
from engine.imaging import ScanSource


def scan(n: int) -> Scan:
    source = ScanSource("nifti", (Path(f"{n}.nii"),))
    return Scan(n, "P-001", f"a long name of series {n}", source, "nifti", (1, 1, 1), 1, "d")


@pytest.fixture
def choice(qtbot) -> ScanChoice:
    made = ScanChoice()
    qtbot.addWidget(made)
    made.resize(600, 30)
    made.show()
    return made


def offer(choice: ScanChoice, count: int) -> tuple[Scan, ...]:
    offered = tuple(map(scan, range(count)))
    choice.offer(offered, [one.role for one in offered])
    choice.mark(offered[:1])
    return offered


def test_a_few_scans_have_a_chip_each(choice: ScanChoice, qtbot) -> None:
    offer(choice, 2)
    qtbot.waitUntil(lambda: all(chip.isVisible() for chip in choice.chips))
    assert not choice.list.isVisible()


def test_many_scans_are_a_list_that_names_the_one_on_the_screen(choice: ScanChoice) -> None:
    offer(choice, 12)
    assert choice.list.isVisible()
    assert not any(chip.isVisible() for chip in choice.chips)
    assert choice.list.text().startswith("a long name of series 0")
    assert choice.list.text().endswith("1 of 12")


def test_choosing_from_the_list_asks_for_that_scan(choice: ScanChoice, qtbot) -> None:
    offered = offer(choice, 12)
    with qtbot.waitSignal(choice.wanted) as asked:
        choice.menu.actions()[7].trigger()
    assert asked.args == [offered[7]]


def test_a_window_that_grows_shows_the_chips_again(choice: ScanChoice, qtbot) -> None:
    offer(choice, 5)
    listed = choice.list.isVisible()
    choice.resize(3000, 30)
    qtbot.waitUntil(lambda: not choice.list.isVisible())
    assert listed
