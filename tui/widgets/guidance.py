"""The panel beside the form: what to write, what is cited, what is wanted, what is wrong here."""

from __future__ import annotations

from typing import Any

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hoso.comparing import moment
from hoso.definitions import Node
from hoso.i18n import tr
from hoso.kinds import ChoiceField
from hoso.text import shown_day
from tui import remarks
from tui.carrying import formerly
from tui.fields.base import remark_line
from tui.finding import elsewhere
from tui.fitting import clipped
from tui.hanging import hanging
from tui.light import light
from tui.places import Key, Place
from tui.session import Session
from tui.to_do import to_do

_ELSEWHERE = 6  # lines at most
_FORMERLY = 240  # cells of an answer of before


class Guidance(VerticalScroll, can_focus=True):
    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.session = session
        self._text = Static()
        self._place: Place | None = None
        self._told = Content("")

    def compose(self) -> Any:
        yield self._text

    def show(self, place: Place, key: Key | None = None) -> None:
        """What there is to say of a place, and of the field that has the focus."""
        told = self.told(place, key)
        if place != self._place:
            self._place = place
            self.scroll_home(animate=False)
        if told != self._told:
            self._told = told
            self._text.update(hanging(told))

    def told(self, place: Place, key: Key | None = None) -> Content:
        here = [*self._of_field(key), *self._remarks(place), *self._problems(place)]
        beside = [*self._elsewhere(place), *self._formerly(place)]
        told = [*here, *self._of_section(place), *beside, *self._of_outline(place)]
        return Content("\n").join(told or [Content.styled(tr("There is no guidance for this part."), "$text-muted")])

    def _of_field(self, key: Key | None) -> list[Content]:
        if key is None or key.target != "field":
            return []
        made = self.session.field(key)
        if isinstance(made, ChoiceField):  # all that can be chosen stands in the form, as does the hint of any field
            return []
        return [_title(made.name), *(Content(f"• {one}") for one in made.wants()), Content("")]

    def _of_section(self, place: Place) -> list[Content]:
        if place.section is None:
            return []
        node = self.session.node(place)
        out = [_title(tr("What to write")), Content(node.section.prompt), Content("")] if node.section.prompt else []
        return [*out, *self._documents(node)]

    def _documents(self, node: Node) -> list[Content]:
        register = self.session.workspace.definitions.lists.documents
        named = dict.fromkeys(name for ask in node.asks.values() for name in ask.mentions)
        named |= dict.fromkeys(name for made in node.fields.values() for name in getattr(made, "mentions", []))
        lines = []
        for name in named:
            cited = register.get(name)
            if cited is not None:
                day = shown_day(cited.date) if cited.date else ""
                about = ", ".join(filter(None, [cited.title, cited.issuer, day, cited.about]))
                lines.append(Content.assemble((name, "bold"), " ", (about, "$foreground-muted")))
        return [_title(tr("Documents cited")), *lines, Content("")] if lines else []

    def _elsewhere(self, place: Place) -> list[Content]:
        """Figures of this section that other sections give too."""
        lines = [Content(f"• {one.text}") for one in elsewhere(self.session, place)[:_ELSEWHERE]]
        return [_title(tr("Given elsewhere (Alt+G)")), *lines, Content("")] if lines else []

    def _formerly(self, place: Place) -> list[Content]:
        """What the same section said in the dossier of the period before."""
        lines = []
        for one in formerly(self.session, place):
            told = clipped(" ".join(one.shown.split()), _FORMERLY) if one.shown else tr("a table")
            lines.append(Content.assemble((f"{one.label}: ", "$foreground-muted"), told))
        earlier = self.session.earlier
        if not lines or earlier is None:
            return []
        head = tr("{period} (Alt+K)", period=_capital(moment(earlier.period)))
        return [_title(head), *lines, Content("")]

    def _of_outline(self, place: Place) -> list[Content]:
        outline = self.session.outline(place.part)
        asked = self.session.asked[place.part]
        texts = [asked.part.note, asked.because, outline.guidance if outline else self.session.checklist.guidance]
        body = [light(text) for text in texts if text]
        return [_title(tr("About this document")), *body] if body else []

    def _remarks(self, place: Place) -> list[Content]:
        told = remarks.at(self.session, place)
        if not told or self.session.review is not None:  # who reviews writes them in the form
            return []
        lines = [remark_line(self.session, place.part, remark) for remark in told]
        return [_title(tr("Remarks ({count})", count=len(told))), *lines, Content("")]

    def _problems(self, place: Place) -> list[Content]:
        count, lines = to_do(self.session, place)
        return [_title(tr("To do here ({count})", count=count)), *lines, Content("")] if lines else []


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _title(words: str) -> Content:
    return Content.styled(words, "bold $text-accent")
