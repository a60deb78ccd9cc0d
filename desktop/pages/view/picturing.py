"""On the view page: what is in sight as files."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMainWindow

from desktop import icons
from desktop.actions import tip
from desktop.pages.view.feature import Feature
from desktop.picturing.frozen import Frozen, Writing, freeze
from desktop.picturing.painted import painted
from desktop.picturing.panel import SavePanel
from desktop.picturing.pseudonyms import pseudonyms
from desktop.picturing.saving import PAPER, Saving
from desktop.picturing.subject import ALONG, Subject
from desktop.picturing.turning import Look, Turning
from desktop.picturing.wish import MOVIES, PICTURES, Kind, What, Wish
from engine.pictures.movie import Motion
from engine.pictures.viewing import Viewing

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage

PLACE = QStandardPaths.StandardLocation.PicturesLocation
SAVE = "Save what is in sight as a file"
COPY = "Copy the picture in front"
FILM = "Save slices, frames or the turning volume as a movie"


class Picturing(Feature):
    """Pictures and movies of the scan in front, and of the whole layout."""

    title = "Pictures"

    def __init__(self, page: "ViewPage") -> None:
        super().__init__(page)
        self.subject = Subject(page.panes, page.session.patient_name)
        self.saving = Saving(page.session, self)
        self.picture_panel: SavePanel | None = None
        self.movie_panel: SavePanel | None = None
        self.save = self._action("camera", "Save picture…", "Ctrl+S", SAVE, self.ask)
        self.copy = self._action("copy", "Copy picture", "Ctrl+Shift+C", COPY, self.copy_front)
        self.film = self._action("film", "Save movie…", "Ctrl+Shift+S", FILM, self.ask_movie)
        self._offer()

    def actions(self) -> list[QAction]:
        return [self.save, self.copy, self.film]

    def tools(self) -> list[QAction]:
        return [self.save, self.film]

    def scan_changed(self) -> None:
        self._offer()

    def viewing_changed(self, viewing: Viewing) -> None:
        self._offer()

    def let_go(self) -> None:
        self._offer()
        for panel in (self.picture_panel, self.movie_panel):
            if panel is not None:
                panel.hide()

    def ask(self) -> None:
        """Open the panel for pictures."""
        if self.picture_panel is None:
            self.picture_panel = self._panel("Save picture", moving=False)
        self._open(self.picture_panel, PICTURES)

    def ask_movie(self) -> None:
        """Open the panel for movies."""
        if self.movie_panel is None:
            self.movie_panel = self._panel("Save movie", moving=True)
        self._open(self.movie_panel, MOVIES)

    def copy_front(self) -> None:
        """Put the picture in front on the clipboard, as it is on the screen."""
        frozen = self._frozen("front", self.page.devicePixelRatioF(), Writing())
        QGuiApplication.clipboard().setImage(painted(frozen))
        self.page.session.announced.emit("Copied the picture.")

    def carry_out(self, wish: Wish) -> None:
        """Save what is wished, of what is in sight now."""
        viewing, volume = self.subject.front.viewing, self.subject.volume_view
        if viewing is None or not self.subject.possible(wish.what):
            return
        self._remember(wish)
        ratio, motion = self.subject.ratio(wish), Motion(wish.fps, wish.loop)
        if wish.what in ("front", "layout"):
            writing = Writing(wish.texts, wish.named, paper=wish.path.suffix.lower() == PAPER)
            self.saving.picture(self._frozen(wish.what, ratio, writing), wish.path, overwrite=wish.overwrite)
        elif volume is not None and wish.what == "movie-turn":
            turning = Turning(volume, Look(volume.size(), ratio), parent=self)
            self.saving.turn(turning, wish.path, motion, overwrite=wish.overwrite)
        else:
            self._save_series(wish, viewing, motion)

    def _frozen(self, what: What, ratio: float, writing: Writing) -> Frozen:
        with pseudonyms(self.page.features, self.page.session.patient_name):
            return freeze(self.subject.sight(what), ratio, writing)

    def _save_series(self, wish: Wish, viewing: Viewing, motion: Motion) -> None:
        size, lettering = self.subject.pixels(wish, viewing), self.subject.lettering(wish)
        smooth, path = self.subject.front.view.smooth, wish.path
        if wish.what == "slices":
            self.saving.slices(viewing, size, lettering, path, smooth=smooth)
        else:
            along, over = ALONG[wish.what], wish.overwrite
            self.saving.movie(viewing, along, size, lettering, path, motion, overwrite=over, smooth=smooth)

    def _offer(self) -> None:
        """There is something to save once a scan is there, and something to run through in most."""
        front = self.subject.front
        able = front.viewing is not None and not front.filling
        self.save.setEnabled(able)
        self.copy.setEnabled(able)
        self.film.setEnabled(able and any(self.subject.possible(kind.what) for kind in MOVIES))

    def _open(self, panel: SavePanel, kinds: tuple[Kind, ...]) -> None:
        there = tuple(kind for kind in kinds if self.subject.possible(kind.what))
        if there:
            settings = self.page.session.settings
            folder = Path(settings.picture_folder or QStandardPaths.writableLocation(PLACE))
            panel.ask(there, self.subject.dense_area, self.subject.name, folder, settings.picture_size)

    def _remember(self, wish: Wish) -> None:
        settings = self.page.session.settings
        settings.picture_folder = str(wish.path.parent)
        settings.picture_size = f"{wish.size:.0f}"
        settings.save()

    def _panel(self, title: str, *, moving: bool) -> SavePanel:
        window = self.page.window()
        frame = window.centralWidget() if isinstance(window, QMainWindow) else None
        made = SavePanel(title, frame or window, moving=moving)
        made.wanted.connect(self.carry_out)
        return made

    def _action(self, icon: str, words: str, key: str, what: str, act: Callable[[], None]) -> QAction:
        action = QAction(words, self.page)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(tip(what, key))
        icons.assign(action, icon)
        action.triggered.connect(lambda: act())
        return action
