"""Step 2: the ordered steps that turn a scan into a tensor."""

from typing import Any

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop import icons
from desktop.forms import Form
from desktop.forms.fold import Fold
from desktop.pages.train.card import StepCard
from desktop.pages.train.draft import Draft, options_of
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import glyph
from desktop.widgets.text import text
from engine.errors import RegistryError
from engine.prepare.step import steps


class PrepareCard(StepCard):
    """The steps of each input; each opens to its options, moves up, and goes."""

    def __init__(self) -> None:
        super().__init__(2, "Prepare")
        self._draft: Draft | None = None
        self._body = QWidget()
        self.column.addWidget(self._body)
        self.forms: dict[tuple[str, int], Form] = {}

    def show_draft(self, draft: Draft) -> None:
        """Show the preparation part of a draft."""
        self._draft = draft
        self.forms = {}
        body = QWidget()
        column = column_box(body, gap=SIZES.xs)
        for name in draft.get("inputs"):
            column.addLayout(self._head(name))
            for number, choice in enumerate(draft.get("inputs", name, "steps", default=[])):
                column.addWidget(self._step(name, number, choice))
        self.column.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        total = sum(len(given.get("steps", ())) for given in draft.get("inputs").values())
        self.summary.setText(f"{total} step{'' if total == 1 else 's'}")

    def _head(self, name: str) -> Any:
        row = row_box(gap=SIZES.xs)
        row.addWidget(text(f"{self._role(name)} scans", tone="muted"), 1)
        add = QToolButton()
        add.setProperty("kind", "quiet")
        add.setToolTip(f"Add a step for {self._role(name)}")
        add.setAccessibleName(f"Add a step for {self._role(name)}")
        add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        icons.assign(add, "plus", "muted")
        add.setMenu(self._menu(name, add))
        row.addWidget(add)
        return row

    def _role(self, name: str) -> str:
        return str(self._draft.get("inputs", name, "role")) if self._draft is not None else name

    def _menu(self, name: str, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        for step in steps:
            action = menu.addAction(step.info.label)
            action.setToolTip(step.info.summary)
            action.triggered.connect(lambda _=False, key=step.info.key: self._add(name, key))
        return menu

    def _step(self, name: str, number: int, choice: dict[str, Any]) -> QWidget:
        line = QWidget()
        row = row_box(line)
        row.addWidget(self._opening(name, number, choice), 1)
        tools = column_box()
        buttons = row_box()
        if number:
            buttons.addWidget(glyph("chevron-up", lambda: self._move(name, number), "Move this step up"))
        buttons.addWidget(glyph("close", lambda: self._remove(name, number), "Remove this step"))
        tools.addLayout(buttons)
        tools.addStretch(1)
        row.addLayout(tools)
        return line

    def _opening(self, name: str, number: int, choice: dict[str, Any]) -> QWidget:
        try:
            step = steps.get(choice["key"])
        except RegistryError as failure:
            return text(str(failure), tone="bad", wrap=True)
        form = Form(step.options)
        usual = self._usual(name, number, choice["key"])
        form.show_values(options_of(choice), usual)
        form.edited.connect(lambda _: self._set_options(name, number, form))
        self.forms[name, number] = form
        words = f"{number + 1}.  {step.info.label}{in_brief(options_of(choice))}"
        if not form.rows:
            label = text(f"{number + 1}.  {step.info.label}")
            label.setToolTip(step.info.summary)
            label.setContentsMargins(SIZES.icon + SIZES.s, 0, 0, 0)
            return label
        fold = Fold(words, form)
        fold.button.setToolTip(step.info.summary)
        return fold

    def _usual(self, name: str, number: int, key: str) -> dict[str, Any]:
        if self._draft is None:
            return {}
        choice = self._draft.usual("inputs", name, "steps", number, default={})
        return options_of(choice) if choice.get("key") == key else {}

    def _set_options(self, name: str, number: int, form: Form) -> None:
        if self._draft is not None:
            key = self._draft.get("inputs", name, "steps", number, "key")
            self._draft.set("inputs", name, "steps", number, value={"key": key, **form.values()})
            self.edited.emit()

    def _add(self, name: str, key: str) -> None:
        self._change(name, lambda chosen: [*chosen, {"key": key}])

    def _remove(self, name: str, number: int) -> None:
        self._change(name, lambda chosen: [one for i, one in enumerate(chosen) if i != number])

    def _move(self, name: str, number: int) -> None:
        def moved(chosen: list[Any]) -> list[Any]:
            before, one, other, after = chosen[: number - 1], chosen[number], chosen[number - 1], chosen[number + 1 :]
            return [*before, one, other, *after]

        self._change(name, moved)

    def _change(self, name: str, change: Any) -> None:
        if self._draft is not None:
            chosen = self._draft.get("inputs", name, "steps", default=[])
            self._draft.set("inputs", name, "steps", value=change(list(chosen)))
            self.show_draft(self._draft)
            self.edited.emit()


def in_brief(options: dict[str, Any]) -> str:
    """The options of a step in its line: "  24 × 24"."""
    parts = [" × ".join(map(str, value)) if isinstance(value, list) else f"{value}" for value in options.values()]
    return "  ·  " + ", ".join(parts) if parts else ""
