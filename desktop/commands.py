"""What the window's commands do; the table of desktop.actions names these methods."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop import theme
from desktop.jobs import Job

if TYPE_CHECKING:
    from desktop.window import Window

Home = QStandardPaths.StandardLocation.HomeLocation


class Commands:
    """Each method is one command; they act on the window's parts and its session."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def close(self) -> None:
        self._window.close()

    def choose_folder(self) -> None:
        """Ask for a folder; a workspace is opened, another is looked into."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, "A workspace, or a folder of scans", QStandardPaths.writableLocation(Home)
        )
        if chosen:
            self._window.session.open_folder(Path(chosen))

    def choose_files(self) -> None:
        """Ask for scans, an archive or a DICOMDIR, and look into them."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, "Scans, a zip archive or a DICOMDIR", QStandardPaths.writableLocation(Home)
        )
        if chosen:
            self._window.session.open_places([Path(path) for path in chosen])

    def open_demo(self) -> None:
        self._window.session.open_demo()

    def refresh_cohort(self) -> None:
        self._window.session.refresh_cohort()

    def close_workspace(self) -> None:
        self._window.session.close_workspace()

    def undo(self) -> None:
        self._window.session.editing.undo()

    def redo(self) -> None:
        self._window.session.editing.redo()

    def ask(self, key: str) -> None:
        """Carry out the command `key`, for a page that offers it."""
        self._window.commands[key].trigger()

    def show_page(self, key: str) -> None:
        self._window.pages.show_page(key)

    def find_patient(self) -> None:
        self._window.session.settings.list_shown = True
        self._window.side_bars.refresh()
        self._window.cohort_list.search.setFocus()
        self._window.cohort_list.search.selectAll()

    def step_patient(self, by: str) -> None:
        self._window.cohort_list.step(int(by))

    def toggle_list(self) -> None:
        self._window.session.settings.list_shown = not self._window.session.settings.list_shown
        self._window.side_bars.refresh()

    def toggle_rail(self) -> None:
        self._window.session.settings.rail_shown = not self._window.session.settings.rail_shown
        self._window.side_bars.refresh()

    def toggle_bars(self) -> None:
        settings = self._window.session.settings
        settings.rail_shown = settings.list_shown = not (settings.rail_shown or settings.list_shown)
        self._window.side_bars.refresh()

    def toggle_inspector(self) -> None:
        self._window.session.settings.inspector_shown = not self._window.session.settings.inspector_shown
        self._window.side_bars.refresh()

    def toggle_theme(self) -> None:
        """Change to the other theme, everywhere at once."""
        self._window.session.settings.theme = "light" if theme.current().name == "dark" else "dark"
        theme.apply(_application(), self._window.session.settings.theme)

    def toggle_full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def pause_work(self) -> None:
        job = self._newest_job()
        if job is not None and job.pausable:
            job.toggle_pause()
            self._window.tray.refresh()

    def cancel_work(self) -> None:
        job = self._newest_job()
        if job is not None:
            job.cancel()
            self._window.tray.refresh()

    def show_shortcuts(self) -> None:
        """Show the panel of keys, or put it away."""
        if self._window.shortcut_panel.isVisible():
            self._window.shortcut_panel.hide()
            return
        page = self._window.pages.page
        groups = {name.replace("&", ""): menu.actions() for name, menu in self._window.menus.items()}
        groups |= {title: actions for title, actions in (() if page is None else page.menu()) if title}
        self._window.shortcut_panel.show_groups(
            {
                name: [action for action in actions if action.isVisible() and not action.shortcut().isEmpty()]
                for name, actions in groups.items()
            },
            page.gestures() if page is not None else (),
        )

    def show_settings(self) -> None:
        """Show the settings, or put them away."""
        panel = self._window.settings_panel
        if panel.isVisible():
            panel.hide()
        else:
            panel.open()

    def show_sources(self) -> None:
        """Show the sources of the workspace, or put them away."""
        panel = self._window.sources_panel
        if panel.isVisible():
            panel.hide()
        else:
            panel.open()

    def show_about(self) -> None:
        from engine import __version__

        self._window.status.say(f"Isocenter {__version__}. For research, not for clinical use.")

    def dismiss(self) -> None:
        """Put away what lies over the page, one thing at a time."""
        open_panel = next((panel for panel in self._window.panels if panel.isVisible()), None)
        if open_panel is not None:
            open_panel.hide()
        elif self._window.banner.isVisible():
            self._window.banner.dismiss()

    def _newest_job(self) -> Job | None:
        return self._window.session.bridge.jobs[-1] if self._window.session.bridge.jobs else None


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
