"""The sources of the workspace in a panel: read again with what that would bring told first, or found again."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.cohort_rows import counted
from desktop.sources.care import Kept, SourcesCare, has_news, news_text
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.panel import Panel
from desktop.widgets.text import Elided, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.cohort import ImportReport, Scan

WIDTH, HIGHEST = 620, 460
NAMED = 5
NONE = "Nothing was imported with this version yet: scans of earlier ones have no source. Import their folder again."


class SourcesPanel(Panel):
    """A card per source."""

    def __init__(self, care: SourcesCare, parent: QWidget) -> None:
        super().__init__("Sources", parent)
        self._care = care
        care.changed.connect(self._show_again)

    def open(self) -> None:
        """Show the sources as they are now."""
        self._care.reload()
        self.show_body(self._body_now())

    def find_folder(self, kept: Kept) -> None:
        """Ask where a source was moved to."""
        start = next((str(place) for place in kept.source.root.parents if place.exists()), "")
        chosen = QFileDialog.getExistingDirectory(self, f"Where is “{kept.name}” now?", start)
        if chosen:
            self._care.move(kept, Path(chosen))

    def _show_again(self) -> None:
        if self.isVisible():
            self.show_body(self._body_now())

    def _body_now(self) -> QWidget:
        body = QWidget()
        column = column_box(body, gap=SIZES.s)
        if not self._care.kept:
            column.addWidget(text(NONE, tone="muted", wrap=True))
        for kept in self._care.kept:
            column.addWidget(self._card(kept))
        column.addStretch()
        area = QScrollArea(widgetResizable=True)
        area.setWidget(body)
        area.setFixedWidth(WIDTH)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(min(HIGHEST, body.sizeHint().height() + SIZES.s))
        return area

    def _card(self, kept: Kept) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        card.setAccessibleName(kept.name)
        column = column_box(card, gap=SIZES.xs, margins=(SIZES.l, SIZES.m, SIZES.l, SIZES.m))
        column.addLayout(_head(kept))
        column.addWidget(_place(kept))
        report = self._care.news.get(kept.name)
        if report is not None:
            _tell(column, report)
        column.addSpacing(SIZES.xs)
        column.addLayout(self._buttons(kept, report))
        return card

    def _buttons(self, kept: Kept, report: "ImportReport | None") -> QHBoxLayout:
        row, care, gone = row_box(gap=SIZES.s), self._care, kept.source.gone
        buttons = []
        if report is not None and has_news(report):
            buttons.append(
                push("Take it in", partial(care.take, kept), kind="primary", tip="Bring the cohort up to date")
            )
            buttons.append(push("Leave it", partial(care.leave, kept), kind="quiet", tip="Change nothing"))
        elif kept.there:
            buttons.append(push("Look for news", partial(care.look, kept), tip="What is new, changed or gone in it"))
        if report is None or not has_news(report):
            moved = "Find the folder…" if not kept.there else "It was moved…"
            kind = "" if kept.there else "primary"
            buttons.append(
                push(moved, partial(self.find_folder, kept), kind=kind, tip="Choose where its scans are now")
            )
        if gone:
            tip = "Keep them out of every run; Ctrl+Z takes it back"
            buttons.append(push(f"Exclude the {gone} gone", partial(care.exclude_gone, kept), kind="quiet", tip=tip))
        for button in buttons:
            button.setEnabled(not care.busy)
            row.addWidget(button)
        row.addStretch()
        return row


def _head(kept: Kept) -> QHBoxLayout:
    row = row_box(gap=SIZES.m)
    row.addWidget(Elided(kept.name, "section"), 1)
    gone = f", {kept.source.gone} gone" if kept.source.gone else ""
    row.addWidget(text(f"{counted(kept.source.scans, 'scan')}{gone} · {kept.source.made:%d %b %Y}", "caption", "muted"))
    return row


def _place(kept: Kept) -> QLabel:
    place = str(kept.source.root)
    if kept.there:
        return text(place, "caption", "muted", wrap=True)
    return text(f"{place} is not there: was it moved, or is a drive unplugged?", "caption", "warn", wrap=True)


def _tell(column: QVBoxLayout, report: "ImportReport") -> None:
    words = news_text(report)
    column.addWidget(text(words[:1].upper() + words[1:], wrap=True))
    for title, scans in (("Changed", report.changed), ("Moved", report.moved), ("Vanished", report.vanished)):
        if scans:
            column.addWidget(text(f"{title}: {_named(scans)}", "caption", "muted", wrap=True))
    for news in report.labels[:NAMED]:
        kept = "" if news.taken else "; it stays as you edited it"
        said = f"{news.patient}, {news.column}: {news.had or 'none'} → {news.now or 'none'}{kept}"
        column.addWidget(text(said, "caption", "muted", wrap=True))
    if len(report.labels) > NAMED:
        column.addWidget(text(f"and {counted(len(report.labels) - NAMED, 'more label')}", "caption", "muted"))


def _named(scans: "Sequence[Scan]") -> str:
    """The first of some scans by pseudonym and role."""
    names = [f"{scan.patient} {scan.role}" for scan in scans[:NAMED]]
    return ", ".join([*names, f"{len(scans) - NAMED} more"] if len(scans) > NAMED else names)
