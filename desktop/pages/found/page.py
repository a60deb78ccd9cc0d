"""The found page: how to add, what was found, what was left out; nothing is written before one says so."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import ActionInfo, make_action
from desktop.cohort_rows import counted
from desktop.intake import Found, Held, Order
from desktop.pages.found.add_form import AddForm
from desktop.pages.found.choice import Choice
from desktop.pages.found.classes_view import ClassesView
from desktop.pages.found.columns_view import ColumnsView
from desktop.pages.found.forecast import Forecast, forecast
from desktop.pages.found.foresight import Foresight, Work
from desktop.pages.found.listing import Listing
from desktop.pages.found.nothing import holds_workspaces, nothing_yet
from desktop.pages.found.offers import Answer, Offers
from desktop.pages.found.options_view import OptionsView
from desktop.pages.found.passed_over import note, warning
from desktop.pages.found.rows import Names
from desktop.pages.page import Page
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from engine.cohort.intake.plan import ImportPlan
from engine.cohort.intake.readings import Readings

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
        self._held: Held | None = None
        self._choice: Choice | None = None
        self._forecast = Forecast()
        self._readings = Readings()
        self._options_next = False
        self.form = AddForm()
        self.offers = Offers()
        self.options, self.columns, self.classes = OptionsView(session.bridge), ColumnsView(), ClassesView()
        self.listing = Listing(session, {"options": self.options, "table": self.columns, "classes": self.classes})
        self._discard, self._add = (make_action(info, self, getattr(self, info.handler)) for info in COMMANDS)
        self.foresight = Foresight(session, self._wish, self)
        self._whole = QStackedWidget()
        self._doors = QWidget()
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

    @property
    def asking(self) -> bool:
        """Whether what is shown of an import is about to change."""
        return self.foresight.asking

    def reload(self) -> None:
        """Show what the intake holds now; the choice is kept as long as it is the same."""
        found = self.session.intake.found
        if found is not self._found:
            self._begin(found)
        self._show_held(self.session.intake.held)
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
        self.session.intake.add(Order(self._choice.chosen(), self.form.destination, self.plan()))

    def plan(self) -> ImportPlan:
        """What was chosen; the rest is recognised."""
        form = self.form
        return ImportPlan(
            layout=form.layout_key,
            options=self.options.chosen(form.layout_key),
            table=form.label_table,
            uses=self.columns.uses,
            classes=self.classes.classes,
            name=form.source_name,
            same_people=form.same_people.isChecked(),
        )

    def discard(self) -> None:
        self.session.intake.discard()

    def open_held(self, workspace: Path) -> None:
        """Open a workspace that lies in what was to be looked into; the page is left as it opens."""
        if self.session.workspace is not None and self.session.workspace.path == workspace:
            self.discard()
        else:
            self.session.open_workspace(workspace)

    def _show_held(self, held: Held | None) -> None:
        """What lies there already is offered before any scan is looked for."""
        if held is self._held:
            return
        self._held = held
        self._whole.removeWidget(self._doors)
        self._doors.deleteLater()
        self._doors = QWidget()
        self._whole.setCurrentIndex(0 if self._found is not None else 1)
        if held is not None:
            self.title = f"Workspaces in {shortened(held.name)}"
            look = partial(self.session.intake.look_into, held.places, for_scans=True)
            self._doors = holds_workspaces(held, self.open_held, look)
            self._whole.addWidget(self._doors)
            self._whole.setCurrentWidget(self._doors)

    def answer(self, offers: object, join: bool) -> None:
        """Join scans as offered, or keep them apart; Ctrl+Z takes it back."""
        if self._choice is not None and not self.session.intake.adding:
            self.session.edits.push(Answer(self.session, self._choice, tuple(offers), join))  # type: ignore[arg-type]

    def _begin(self, found: Found | None) -> None:
        self.foresight.stop()
        self._found, self._forecast = found, Forecast()
        self._choice = None if found is None else Choice(found.discovery)
        self._readings = Readings()
        self._whole.setCurrentIndex(0 if found is not None else 1)
        self.title = "" if found is None else f"What was found in {shortened(found.name)}"
        if found is None or self._choice is None:
            self.listing.end()
            return
        self.form.begin(found.places, self.session.title)
        self.form.setVisible(bool(found.discovery.scans))
        for view in (self.options, self.columns, self.classes):
            view.begin()
        self.listing.begin(found, self._choice)

    def _ask_soon(self) -> None:
        """Forecast anew, once nothing changes for a moment."""
        self.foresight.ask_soon()
        self._refresh()

    def _wish(self) -> Work | None:
        if self._choice is None or self._found is None:
            return None
        cohort = self.session.cohort if self.form.destination is None else None
        return partial(forecast, self._choice.chosen(), self._found.source, self.plan(), cohort, self._readings)

    def _know(self, made: Forecast, names: Names) -> None:
        self._forecast = made
        if made.way is not None:
            self._show_reading(made)
            self.listing.pass_over(made.left_out)
        self.listing.name_patients(names)
        self._refresh()

    def _show_reading(self, made: Forecast) -> None:
        """How the scans are read: the way with its options, the table's columns, the classes."""
        self.options.show_forecast(made)
        self.form.show_forecast(made, options=self.options.has_any)
        self.columns.show_columns(made.table, made.columns)
        self.classes.show_classes(made.classes, self._classes_there(made))
        self.listing.offer("options", there=self.options.has_any)
        self.listing.offer("table", there=bool(made.columns), words=str(len(made.columns)))
        self.listing.offer("classes", there=bool(made.classes), words=str(sum(map(len, made.classes.values()))))
        if self._options_next and self.options.has_any:
            self.listing.go_to("options")
        self._options_next = False

    def _classes_there(self, made: Forecast) -> dict[str, list[str]]:
        """The classes of the workspace that the scans would go into."""
        cohort = self.session.cohort if self.form.destination is None else None
        return {} if cohort is None else {column: cohort.classes(column) for column in made.classes}

    def _way_chosen(self) -> None:
        """Somebody chose a way: what can be chosen of it comes to the front, if there is anything."""
        self._options_next = True
        if self.listing.tab == "options":
            self.listing.go_to("scans")

    def _options_changed(self) -> None:
        """Options are of one way: it is no longer left to the program which."""
        self.form.ways.choose(self.options.key)
        self._ask_soon()

    def _refresh(self) -> None:
        """Have heading, commands and the line under the form say what is possible."""
        made, adding = self._forecast, self.session.intake.adding
        trouble = self.form.objection or made.trouble
        able = made.scans > 0 and not trouble and not adding
        self._add.setEnabled(able)
        self._discard.setEnabled(self.session.intake.there and not adding)
        whose = "" if made.image_level else f" of {counted(made.patients, 'patient')}"
        wish = f"Add {counted(made.scans, 'scan')}{whose}" if able else "Add the scans"
        self._add.setText("Adding…" if adding else wish)
        warned = trouble or " ".join(self._remarks())
        self.form.say(warned or f"{ONLY_READ} {note(made.left_out)}".strip(), "warn" if warned else "muted")
        self.heading_changed.emit()

    def _remarks(self) -> list[str]:
        """What one should know before adding."""
        told = [self._forecast.doubt] if self._forecast.doubt else []
        told += filter(None, [warning(self._forecast.left_out)])
        if self._forecast.lost:
            told.append(f"{counted(self._forecast.lost, 'scan')} would find no patient this way, and stay out.")
        if failed := self._forecast.failed:
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
        self.form.way_chosen.connect(self._way_chosen)
        self.form.options_wanted.connect(lambda: self.listing.go_to("options"))
        self.form.columns_wanted.connect(lambda: self.listing.go_to("table"))
        self.options.changed.connect(self._options_changed)
        self.columns.changed.connect(self._ask_soon)
        self.classes.changed.connect(self._ask_soon)
        self.listing.ticked.connect(self._ask_soon)
        self.offers.answered.connect(self.answer)
        self.foresight.made.connect(self._know)

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
