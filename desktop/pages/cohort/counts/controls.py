"""What is counted, how it is divided, and what stands down and across."""

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.flow import Flow
from desktop.widgets.text import text

if TYPE_CHECKING:
    from desktop.pages.cohort.counts.counting import Counts, Wish
    from engine.cohort.counting.head_counts import Axis

WORDS = {"label": "Class", "source": "Source", "part": "Part", "role": "Role"}
NOTHING = ""


class Choice(QComboBox):
    """A combo box that knows its values; `taken` only where the user chose."""

    taken = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda _: self.taken.emit())

    @property
    def value(self) -> Any:
        """What is chosen."""
        return self.currentData()

    def offer(self, values: list[tuple[str, str]], chosen: str) -> None:
        """Offer these, as (value, words)."""
        self.clear()
        for value, words in values:
            self.addItem(words, value)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.setEnabled(len(values) > 1)


class Controls(QWidget):
    """`wished` when the heads are to be counted otherwise, `unit_changed` when scans are wanted instead of patients."""

    wished = Signal()
    grouped = Signal()
    unit_changed = Signal()
    shares_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.target, self.part = Choice("Target"), Choice("Divided by")
        self.rows, self.columns = Choice("Down"), Choice("Across")
        self.unit, self.groups = Choice("Count"), Choice("Covariates per")
        self.unit.offer([("patients", "Patients"), ("scans", "Scans")], "patients")
        self.shares = QPushButton("Shares")
        self.shares.setProperty("kind", "chip")
        self.shares.setCheckable(True)
        self.shares.setToolTip("Make all bars equally long, to compare how the classes are mixed")
        self._pairs: dict[str, QWidget] = {}
        self._build()
        for choice in (self.target, self.part, self.rows, self.columns):
            choice.taken.connect(self.wished)
        self.groups.taken.connect(self.grouped)
        self.unit.taken.connect(self.unit_changed)
        self.shares.toggled.connect(self.shares_changed)

    @property
    def scans(self) -> bool:
        """Whether scans are counted, not patients."""
        return bool(self.unit.value == "scans")

    @property
    def wish(self) -> "Wish":
        """What is chosen."""
        from desktop.pages.cohort.counts.counting import Wish

        return Wish(
            self.target.value or "",
            self.part.value or "",
            cast("Axis", self.rows.value),
            cast("Axis | None", self.columns.value or None),
            cast("Axis", self.groups.value),
        )

    def offer(self, counts: "Counts") -> None:
        """Offer what there is, with what is shown chosen."""
        wish = counts.wish
        axes = [(axis, WORDS[axis]) for axis in counts.axes]
        self.target.offer([(name, name.capitalize()) for name in counts.targets], wish.target)
        self.part.offer([(key, words.capitalize()) for key, words in counts.parts], wish.part)
        self.rows.offer(list(axes), wish.rows)
        across = [(axis, words) for axis, words in axes if axis != wish.rows]
        self.columns.offer([(NOTHING, "Nothing"), *across], wish.columns or NOTHING)
        self.groups.offer([(axis, f"Per {WORDS[axis].lower()}") for axis in counts.grouping], wish.groups)
        self._pairs["Target"].setVisible(len(counts.targets) > 1)
        self._pairs["Divided by"].setVisible(len(counts.parts) > 1)

    def _build(self) -> None:
        flow = Flow(self, SIZES.m)
        named = (
            ("Target", self.target),
            ("Divided by", self.part),
            ("Down", self.rows),
            ("Across", self.columns),
            ("Count", self.unit),
        )
        for words, choice in named:
            pair = self._pairs[words] = QWidget()
            row = row_box(pair, gap=SIZES.s)
            row.addWidget(text(words, tone="muted"))
            row.addWidget(choice)
            flow.addWidget(pair)
