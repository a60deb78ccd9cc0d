"""Every command of the window as data; menus are tables of keys."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop import icons


@dataclass(frozen=True, slots=True)
class ActionInfo:
    """A command. `handler` names the method that carries it out; `argument`, if any, is passed to it.

    Without an `icon` its button says its words.
    """

    key: str
    text: str
    shortcut: str
    icon: str
    tip: str
    handler: str
    argument: str = ""


COMMANDS = (
    ActionInfo("workspace.open", "Open a folder of scans…", "Ctrl+O", "open",
               "Open a workspace, or look into a folder of scans", "choose_folder"),
    ActionInfo("workspace.open_files", "Open files…", "Ctrl+Shift+O", "image",
               "Look into scans, a zip archive or a DICOMDIR", "choose_files"),
    ActionInfo("workspace.demo", "Try the demo study", "Ctrl+D", "demo",
               "Make a small study of synthetic patients and open it", "open_demo"),
    ActionInfo("workspace.refresh", "Read the cohort again", "F5", "resume",
               "Look at the workspace again, after something else changed it", "refresh_cohort"),
    ActionInfo("workspace.sources", "Sources…", "Ctrl+Alt+S", "link",
               "Where the scans came from: look for news, or find a folder that was moved", "show_sources"),
    ActionInfo("workspace.close", "Close the workspace", "Ctrl+W", "close",
               "Give the workspace back and go to the start page", "close_workspace"),
    ActionInfo("window.quit", "Quit", "Ctrl+Q", "cancel", "Close the window; a run can go on later", "close"),
    ActionInfo("edit.undo", "Undo", "Ctrl+Z", "undo",
               "Take the last change back: of the cohort, or of what was measured", "undo"),
    ActionInfo("edit.redo", "Redo", "Ctrl+Shift+Z", "redo", "Do again what was taken back", "redo"),
    ActionInfo("patient.find", "Find a patient", "Ctrl+F", "search",
               "Put the cursor in the search box of the cohort list", "find_patient"),
    ActionInfo("patient.next", "Next patient", "Ctrl+Down", "chevron-down",
               "Select the next patient of the list", "step_patient", "1"),
    ActionInfo("patient.previous", "Previous patient", "Ctrl+Up", "chevron-up",
               "Select the patient before", "step_patient", "-1"),
    ActionInfo("look.list", "Cohort list", "Ctrl+B", "sidebar", "Show or fold the cohort list", "toggle_list"),
    ActionInfo("look.rail", "Page rail", "Ctrl+Shift+B", "sidebar", "Show or fold the page rail", "toggle_rail"),
    ActionInfo("look.bars", "Both side bars", "F9", "sidebar",
               "Fold the rail and the list, or bring them back", "toggle_bars"),
    ActionInfo("look.inspector", "Inspector", "Ctrl+I", "inspector",
               "Show or fold the panel at the right of a page", "toggle_inspector"),
    ActionInfo("look.theme", "Dark or light", "Ctrl+T", "sun", "Change between the dark and the light theme",
               "toggle_theme"),
    ActionInfo("look.full", "Full screen", "F11", "fullscreen", "Use the whole screen", "toggle_full_screen"),
    ActionInfo("look.settings", "Settings", "Ctrl+,", "settings", "Theme, side bars, folders, and this machine",
               "show_settings"),
    ActionInfo("work.pause", "Pause or go on", "Ctrl+P", "pause",
               "Hold the newest work of the tray, or let it go on", "pause_work"),
    ActionInfo("work.cancel", "Cancel the work", "Ctrl+.", "stop", "End the newest work of the tray", "cancel_work"),
    ActionInfo("help.keys", "Keyboard shortcuts", "?", "help", "Every command and its key", "show_shortcuts"),
    ActionInfo("help.dismiss", "Dismiss the message", "Esc", "close", "Put the message at the top away",
               "dismiss"),
    ActionInfo("help.about", "About Isocenter", "F1", "info", "Version and conditions of use", "show_about"),
)  # fmt: skip

SEPARATOR = ""
MENUS = {
    "&Workspace": (
        "workspace.open",
        "workspace.open_files",
        "workspace.demo",
        SEPARATOR,
        "workspace.refresh",
        "workspace.sources",
        "workspace.close",
        SEPARATOR,
        "window.quit",
    ),
    "&Edit": ("edit.undo", "edit.redo"),
    "&Patient": ("patient.find", "patient.next", "patient.previous"),
    "&Go": (),
    "P&age": (),
    "Wi&ndow": (
        "look.list",
        "look.rail",
        "look.bars",
        "look.inspector",
        SEPARATOR,
        "look.theme",
        "look.full",
        SEPARATOR,
        "look.settings",
    ),
    "Wor&k": ("work.pause", "work.cancel"),
    "&Help": ("help.keys", "help.about", SEPARATOR, "help.dismiss"),
}


class Actions:
    """The commands as QActions of `owner`, by key; `doer` has the methods the table names.

    Their icons are drawn by `icons.recolour_all`, after the first paint: nobody sees a menu before it.
    """

    def __init__(self, owner: QWidget, doer: object, table: tuple[ActionInfo, ...] = COMMANDS) -> None:
        self._owner = owner
        self._doer = doer
        self._made: dict[str, QAction] = {}
        for info in table:
            self.add(info)

    def add(self, info: ActionInfo) -> QAction:
        """Make the command; its key must be new and its handler a method of the doer."""
        if info.key in self._made:
            raise ValueError(f"Two commands are called {info.key!r}.")
        action = make_action(info, self._owner, _call(getattr(self._doer, info.handler), info.argument), icon_now=False)
        self._owner.addAction(action)
        self._made[info.key] = action
        return action

    def __getitem__(self, key: str) -> QAction:
        try:
            return self._made[key]
        except KeyError:
            import difflib

            near = difflib.get_close_matches(key, self._made, n=1, cutoff=0.4)
            ask = f" Did you mean {near[0]!r}?" if near else ""
            raise KeyError(f"There is no command {key!r}.{ask}") from None

    def fill(self, menu: QMenu, keys: tuple[str, ...]) -> None:
        """Put the commands of a table of keys into a menu."""
        for key in keys:
            if key == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self[key])

    def all(self) -> list[QAction]:
        return list(self._made.values())


def make_action(info: ActionInfo, owner: QWidget, handler: Callable[[], object], *, icon_now: bool = True) -> QAction:
    """A QAction of `owner` from the table's row; its tip names its key."""
    action = QAction(info.text, owner)
    action.setObjectName(info.key)
    action.setShortcut(QKeySequence(info.shortcut))
    action.setToolTip(tip(info.tip, info.shortcut))
    action.setStatusTip(info.tip)
    action.triggered.connect(lambda: handler())
    if info.icon:
        icons.assign(action, info.icon, now=icon_now)
    return action


def tip(text: str, shortcut: str) -> str:
    """What hovering says: what a thing is and its key."""
    return f"{text} ({QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)})" if shortcut else text


def _call(method: Callable[..., object], argument: str) -> Callable[[], object]:
    return (lambda: method(argument)) if argument else (lambda: method())
