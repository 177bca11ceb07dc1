"""What the keys do on the screen one comes from, and what the signs mean."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hoso.i18n import mark, tr
from tui import kept_keys, keys
from tui.hanging import Hanging
from tui.screens.ask import Dialog

_SIGNS = (
    ("○ ◐ ●", mark("nothing done · partly done · all done")),
    ("8/11", mark("done of what is wanted")),
    ("✗ ! ·", mark("error · warning · still missing")),
    ("⊖", mark("waived, with the reason")),
    ("☐ ☑ ↗ ⊘", mark("an ask: open · covered here · covered elsewhere · absent, with a reason")),
    ("*", mark("must be answered")),
    ("✎ ☑ ↩", mark("remarks of the superior office: open · settled · the item came back")),
    ("⚑", mark("marked to come back to")),
    ("Σ = ░", mark("in a table: a total · worked out, not typed · not to be filled in")),
    ("┃ ……", mark("in the preview: does not print · still to be written")),
    ("→ ⇄", mark("carried over, to be accepted · somebody else wrote here too")),
)
_HABITS = (
    mark("Saving happens by itself; the corner below says when. Nothing has to be finished before you move on."),
    mark("Vietnamese is typed with your usual input method (Telex, VNI)."),
    mark("Figures are typed as usual: 8341, 8.341 or 94,5."),
    mark(
        "Language and colours are chosen under ^P and kept for you. HOSO_LANGUAGE goes before that choice, and that "
        "choice before the language of the workspace."
    ),
    mark("Tab goes to the next field; in short fields Enter, ↓ and ↑ do too."),
)


class HelpScreen(Dialog[None]):
    CSS_PATH = "help.tcss"
    tall = True
    idle = frozenset({"help"})

    def __init__(self, scopes: tuple[str, ...]) -> None:
        super().__init__(tr("Help"))
        self.explained = scopes

    def body(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Static(self.words())

    def words(self) -> Hanging:
        nothing = Content("")
        rows = [(nothing, Content.styled(tr("Keys"), "bold $text-accent"))]
        for command in keys.commands(*self.explained, keys.APP):
            key = (command.key_label or "^P").ljust(7)
            rows.append((Content.styled(key, "bold $text-primary"), Content(tr(command.tip) + _also(command))))
        rows += [(nothing, nothing), (nothing, Content.styled(tr("Keys that may not arrive"), "bold $text-accent"))]
        rows += [(Content("• "), Content(words)) for words in self.kept_elsewhere()]
        rows += [(nothing, nothing), (nothing, Content.styled(tr("Signs"), "bold $text-accent"))]
        rows += [(Content.styled(sign.ljust(9), "bold"), Content(tr(words))) for sign, words in _SIGNS]
        rows += [(nothing, nothing), (nothing, Content.styled(tr("Good to know"), "bold $text-accent"))]
        rows += [(Content("• "), Content(tr(words))) for words in _HABITS]
        return Hanging(rows)

    def kept_elsewhere(self) -> list[str]:
        """Which keys other programs keep for themselves, and what to press instead."""
        out = [tr("Some programs keep keys for themselves. What has no other key here is found in the menu, by its "
                  "words: {keys}.", keys=" · ".join(keys.labels_of("palette")))]  # fmt: skip
        if keys.is_in_browser():
            return out
        for name, words in kept_keys.kept(keys.commands(*self.explained, keys.APP)):
            out.append(f"{name}: {' · '.join(words)}")
        return out

    def on_mount(self) -> None:
        self.query_one("#help").focus()


def _also(command: keys.Command) -> str:
    others = [one for one in keys.labels_of(command.id) if one != command.key_label]
    return " " + tr("Also: {keys}.", keys=", ".join(others)) if others else ""
