"""Series that may be one scan: what is offered, and both answers."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import QFrame, QWidget

from desktop.pages.found.choice import Choice
from desktop.pages.found.rows import below
from desktop.pages.found.wording import frames_text
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import Elided, restyle
from desktop.widgets.tiles import discard_all

if TYPE_CHECKING:
    from desktop.session import Session
    from engine.imaging import Discovery, Offer

EACH = 2


class Offers(QWidget):
    """A card per offer; where there are many, one card for all. `answered(offers, join)` on a click."""

    answered = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[OfferCard] = []
        self._column = column_box(self, gap=SIZES.s)
        self.hide()

    def show_offers(self, offers: "Sequence[Offer]", discovery: "Discovery", source: Path) -> None:
        """Ask about these; `discovery` and `source` tell where they lie."""
        discard_all(self._column)
        groups = [[offer] for offer in offers] if len(offers) <= EACH else [list(offers)]
        home = source if source.is_dir() else source.parent
        places = [below(discovery.shown(group[0].joined.path), home) for group in groups]
        self.cards = [OfferCard(group, place) for group, place in zip(groups, places, strict=True)]
        for card in self.cards:
            card.answered.connect(self.answered)
            self._column.addWidget(card)
        self.setVisible(bool(self.cards))


class OfferCard(QFrame):
    """One question, two answers."""

    answered = Signal(object, bool)

    def __init__(self, offers: "Sequence[Offer]", place: str) -> None:
        super().__init__()
        self.setObjectName("banner")
        restyle(self, tone="accent")
        one = len(offers) == 1
        self.words = Elided(offer_text(offers))
        self.join = push(
            "Make one scan" if one else "Make one scan of each",
            lambda: self.answered.emit(tuple(offers), True),
            icon="stack",
            tip="Its series become the frames of one scan; Ctrl+Z takes it back",
        )
        self.apart = push(
            "Keep apart", lambda: self.answered.emit(tuple(offers), False), kind="quiet", tip="Each stays a scan"
        )
        row = row_box(self, gap=SIZES.s, margins=(SIZES.m, SIZES.xs, SIZES.s, SIZES.xs))
        words = column_box(gap=0)
        words.addWidget(self.words)
        words.addWidget(Elided(f"{place}: {titles_text(offers)}", "caption", "muted"))
        row.addLayout(words, 1)
        row.addWidget(self.apart)
        row.addWidget(self.join)


class Answer(QUndoCommand):
    """Joins the scans of some offers, or keeps them apart; undo asks again."""

    def __init__(self, session: "Session", choice: Choice, offers: "Sequence[Offer]", join: bool) -> None:
        what = "Make one scan of several series" if join else "Keep series apart"
        super().__init__(what)
        self._session, self._choice, self._offers, self._join = session, choice, offers, join
        self._before = choice.answered

    def redo(self) -> None:
        if self._is_stale():
            return
        self._choice.answer(self._offers, join=self._join)
        self._session.intake.changed.emit()
        self._session.announced.emit("Joined. Ctrl+Z takes it back." if self._join else "Kept apart.")

    def undo(self) -> None:
        if self._is_stale():
            return
        self._choice.come_back(self._before)
        self._session.intake.changed.emit()
        self._session.announced.emit(f"{self.text()}: taken back.")

    def _is_stale(self) -> bool:
        """Once what it speaks of was added or discarded, it goes."""
        found = self._session.intake.found
        stale = found is None or found.discovery is not self._choice.found
        self.setObsolete(stale)
        return stale


def offer_text(offers: "Sequence[Offer]") -> str:
    """What is offered: "9 series look like one scan with 9 echoes, 10-90 ms"."""
    joined = offers[0].joined
    frames = frames_text(joined.frames, joined.frame_axis, joined.frame_values)
    if len(offers) == 1:
        return f"{len(offers[0].parts)} series look like one scan with {frames}"
    return f"{len(offers)} groups of series look like one scan each, the first with {frames}"


def titles_text(offers: "Sequence[Offer]") -> str:
    """What their series are called."""
    titles = dict.fromkeys(part.title or part.path.name for offer in offers for part in offer.parts)
    return ", ".join(titles)
