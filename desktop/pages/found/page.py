"""The found page: how to add, what was found, what was left out; nothing is written before one says so."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import ActionInfo, make_action
from desktop.bridge import Task
from desktop.cohort_rows import counted
from desktop.intake import Found, Order
from desktop.pages.found.add_form import AddForm
from desktop.pages.found.choice import Choice
from desktop.pages.found.forecast import Forecast, forecast
from desktop.pages.found.listing import Listing
from desktop.pages.found.nothing import nothing_yet
from desktop.pages.found.offers import Answer, Offers
from desktop.pages.page import Page
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box

SOON_MS = 120
LONGEST_NAME = 32
ONLY_READ = "Your scans stay where they are and are only read."
COMMANDS = (
    ActionInfo("found.discard", "Discard", "Ctrl+Backspace", "", "Let go of what was found; no file is touched",
               "discard"),
    ActionInfo("found.add", "Add the scans", "Ctrl+Return", "import", "Put the ticked scans into the cohort", "add"),
)  # fmt: skip


class FoundPage(Page):
    """Shows what the session's intake holds."""

    beside_list = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._found: Found | None = None
        self._choice: Choice | None = None
        self._forecast = Forecast()
        self._asked: Task | None = None
        self.form = AddForm()
        self.offers = Offers()
        self.listing = Listing(session)
        self._discard, self._add = (make_action(info, self, getattr(self, info.handler)) for info in COMMANDS)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._whole = QStackedWidget()
        self._build()
        self._connect()
        self.reload()

    def actions(self) -> list[QAction]:
        return [self._discard, self._add]

    def primary(self) -> QAction:
        return self._add

    def inspector(self) -> QWidget | None:
        return self.listing.details if self._found is not None else None

    def badge(self) -> str:
        return "Image level" if self._forecast.image_level else ""

    def shown(self) -> None:
        self.listing.table.setFocus()

    def gestures(self) -> tuple[tuple[str, str], ...]:
        return (("Tick or untick the selected scans", "Space"),)

    def reload(self) -> None:
        """Show what the intake holds now; the choice is kept as long as it is the same."""
        found = self.session.intake.found
        if found is not self._found:
            self._begin(found)
        if found is not None and self._choice is not None:
            self.listing.show_scans()
            self.offers.show_offers(self._choice.offers, self._choice.discovery, found.source)
            self.form.setEnabled(not self.session.intake.adding)
            self._ask_soon()
        self._refresh()

    def add(self) -> None:
        """Add what is ticked; once, however often one clicks."""
        if self._choice is None or not self._add.isEnabled():
            return
        self._add.setEnabled(False)
        form = self.form
        order = Order(self._choice.chosen(), form.destination, form.layout_key, form.label_table)
        self.session.intake.add(order)

    def discard(self) -> None:
        self.session.intake.discard()

    def answer(self, offers: object, join: bool) -> None:
        """Join scans as offered, or keep them apart; Ctrl+Z takes it back."""
        if self._choice is not None and not self.session.intake.adding:
            self.session.edits.push(Answer(self.session, self._choice, tuple(offers), join))  # type: ignore[arg-type]

    def _begin(self, found: Found | None) -> None:
        self._found, self._forecast = found, Forecast()
        self._choice = None if found is None else Choice(found.discovery)
        self._whole.setCurrentIndex(0 if found is not None else 1)
        self.title = "" if found is None else f"What was found in {shortened(found.name)}"
        if found is None or self._choice is None:
            self.listing.end()
            return
        self.form.begin(found.places, self.session.title)
        self.form.setVisible(bool(found.discovery.scans))
        self.listing.begin(found, self._choice)

    def _ask_soon(self) -> None:
        """Forecast anew, once nothing changes for a moment."""
        self._soon.start()
        self._refresh()

    def _ask(self) -> None:
        if self._choice is None or self._found is None:
            return
        if self._asked is not None:
            self._asked.cancel()
        form = self.form
        cohort = self.session.cohort if form.destination is None else None
        work = partial(forecast, self._choice.chosen(), self._found.source, form.layout_key, form.label_table, cohort)
        self._asked = self.session.bridge.submit(work, self._know, owner=self)

    def _know(self, made: Forecast) -> None:
        self._forecast = made
        self.form.show_forecast(made)
        by_id = self.session.settings.patient_names == "id"
        self.listing.name_patients({scan: names[by_id] for scan, names in made.names.items()})
        self._refresh()

    def _refresh(self) -> None:
        """Have heading, commands and the line under the form say what is possible."""
        made, adding = self._forecast, self.session.intake.adding
        trouble = self.form.objection or made.trouble
        able = made.scans > 0 and not trouble and not adding
        self._add.setEnabled(able)
        self._discard.setEnabled(self._found is not None and not adding)
        wish = f"Add {counted(made.scans, 'scan')} of {counted(made.patients, 'patient')}" if able else "Add the scans"
        self._add.setText("Adding…" if adding else wish)
        warned = trouble or " ".join(self._remarks())
        self.form.say(warned or ONLY_READ, "warn" if warned else "muted")
        self.heading_changed.emit()

    def _remarks(self) -> list[str]:
        """What one should know before adding."""
        told = [self._forecast.doubt] if self._forecast.doubt else []
        if self._forecast.lost:
            told.append(f"{counted(self._forecast.lost, 'scan')} would find no patient this way, and stay out.")
        if failed := self.listing.failed:
            told.append(f"{counted(failed, 'scan')} failed: added, but kept out of training until accepted.")
        return told

    def _host_changed(self) -> None:
        if self._choice is not None:
            self.form.offer_open(self.session.title)
            self._ask_soon()

    def _connect(self) -> None:
        self.session.intake.changed.connect(self.reload)
        self.session.workspace_changed.connect(self._host_changed)
        self.session.cohort_changed.connect(self._host_changed)
        self.form.changed.connect(self._ask_soon)
        self.listing.ticked.connect(self._ask_soon)
        self.offers.answered.connect(self.answer)
        self._soon.timeout.connect(self._ask)

    def _build(self) -> None:
        body = QWidget()
        column = column_box(body, gap=SIZES.m, margins=(SIZES.xl, SIZES.l, SIZES.xl, SIZES.l))
        column.addWidget(self.form)
        column.addWidget(self.offers)
        column.addWidget(self.listing, 1)
        self._whole.addWidget(body)
        self._whole.addWidget(nothing_yet(self.session.ask))
        whole = column_box(self)
        whole.addWidget(self._whole)


def shortened(name: str) -> str:
    """A name short enough for a heading."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
