"""A choice of one (◉) or several (☑) options, and a mark, which is a choice of nothing or x."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from tui.fields.base import FieldWidget
from tui.places import Key
from tui.session import Session
from tui.widgets.choices import Choices
from tui.widgets.numbered import NumberedChoices


class ChoiceWidget(FieldWidget):
    marks: ClassVar[str] = ""  # letters that choose the line under the cursor

    def __init__(self, session: Session, key: Key, *, locked: bool = False) -> None:
        super().__init__(session, key, locked=locked)
        self._choices = NumberedChoices(marks=self.marks, disabled=locked)

    def labels(self) -> dict[str, str]:
        """Each option's id and words; a value that is no option is shown too."""
        value = self.session.answer(self.key).value
        chosen = value if isinstance(value, list) else [value] if value else []
        known: dict[str, str] = self.made.labels
        return known | {str(one): str(one) for one in chosen if one not in known}

    def chosen(self) -> list[str]:
        value = self.session.answer(self.key).value
        return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []

    def editor(self) -> ComposeResult:
        yield self._choices

    def signs(self) -> tuple[str, str]:
        return ("☑", "☐") if self.made.many else ("◉", "○")

    def show_value(self) -> None:
        chosen, (yes, no) = self.chosen(), self.signs()
        self._choices.show(
            [
                (yes, Content.styled(label, "bold")) if option in chosen else (no, Content(label))
                for option, label in self.labels().items()
            ]
        )

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        option, chosen = list(self.labels())[event.index], self.chosen()
        if option in chosen:
            chosen.remove(option)
        else:
            chosen = [*chosen, option] if self.made.many else [option]
        ordered = [one for one in self.labels() if one in chosen]
        self.change((ordered if self.made.many else ordered[0]) if ordered else None)
        if event.firm and not self.made.many:
            self.screen.focus_next()


class MarkWidget(ChoiceWidget):
    marks = "x"

    def labels(self) -> dict[str, str]:
        return {"x": self.made.name}

    def signs(self) -> tuple[str, str]:
        return "☑", "☐"

    def heading(self) -> Content:
        return Content.styled(self.made.hint, "$foreground-muted")

    def settle_notes(self) -> None:
        super().settle_notes()
        self._heading.display = bool(self.made.hint)

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        event.prevent_default()
        self.change(None if self.chosen() else "x")
