"""The split page: how to divide at the left, who is where at the right."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QSplitter, QStackedWidget, QWidget

from desktop.actions import ActionInfo, make_action
from desktop.bridge import Task
from desktop.pages.page import Page
from desktop.pages.split.keeping import Keeping
from desktop.pages.split.plan import Picture, Wanted, drawn, laid_out
from desktop.pages.split.protocol_panel import ProtocolPanel
from desktop.pages.split.saved_card import SavedCard
from desktop.pages.split.shown_panel import ShownPanel
from desktop.pages.split.vault_card import VaultCard
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.buttons import push
from desktop.widgets.empty import Empty

if TYPE_CHECKING:
    from engine.cohort.dividing.saved_divisions import Division
    from engine.errors import IsocenterError

LEFT, RIGHT, LEAST_LEFT, SOON_MS = 360, 860, 320, 150
TABLES = "Tables (*.csv)"
WHAT = "Patients are divided into those that train and those that test. Open a workspace first."
COMMANDS = (
    ActionInfo("split.anew", "Draw anew", "Ctrl+Shift+D", "redo", "Divide by the next seed", "draw_anew"),
    ActionInfo("split.export", "Export the division…", "Ctrl+Shift+E", "export",
               "Write who is where as a CSV file (pseudonyms only)", "export"),
    ActionInfo("split.import", "Take a division from a table…", "", "import",
               "A CSV file with patient, part and perhaps fold; it is saved under the file's name", "take_table"),
    ActionInfo("split.train", "Train with this division", "Ctrl+Return", "train",
               "Save the division, and use it on the train page", "train"),
)  # fmt: skip


class SplitPage(Page):
    """How patients are divided, and the part that is set aside."""

    title = "Split"
    beside_list = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.commands = {info.key: make_action(info, self, getattr(self, info.handler)) for info in COMMANDS}
        self.protocol, self.saved, self.vault = ProtocolPanel(), SavedCard(), VaultCard()
        self.picture = ShownPanel(session)
        self.keeping = Keeping(session, self)
        self._asked, self._suggested = 0, "division"
        self._task: Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.reload()

    def actions(self) -> list[QAction]:
        return list(self.commands.values())

    def primary(self) -> QAction | None:
        return self.commands["split.train"]

    def badge(self) -> str:
        if not self.session.image_level:
            return ""
        likely = self.session.cohort is not None and self.session.cohort.likely_patients
        return "Image level, grouped into likely patients" if likely else "Image level"

    def reload(self) -> None:
        """Show the cohort as the session has it."""
        cohort = self.session.cohort
        self._stack.setCurrentIndex(0 if cohort is None else 1)
        if cohort is not None:
            self.protocol.show_cohort(cohort)
            self.keeping.read()
            self.divide()
        self._update()
        self.heading_changed.emit()

    def divide(self) -> None:
        """Divide as the panel says, off the GUI thread."""
        cohort, workspace = self.session.cohort, self.session.workspace
        if cohort is None or workspace is None:
            return
        wanted, home = self.protocol.wanted(), Path(workspace.path)
        self._ask(lambda: drawn(wanted, cohort, home), wanted)

    def show_division(self, division: "Division") -> None:
        """Show a saved division."""
        cohort, workspace = self.session.cohort, self.session.workspace
        if cohort is None or workspace is None:
            return
        home = Path(workspace.path)

        def work() -> Picture:
            from engine.cohort.dividing.joining import subjects_of

            return laid_out(division, subjects_of(division, cohort, home), cohort)

        self._ask(work, None)

    def draw_anew(self) -> None:
        self.protocol.draw_anew()

    def export(self) -> None:
        picture = self.picture.picture
        if picture is not None:
            self._export(picture.division)

    def take_table(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Take a division from a table", "", TABLES)
        if name:
            self.keeping.take_table(Path(name), self.protocol.wanted().targets)

    def train(self) -> None:
        """Keep the division, so that the run tests on these very patients, and go on."""
        picture = self.picture.picture
        if picture is None:
            return
        if name := self.saved.name_of(picture.division):
            self.train_with(name)
        else:
            name = self.saved.chosen_name()
            self.keeping.save(picture.division, name, then=lambda: self.train_with(name))

    def train_with(self, name: str) -> None:
        """Have the train page use a saved division."""
        self.session.protocol_wanted = {"key": "saved", "name": name}
        self.session.ask("go.train")

    def _ask(self, work: Callable[[], Picture], wanted: Wanted | None) -> None:
        self._asked += 1
        asked = self._asked
        if self._task is not None:
            self._task.cancel()

        def know(picture: Picture) -> None:
            if asked == self._asked:
                self.picture.show_picture(picture)
                if wanted is not None:
                    self._suggest(wanted)
                self._update()

        def fail(error: "IsocenterError") -> None:
            if asked == self._asked:
                self.picture.show_trouble(error)
                self._update()

        self._task = self.session.bridge.submit(work, know, fail, owner=self)

    def _suggest(self, wanted: Wanted) -> None:
        self._suggested = f"{wanted.key}, seed {wanted.seed}"
        self.saved.suggest(self._suggested)

    def _save(self, name: str) -> None:
        picture = self.picture.picture
        if picture is not None:
            self.keeping.save(picture.division, name)

    def _named(self, name: str) -> "Division | None":
        return self.saved.rows[name].division if name in self.saved.rows else None

    def _show_named(self, name: str) -> None:
        if (division := self._named(name)) is not None:
            self.show_division(division)

    def _export_named(self, name: str) -> None:
        if (division := self._named(name)) is not None:
            self._export(division)

    def _export(self, division: "Division") -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export the division", f"{division.name or 'division'}.csv", TABLES)
        if name:
            self.keeping.export(division, Path(name))

    def _update(self) -> None:
        there = self.picture.picture is not None
        for key in ("export", "train"):
            self.commands[f"split.{key}"].setEnabled(there)
        self.saved.save.setEnabled(there)
        self.commands["split.import"].setEnabled(self.session.cohort is not None)

    def _connect(self) -> None:
        session, saved, vault, keeping = self.session, self.saved, self.vault, self.keeping
        session.cohort_changed.connect(self.reload)
        self._soon.timeout.connect(self.divide)
        self.protocol.edited.connect(self._soon.start)
        saved.save_wanted.connect(self._save)
        saved.show_wanted.connect(self._show_named)
        saved.rename_wanted.connect(keeping.rename)
        saved.drop_wanted.connect(keeping.drop)
        saved.export_wanted.connect(self._export_named)
        saved.train_wanted.connect(self.train_with)
        vault.aside_wanted.connect(lambda share: keeping.set_aside(share, self.protocol.wanted()))
        vault.back_wanted.connect(keeping.give_back)
        vault.opening_wanted.connect(keeping.open_vault)
        keeping.known.connect(self._show_kept)
        keeping.opened.connect(vault.show_opened)

    def _show_kept(self, found: object) -> None:
        from desktop.pages.split.plan import Kept

        if isinstance(found, Kept):
            self.saved.show_divisions(found.divisions)
            self.saved.suggest(self._suggested)
            self.vault.show_vault(found.aside, found.openings, found.seen)

    def _build(self) -> None:
        ask = self.session.ask
        buttons = (
            push("Open a folder of scans", lambda: ask("workspace.open"), icon="open"),
            push("Try the demo study", lambda: ask("workspace.demo"), icon="demo"),
        )
        left = QWidget()
        column = column_box(left, gap=SIZES.m, margins=(SIZES.xl, SIZES.l, SIZES.m, SIZES.l))
        for card in (self.protocol, self.saved, self.vault):
            column.addWidget(card)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(left)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(LEAST_LEFT)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(scroll)
        split.addWidget(self.picture)
        split.setStretchFactor(1, 1)
        split.setSizes([LEFT, RIGHT])
        self._stack.addWidget(Empty("compare", "Nobody to divide yet", WHAT, buttons))
        self._stack.addWidget(split)
        column_box(self).addWidget(self._stack)
