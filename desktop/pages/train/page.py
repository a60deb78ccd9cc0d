"""The train page: the recipe as steps at the left, the live curves at the right."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QWidget

from desktop.actions import ActionInfo, make_action
from desktop.pages.page import Page
from desktop.pages.train.go_card import GoCard
from desktop.pages.train.recipe_panel import RecipePanel
from desktop.pages.train.run_panel import RunPanel
from desktop.runs import job_title
from desktop.session import Session
from desktop.widgets.boxes import column_box
from desktop.widgets.buttons import push
from desktop.widgets.empty import Empty
from engine.files import write_text

RECIPES = "Recipes (*.toml)"
LEFT, RIGHT, LEAST_LEFT = 372, 900, 320
COMMANDS = (
    ActionInfo("train.start", "Start training", "Ctrl+Return", "play", "Carry the recipe out in a new run", "start"),
    ActionInfo("train.pause", "Pause", "Ctrl+Shift+P", "pause", "Hold the run at its next safe point", "pause"),
    ActionInfo("train.resume", "Resume", "Ctrl+Shift+R", "resume",
               "Let the run go on, or continue one that stopped before its end", "resume"),
    ActionInfo("train.cancel", "Cancel", "Ctrl+Shift+K", "stop",
               "End the run at its next safe point; what was finished stays", "cancel"),
    ActionInfo("train.open", "Open a recipe…", "Ctrl+Alt+O", "open", "Take a recipe from a TOML file", "open_recipe"),
    ActionInfo("train.save", "Save the recipe as…", "Ctrl+S", "export", "Write the recipe as a TOML file",
               "save_recipe"),
    ActionInfo("train.reset", "Reset the recipe", "Ctrl+Alt+Z", "undo", "Back to the recipe as it was chosen",
               "reset_recipe"),
)  # fmt: skip


class TrainPage(Page):
    """Starts and steers runs; what is shown of one is rebuilt from its folder."""

    title = "Train"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.commands = {info.key: make_action(info, self, getattr(self, info.handler)) for info in COMMANDS}
        start, pause, resume, cancel = list(self.commands.values())[:4]
        self.go = GoCard(start, pause, resume, cancel)
        self.recipe_panel = RecipePanel(session, self.go)
        self.run_panel = RunPanel(session, start)
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.reload()

    def actions(self) -> list[QAction]:
        return list(self.commands.values())

    def caption(self) -> str:
        draft = self.recipe_panel.draft
        if draft is None or self.session.cohort is None:
            return ""
        return f"{draft.base.title or draft.base.name}{', changed' if draft.changed else ''}"

    def badge(self) -> str:
        return "Image level" if self.session.image_level else ""

    def shown(self) -> None:
        self.run_panel.refresh()
        self.recipe_panel.use_protocol()

    def reload(self) -> None:
        """Show the cohort as the session has it."""
        self._stack.setCurrentIndex(0 if self.session.cohort is None else 1)
        if self.recipe_panel.draft is None:
            self.recipe_panel.load_shelf()
        else:
            self.recipe_panel.show_draft()
        self._update()

    def start(self) -> None:
        """Start a run of the recipe as it stands."""
        if self.recipe_panel.recipe is not None:
            self.session.runs.start(self.recipe_panel.recipe)

    def pause(self) -> None:
        """Hold the active run."""
        if not self.session.runs.paused:
            self.session.runs.toggle_pause()

    def resume(self) -> None:
        """Let the active run go on; else go on with the one looked at."""
        runs, watch = self.session.runs, self.run_panel.watch
        if runs.paused:
            runs.toggle_pause()
        elif watch is not None:
            runs.resume(watch.folder)

    def cancel(self) -> None:
        """End the active run."""
        self.session.runs.cancel()

    def open_recipe(self) -> None:
        """Ask for a TOML file and take its recipe."""
        chosen, _ = QFileDialog.getOpenFileName(self, "Open a recipe", "", RECIPES)
        if chosen:
            self.recipe_panel.open_file(Path(chosen))

    def save_recipe(self) -> None:
        """Ask where, and write the recipe there."""
        recipe = self.recipe_panel.recipe
        if recipe is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the recipe", f"{recipe.name}.toml", RECIPES)
        if chosen:
            path = Path(chosen).with_suffix(".toml")
            self.session.bridge.submit(
                lambda: write_text(path, recipe.to_toml()),
                lambda _: self.session.announced.emit(f"Saved {path.name}."),
                owner=self,
            )

    def reset_recipe(self) -> None:
        """Take every change back."""
        self.recipe_panel.reset()

    def _update(self) -> None:
        runs, panel = self.session.runs, self.recipe_panel
        fit, draft = panel.fit, panel.draft
        ready = fit is not None and not fit.problem and panel.recipe is not None
        watch = self.run_panel.watch
        stopped = watch is not None and watch.progress.state.resumable and not runs.busy
        self._enable("start", ready and not runs.busy)
        self._enable("pause", runs.active is not None and not runs.paused and not runs.stopping)
        self._enable("resume", (runs.paused and not runs.stopping) or stopped)
        self._enable("cancel", runs.active is not None and not runs.stopping)
        self._enable("open", self.session.cohort is not None)
        self._enable("save", panel.recipe is not None)
        self._enable("reset", draft is not None and draft.changed)
        self.go.show_busy(busy=runs.busy, paused=runs.paused)
        self._say()
        self.heading_changed.emit()

    def _say(self) -> None:
        runs, panel = self.session.runs, self.recipe_panel
        if runs.active is not None:
            state = "Stopping at the next safe point" if runs.stopping else "Paused" if runs.paused else "At work"
            self.go.show_working(f"{state}: {job_title(runs.active.progress, runs.active.name)}")
        elif runs.starting:
            self.go.show_working("Starting…")
        elif panel.fit is not None and panel.draft is not None:
            self.go.show_fit(panel.fit, int(panel.draft.get("training", "epochs", default=0)))

    def _enable(self, name: str, able: bool) -> None:
        self.commands[f"train.{name}"].setEnabled(able)

    def _workspace_changed(self) -> None:
        self.recipe_panel.forget()
        self.reload()

    def _connect(self) -> None:
        session = self.session
        session.workspace_changed.connect(self._workspace_changed)
        session.cohort_changed.connect(self.reload)
        session.runs.changed.connect(self._update)
        self.recipe_panel.changed.connect(self._update)
        self.run_panel.watch_changed.connect(self._update)
        self.run_panel.recipe_wanted.connect(self.recipe_panel.take)

    def _build(self) -> None:
        ask = self.session.ask
        buttons = (
            push("Open a folder of scans", lambda: ask("workspace.open"), icon="open"),
            push("Try the demo study", lambda: ask("workspace.demo"), icon="demo"),
        )
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        self.recipe_panel.setMinimumWidth(LEAST_LEFT)
        split.addWidget(self.recipe_panel)
        split.addWidget(self.run_panel)
        split.setStretchFactor(1, 1)
        split.setSizes([LEFT, RIGHT])
        self._stack.addWidget(Empty("train", "Nothing to train on yet", WHAT, buttons))
        self._stack.addWidget(split)
        column_box(self).addWidget(self._stack)


WHAT = "A classifier learns from labelled patients. Open a workspace first: its patients and labels fill these steps."
