"""The level that a unit claims for itself where its score sheet is only attached."""

from __future__ import annotations

from textual import on
from textual.content import Content

from hoso.definitions.rating import level_labels
from hoso.i18n import tr
from hoso.kinds import ChoiceField, Option
from hoso.problems import Refused
from tui.fields.choice import ChoiceWidget
from tui.places import Key
from tui.reviewing import level_words, levels
from tui.session import Session
from tui.telling import words_of
from tui.widgets.choices import Choices


class ClaimWidget(ChoiceWidget):
    def __init__(self, session: Session, part: str, *, locked: bool = False) -> None:
        super().__init__(session, Key("claim", part), locked=locked)
        known = level_labels(session.asked[part], None, session.workspace.definitions.lists)
        options = [Option(id=level, label=label) for level, label in known.items()]
        self.made = ChoiceField(id="claim", type="choice", label=tr("Level that you claim"), options=options)

    def labels(self) -> dict[str, str]:
        known: dict[str, str] = dict(self.made.labels)
        return known | {one: one for one in self.chosen() if one not in known}

    def chosen(self) -> list[str]:
        claimed = self.session.dossier.claimed.get(self.key.part)
        return [claimed] if claimed else []

    def heading(self) -> Content:
        return Content.assemble((self.made.name, "bold"), (" *", "bold $text-accent"))

    def note(self) -> Content:
        made = levels(self.session, self.key.part)
        told = level_words(made) if made is not None and made.final else ""
        lines = [Content.styled(told, "$text-secondary")] if told else []
        if self.session.is_clash(self.key):
            theirs = words_of(self.session, self.key, self.session.clash(self.key)) or "–"
            words = tr("⇄ somebody else wrote: {theirs} · F5 chooses", theirs=theirs)
            lines.append(Content.styled(words, "$text-warning"))
        return Content("\n").join(lines)

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        event.prevent_default()
        level = list(self.labels())[event.index]
        try:
            self.session.put_entry(self.key, None if level in self.chosen() else level)
        except Refused as refused:
            self.app.notify(refused.problem.message, severity="error")
            return
        self.show()
        self.post_message(self.Changed(self, self.key))
