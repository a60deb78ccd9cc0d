"""What the window's commands do; the table of desktop.actions names these methods."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop import icons, theme
from desktop.jobs import Job

if TYPE_CHECKING:
    from desktop.window import Window

Home = QStandardPaths.StandardLocation.HomeLocation


class Commands:
    """Mixed into the window, so that the frame's file holds only the frame."""

    def choose_folder(self: "Window") -> None:
        """Ask for a folder; a workspace is opened, another is offered for import."""
        chosen = QFileDialog.getExistingDirectory(
            self, "A workspace, or a folder of scans", QStandardPaths.writableLocation(Home)
        )
        if chosen:
            self.session.open_folder(Path(chosen))

    def open_demo(self: "Window") -> None:
        self.session.open_demo()

    def refresh_cohort(self: "Window") -> None:
        self.session.refresh_cohort()

    def close_workspace(self: "Window") -> None:
        self.session.close_workspace()

    def undo(self: "Window") -> None:
        self.session.edits.undo()

    def redo(self: "Window") -> None:
        self.session.edits.redo()

    def ask(self: "Window", key: str) -> None:
        """Carry out the command `key`, for a page that offers it."""
        self.actions_table[key].trigger()

    def show_page(self: "Window", key: str) -> None:
        self.pages.show_page(key)

    def find_patient(self: "Window") -> None:
        self.session.settings.list_shown = True
        self._show_bars()
        self.cohort_list.search.setFocus()
        self.cohort_list.search.selectAll()

    def step_patient(self: "Window", by: str) -> None:
        self.cohort_list.step(int(by))

    def toggle_list(self: "Window") -> None:
        self.session.settings.list_shown = not self.session.settings.list_shown
        self._show_bars()

    def toggle_rail(self: "Window") -> None:
        self.session.settings.rail_shown = not self.session.settings.rail_shown
        self._show_bars()

    def toggle_bars(self: "Window") -> None:
        settings = self.session.settings
        settings.rail_shown = settings.list_shown = not (settings.rail_shown or settings.list_shown)
        self._show_bars()

    def toggle_inspector(self: "Window") -> None:
        self.session.settings.inspector_shown = not self.session.settings.inspector_shown
        self._show_bars()

    def toggle_theme(self: "Window") -> None:
        """Change to the other theme, everywhere at once."""
        self.session.settings.theme = "light" if theme.current().name == "dark" else "dark"
        theme.apply(_application(), self.session.settings.theme)

    def toggle_full_screen(self: "Window") -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def pause_work(self: "Window") -> None:
        job = self._newest_job()
        if job is not None and job.pausable:
            job.toggle_pause()
            self.tray.refresh()

    def cancel_work(self: "Window") -> None:
        job = self._newest_job()
        if job is not None:
            job.cancel()
            self.tray.refresh()

    def show_shortcuts(self: "Window") -> None:
        """Show the panel of keys, or put it away."""
        if self.shortcut_panel.isVisible():
            return self.shortcut_panel.hide()
        groups = {name.replace("&", ""): menu.actions() for name, menu in self._menus.items()}
        self.shortcut_panel.show_groups(
            {name: [action for action in actions if not action.isSeparator()] for name, actions in groups.items()}
        )

    def show_about(self: "Window") -> None:
        from engine import __version__

        self.status.say(f"Isocenter {__version__}. For research, not for clinical use.")

    def dismiss(self: "Window") -> None:
        """Put away what lies over the page, one thing at a time."""
        if self.shortcut_panel.isVisible():
            self.shortcut_panel.hide()
        elif self.banner.isVisible():
            self.banner.dismiss()
        elif self.import_offer.isVisible():
            self.import_offer.dismiss()

    def _newest_job(self: "Window") -> Job | None:
        return self.session.bridge.jobs[-1] if self.session.bridge.jobs else None

    def _themed(self: "Window", tokens: theme.Tokens) -> None:
        icons.recolour(_application())

    def _show_bars(self: "Window") -> None:
        """Show the side bars as the settings have them; no list where nothing is open and the doors say so."""
        settings = self.session.settings
        self.rail.setVisible(settings.rail_shown)
        self.cohort_list.setVisible(settings.list_shown and self._list_makes_sense())
        panel = self.pages.page.inspector() if self.pages.page is not None else None
        if panel is not None:
            if self.inspectors.indexOf(panel) < 0:
                self.inspectors.addWidget(panel)
            self.inspectors.setCurrentWidget(panel)
        self.inspectors.setVisible(settings.inspector_shown and panel is not None)

    def _list_makes_sense(self: "Window") -> bool:
        return self.session.cohort is not None or self.pages.key != "start"


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


