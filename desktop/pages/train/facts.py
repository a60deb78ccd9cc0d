"""Under the curves: how far the run is, how fast, how long still, and on what."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from desktop.jobs import in_words
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.text import Elided, text

if TYPE_CHECKING:
    from engine.runs.progress import RunProgress

STEPS = 1000
NOTHING = "–"
TIPS = {
    "Samples/s": "Patients trained on per second",
    "Patients": "Training patients + tested patients of this fold",
    "Time left": "For the training still to do, at the pace so far",
}


class Facts(QFrame):
    """A bar over the whole run, and a fact beside a fact."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, STEPS)
        self.facts = {name: Fact(name) for name in ("Fold", "Epoch", "Samples/s", "Time left", "Patients", "Device")}
        row = row_box(gap=SIZES.m)
        for name, fact in self.facts.items():
            fact.setToolTip(TIPS.get(name, ""))
            row.addWidget(fact, 2 if name == "Device" else 1)
        column = column_box(self, gap=SIZES.s, margins=(SIZES.m, SIZES.m, SIZES.m, SIZES.s))
        column.addWidget(self.bar)
        column.addLayout(row)

    def show_progress(self, progress: "RunProgress") -> None:
        """Show where the run stands."""
        self.bar.setValue(round(STEPS * (progress.fraction or 0)))
        for name, words in told(progress).items():
            self.facts[name].value.setText(words)


class Fact(QWidget):
    """A name over a value."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.value = Elided(NOTHING)
        column = column_box(self, gap=2)
        column.addWidget(text(name, "caption", "muted"))
        column.addWidget(self.value)


def told(progress: "RunProgress") -> dict[str, str]:
    """The facts in words; a dash stands for what nobody knows or what no longer matters."""
    going = progress.at_work
    left = progress.seconds_left
    speed = progress.samples_per_second
    return {
        "Fold": _of(progress.fold if going else len(progress.finished_folds), progress.folds),
        "Epoch": _of(progress.epoch, progress.epochs) if going else NOTHING,
        "Samples/s": f"{speed:,.0f}".replace(",", "\u2009") if going and speed else NOTHING,
        "Time left": in_words(left) if left is not None else NOTHING,
        "Patients": f"{progress.train} + {progress.test}" if progress.train else NOTHING,
        "Device": progress.device or NOTHING,
    }


def _of(number: int, total: int) -> str:
    return f"{number} of {total}" if total else NOTHING
