"""How to divide: the protocol with its options, label columns, strata, seed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from desktop.forms import Form
from desktop.pages.split.plan import Wanted
from desktop.pages.split.toggles import Toggles
from desktop.pages.train.choice_row import ChoiceRow
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.flow import Flow
from desktop.widgets.text import text
from desktop.widgets.titled_card import TitledCard
from engine.cohort.dividing.division import Protocol, Strata, protocols
from engine.recipe import Recipe

if TYPE_CHECKING:
    from engine.cohort import Cohort

FIRST = "holdout"
ORDER = ("holdout", "k-fold", "repeated-k-fold", "jackknife", "rebalanced-jackknife", "nested", "external", "column",
         "folders")  # fmt: skip
STRATA, COLUMN, USUAL = "by", "column", "split"
SEED = [name for name in Recipe.model_fields if name != "seed"]


class ProtocolPanel(TitledCard):
    """`edited` when something else is wanted."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__("Divide")
        self.protocol = ChoiceRow("Protocol", "How patients are divided into training and test")
        self.protocol.chosen.connect(lambda key: self._choose(str(key)))
        self.about = text("", "caption", "muted", wrap=True)
        self.form: Form | None = None
        self.given = ChoiceRow(
            "Column", "Its values are train, validation and test; or any, of which each is tested once"
        )
        self.given.chosen.connect(lambda _: self.edited.emit())
        self._columns: list[str] = []
        self._options = QWidget()
        column_box(self._options, gap=SIZES.s)
        self.targets, self.strata = Toggles("Label columns"), Toggles("Also balanced by")
        self.seed = Form(Recipe, without=SEED)
        self.seed.show_values({"seed": 0}, {"seed": 0})
        self._names: dict[Toggles, QLabel] = {}
        self.column.addWidget(self.protocol)
        self.column.addWidget(self.about)
        self.column.addWidget(self._options)
        self.column.addWidget(self.given)
        self._place(
            self.targets, "Label columns", "Their classes are kept alike in all parts, as far as patients allow"
        )
        self._place(self.strata, "Also balanced by", "Covariates that all parts have alike; numbers count in quarters")
        self.column.addWidget(self.seed)
        self.seed.edited.connect(self.edited)
        pairs = [(protocols.get(key).info.label, key) for key in ORDER]
        self.protocol.offer(pairs, FIRST)
        self._show_options(FIRST, {})

    @property
    def key(self) -> str:
        """The chosen protocol."""
        return str(self.protocol.combo.currentData())

    def wanted(self) -> Wanted:
        """What the panel says."""
        options = self.form.values() if self.form is not None else {}
        strata = self.strata.chosen() if self._stratified() else ()
        if self.key == COLUMN:
            options[COLUMN] = str(self.given.combo.currentData() or "")
        if strata:
            options[STRATA] = list(strata)
        return Wanted(self.key, options, self.targets.chosen(), int(self.seed.rows["seed"].editor.given()))

    def show_cohort(self, cohort: "Cohort") -> None:
        """Offer the cohort's columns; what was chosen and is still there stays chosen."""
        labels, told = cohort.label_columns, cohort.covariate_columns
        kept = [name for name in self.targets.chosen() if name in labels]
        self.targets.offer(labels, kept or labels[:1])
        self.strata.offer(told, self.strata.chosen())
        self._offer_columns(sorted({*labels, *told}))
        self._show_strata()

    def draw_anew(self) -> None:
        """The next seed."""
        self.seed.show_values({"seed": self.wanted().seed + 1}, {"seed": 0})
        self.edited.emit()

    def use(self, options: Mapping[str, Any]) -> None:
        """Take options, such as those of a preset."""
        if self.form is not None:
            self.form.show_values({**self.form.values(), **options}, {})
            self.edited.emit()

    def _choose(self, key: str) -> None:
        self._show_options(key, {})
        self.edited.emit()

    def _show_options(self, key: str, values: Mapping[str, Any]) -> None:
        protocol = protocols.get(key)
        self.about.setText(protocol.info.summary)
        body = QWidget()
        column = column_box(body, gap=SIZES.s)
        if protocol.presets:
            column.addWidget(self._presets(protocol))
        self.form = Form(protocol.options, without=[STRATA, COLUMN])
        self.form.show_values(values, {})
        self.form.edited.connect(self.edited)
        self.form.setVisible(bool(self.form.rows))
        column.addWidget(self.form)
        if key == "external":
            column.addLayout(self._browse())
        box = self._options.layout()
        while box is not None and (item := box.takeAt(0)):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if box is not None:
            box.addWidget(body)
        self._options.setVisible(bool(self.form.rows) or bool(protocol.presets))
        self.given.setVisible(key == COLUMN)
        self._show_strata()

    def _offer_columns(self, names: list[str]) -> None:
        """What was chosen stays; at first the column that is called so, if there is one."""
        if names == self._columns:
            return
        current = self.given.combo.currentData() or USUAL
        self._columns = names
        asks = [] if current in names else [("Choose…", "")]
        self.given.offer([*asks, *((name, name) for name in names)], current if current in names else "")

    def _presets(self, protocol: Protocol) -> QWidget:
        made = QWidget()
        flow = Flow(made, SIZES.xs)
        for words, options in protocol.presets.items():
            flow.addWidget(push(words, lambda options=options: self.use(options), tip="Take these options"))  # type: ignore[misc]
        return made

    def _browse(self) -> Any:
        row = row_box()
        row.addStretch()
        row.addWidget(push("Choose the folder…", self._ask_workspace, icon="open"))
        return row

    def _ask_workspace(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "The workspace to test on")
        if chosen:
            self.use({"workspace": chosen})

    def _stratified(self) -> bool:
        return issubclass(protocols.get(self.key).options, Strata)

    def _show_strata(self) -> None:
        shown = self._stratified() and bool(self.strata.buttons)
        self.strata.setVisible(shown)
        self._names[self.strata].setVisible(shown)

    def _place(self, toggles: Toggles, words: str, tip: str) -> None:
        self._names[toggles] = label = text(words, "caption", "muted")
        label.setToolTip(tip)
        toggles.changed.connect(self.edited)
        self.column.addWidget(label)
        self.column.addWidget(toggles)
