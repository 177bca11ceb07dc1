"""Every key of the app, once: the footer, the palette, the help and the bindings are made from this table.

Words are translated when they are shown, so nothing here is worded at import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from textual.binding import Binding, BindingsMap

from hoso.i18n import mark, tr

APP, WORKSPACE, DOSSIER, DIALOG, GRID, REVIEW = "app", "workspace", "dossier", "dialog", "grid", "review"
PREVIEW = "preview"
# windows, by what Enter does in them
CHOOSING, GOING, ANSWERING, HANDING_IN = "choosing", "going", "answering", "handing-in"
RESTORING, EXCERPT, COPYING, ATTACH, WAIVED = "restoring", "excerpt", "copying", "attach", "waived"

# A browser never hands these to a page; each command has another key, or its line in the palette.
KEPT_BY_BROWSERS = frozenset({
    "ctrl+t", "ctrl+n", "ctrl+w", "ctrl+shift+t", "ctrl+shift+n", "ctrl+shift+w", "ctrl+tab", "ctrl+shift+tab",
    "ctrl+pageup", "ctrl+pagedown", "alt+f4",
})  # fmt: skip
_in_browser = False
OF_OPEN_ROWS = ("grid-insert", "grid-remove")
# In a footer that is too short for all its keys, these stay longest.
NEEDED = (
    "attach-view", "attach-renew", "attach-off",
    "help", "choose", "go-there", "done", "restore", "take-words", "close", "warned", "waived", "open", "grid-edit",
    "leave-preview", "fill", "extent", "find-inside", "hit-next", "marks", "headings",
    "next-open", "problems", "mark", "remark", "hand-in", "decide", "attach", "palette",
    "grid-insert", "grid-remove", "copy-list", "review-end", "undo", "definitions", "renew",
    "next", "previous", "heading-next", "heading-previous", "find", "back", "quit",
)  # fmt: skip


class Command(NamedTuple):
    """One thing the app does: its id, key, action, words for the footer, and a sentence for help and palette.

    A priority key works before the focused field hears of it. What has no key is found in the palette."""

    id: str
    key: str
    action: str
    label: str
    tip: str
    scope: str
    footer: bool = True
    priority: bool = True
    short: str = ""  # for the footer, where the label is long

    @property
    def key_label(self) -> str:
        own = self.key.split(",")
        return key_label(next((key for key in own if not (_in_browser and key in KEPT_BY_BROWSERS)), own[0]))

    def binding(self) -> Binding:
        return Binding(
            self.key, self.action, tr(self.label), show=self.footer, priority=self.priority,
            tooltip=tr(self.tip), id=self.id, key_display=self.key_label,
        )  # fmt: skip


class Shown(NamedTuple):
    """A key in a footer; of two, the one with the lower rank stays longer where there is no room."""

    key: str
    words: str
    action: str
    rank: int


COMMANDS: tuple[Command, ...] = (
    # a window; its own keys come before those of what lies below
    Command("choose", "enter", "choose", mark("Choose"), mark("Takes the line under the cursor."), CHOOSING,
            priority=False),
    Command("go-there", "enter", "choose", mark("Go there"), mark("Goes to the line under the cursor."), GOING,
            priority=False),
    Command("warned", "f4", "look", mark("Problems"), mark("Lists what is to be looked at before; then asks again."),
            HANDING_IN),
    Command("waived", "space", "waived", mark("Waived"), mark("Shows what was waived with a reason, or hides it."),
            WAIVED, priority=False),
    Command("restore", "enter", "choose", mark("Bring back"), mark("Brings the version under the cursor back."),
            RESTORING, priority=False),
    Command("done", "enter", "done", mark("Apply"), mark("Takes over what was typed."), ANSWERING, priority=False),
    Command("take-words", "enter", "take", mark("Take"),
            mark("Takes what is selected, or the paragraph under the cursor."), EXCERPT),
    Command("copy-list", "c,ctrl+c", "copy", mark("Copy the list"), mark("Copies the whole list."), COPYING,
            priority=False),
    Command("close", "escape", "close", mark("Close"), mark("Closes this window without changing anything."),
            DIALOG, priority=False),
    Command("help", "f1", "app.help", mark("Help"), mark("What the keys do here."), APP),
    # the list of dossiers
    Command("open", "enter", "open_chosen", mark("Open"), mark("Opens the dossier under the cursor."),
            WORKSPACE, priority=False),
    Command("definitions", "f4", "definition_problems", mark("Faults in definitions"),
            mark("What is wrong in outlines, checklists and units."), WORKSPACE),
    Command("show-all", "escape", "show_all", mark("Show all"),
            mark("Takes out what was typed, so that all units are listed."), WORKSPACE, footer=False, priority=False),
    Command("renew", "f5", "renew", mark("Check again"), mark("Reads and checks all dossiers again."), WORKSPACE),
    # a table
    Command("grid-edit", "f2", "focused.grid_edit", mark("Edit cell"),
            mark("In a table: goes into the text of the cell; a choice opens its list."), GRID, priority=False),
    Command("grid-mark", "space", "focused.grid_mark", mark("Mark, pick"),
            mark("In a table: x or nothing, or the list of a choice."), GRID, footer=False, priority=False),
    Command("grid-insert", "insert", "focused.grid_rows('inserted')", mark("Add row"),
            mark("In a table: a new row above; as many as are selected."), GRID, priority=False),
    Command("grid-remove", "ctrl+delete", "focused.grid_rows('removed')", mark("Remove row"),
            mark("In a table: takes the row away, or the selected ones."), GRID, priority=False),
    Command("grid-up", "alt+up", "focused.grid_rows('up')", mark("Row up"),
            mark("In a table: moves the row up, or the selected ones."), GRID, footer=False, priority=False),
    Command("grid-down", "alt+down", "focused.grid_rows('down')", mark("Row down"),
            mark("In a table: moves the row down, or the selected ones."), GRID, footer=False, priority=False),
    Command("grid-copy", "ctrl+c,ctrl+insert,super+c", "focused.grid_copy", mark("Copy"),
            mark("In a table: copies what is selected with Shift and arrows, for Excel too."), GRID, priority=False),
    Command("grid-paste", "ctrl+v,shift+insert,super+v", "focused.grid_paste", mark("Paste"),
            mark("In a table: pastes a block of cells copied in Excel or here; what does not fit is listed."), GRID,
            priority=False),
    Command("grid-cut", "ctrl+x,shift+delete,super+x", "focused.grid_cut", mark("Cut"),
            mark("In a table: copies what is selected and empties it; inside a cell, of the words selected there."),
            GRID, footer=False, priority=False),
    Command("grid-select", "ctrl+a,super+a", "focused.grid_select", mark("Select all"),
            mark("In a table: selects all cells; inside a cell, its whole text."), GRID, footer=False, priority=False),
    Command("grid-break", "alt+enter,ctrl+j", "focused.grid_break", mark("Line break"),
            mark("In a table: a new line inside the cell; where a cell takes several answers, the next one."), GRID,
            footer=False, priority=False),
    Command("grid-fill", "ctrl+d", "focused.grid_fill", mark("Fill down"),
            mark("In a table: copies the cell above, or the first of the selected rows into the others."), GRID,
            footer=False, priority=False),
    # a dossier
    Command("next-open", "f3", "next_open", mark("Next missing"),
            mark("Goes to the next section in which something is missing or wrong."), DOSSIER, short=mark("Missing")),
    Command("problems", "f4", "problems", mark("Problems"),
            mark("Lists all problems; press Enter to go to one."), DOSSIER),
    Command("mark", "f5", "mark", mark("No answer…"),
            mark("Says why there is no answer (none, not known yet, not applicable, not stated), "
                 "or where an ask is covered."), DOSSIER, short=mark("N/A…")),
    Command("panels", "f6", "cycle_panels", mark("Panels"),
            mark("Switches between tree, guidance and form."), DOSSIER),
    Command("previous", "f7", "step(-1)", mark("Previous"), mark("Goes to the previous section."), DOSSIER),
    Command("next", "f8", "step(1)", mark("Next"), mark("Goes to the next section."), DOSSIER),
    Command("attach", "f9", "attachments", mark("Files"),
            mark("The documents to be attached: adds, removes, checks."), DOSSIER),
    Command("hand-in", "f10", "hand_in", mark("Hand in"),
            mark("Shows what must be settled before handing in, or hands the dossier in."), DOSSIER),
    Command("find", "ctrl+f", "find", mark("Find"),
            mark("Finds a section, a question or an answer; accents do not matter."), DOSSIER),
    Command("undo", "ctrl+z", "undo", mark("Undo"), mark("Undoes the last change, wherever it was."), DOSSIER,
            priority=False),
    Command("redo", "ctrl+y,ctrl+shift+z", "redo", mark("Redo"), mark("Redoes what was undone."), DOSSIER,
            footer=False, priority=False),
    Command("save", "ctrl+s", "save_now", mark("Save"),
            mark("Saves at once. Saving also happens by itself every second."), DOSSIER, footer=False),
    Command("preview", "f2", "preview", mark("Preview"), mark("Shows the report as it will print."), DOSSIER),
    Command("quote", "alt+i", "quote", mark("Insert figure"),
            mark("In a text: quotes a figure of the dossier, or a comparison; it stays current."), DOSSIER,
            footer=False),
    Command("formerly", "alt+k", "formerly", mark("Previous period"),
            mark("The same section in the dossier before: takes answers over as proposals."), DOSSIER, footer=False),
    Command("elsewhere", "alt+g", "elsewhere", mark("Given elsewhere"),
            mark("Figures of this section that are given elsewhere too; goes there."), DOSSIER, footer=False),
    Command("bold", "ctrl+b", "bold", mark("Bold"), mark("In a text: what is selected in bold, or no longer."),
            DOSSIER, footer=False),
    Command("listed", "alt+l", "listed", mark("List"), mark("In a text: makes a list of lines, and lines again."),
            DOSSIER, footer=False),
    Command("look", "alt+v", "look", mark("As printed"),
            mark("Shows this section as it will print."), DOSSIER, footer=False),
    Command("outside", "ctrl+o", "outside", mark("Own editor"),
            mark("Opens the text in the editor that EDITOR names; what comes back is one change."), DOSSIER,
            footer=False),
    Command("bookmark", "alt+m", "bookmark", mark("Come back"), mark("Marks this section to come back to, or not."),
            DOSSIER, footer=False),
    Command("bookmark-next", "alt+n", "bookmark_step(1)", mark("Next marked"), mark("Goes to the next marked section."),
            DOSSIER, footer=False),
    Command("bookmark-previous", "alt+p", "bookmark_step(-1)", mark("Previous marked"),
            mark("Goes to the previous marked section."), DOSSIER, footer=False),
    Command("bookmarks", "alt+d", "bookmarks", mark("Marked sections"), mark("Lists the sections to come back to."),
            DOSSIER, footer=False),
    Command("versions", "alt+h", "versions", mark("Earlier versions"),
            mark("Shows what stood in this field before, and brings a version back."), DOSSIER, footer=False),
    Command("take-over", "ctrl+t,alt+t", "take_over", mark("Take over"),
            mark("Takes over a part in which somebody else is writing."), DOSSIER, footer=False),
    Command("back", "escape", "back", mark("Back"), mark("Goes back to the list of dossiers; everything is saved."),
            DOSSIER, priority=False),
    Command("remarks", "ctrl+r", "remarks", mark("Remarks"),
            mark("What the superior office remarked here: ticks off what is settled."), DOSSIER, footer=False),
    Command("review", "ctrl+g", "review", mark("Review"),
            mark("For the superior office: remarks, points and the decision on a dossier that was handed in."), DOSSIER,
            footer=False),
    # a dossier under review; a key that stands here too does this instead
    Command("remark", "f5", "remark", mark("Remark"),
            mark("Writes a remark on a field, the section or the whole item."), REVIEW),
    Command("decide", "f10", "decide", mark("Decide"),
            mark("Returns single items or the whole dossier, sets the final level, accepts."), REVIEW),
    Command("review-end", "ctrl+g", "review", mark("End the review"),
            mark("Goes back to reading; everything written is saved."), REVIEW),
    # the preview
    Command("fill", "enter", "fill", mark("Fill in"),
            mark("Goes to the field from which the line under the sign ▸ comes."), PREVIEW, priority=False),
    Command("extent", "f2", "extent", mark("Extent"),
            mark("Shows this section, this item or the whole dossier."), PREVIEW),
    Command("find-inside", "ctrl+f", "find", mark("Find"),
            mark("Finds words in what is shown; accents do not matter."), PREVIEW),
    Command("marks", "f4", "marks", mark("Marks"),
            mark("Hides what does not print, the marks of what is missing or wrong; shows it again."), PREVIEW),
    Command("headings", "f6", "headings", mark("Headings"),
            mark("Jumps to a heading by its number or words; accents do not matter."), PREVIEW),
    Command("heading-previous", "f7", "heading(-1)", mark("Previous"), mark("Goes to the previous heading."), PREVIEW),
    Command("heading-next", "f8", "heading(1)", mark("Next"), mark("Goes to the next heading."), PREVIEW),
    Command("hit-next", "f3", "hit(1)", mark("Next hit"), mark("Goes to the next place found; n does too."), PREVIEW),
    Command("hit-previous", "shift+f3,f15", "hit(-1)", mark("Previous hit"),
            mark("Goes to the previous place found; N does too."), PREVIEW, footer=False),
    Command("sideways", "right,left", "sideways", mark("Wide table"),
            mark("Moves a table that is wider than the screen sideways, with ← and →."), PREVIEW, footer=False,
            priority=False),
    Command("leave-preview", "escape", "close", mark("Close"), mark("Goes back; nothing was changed."), PREVIEW,
            priority=False),
    # everywhere
    Command("palette", "ctrl+p,ctrl+l", "app.command_palette", mark("Menu"),
            mark("All commands, found by their words."), APP),
    Command("typing", "alt+z,f12", "app.typing", mark("Telex/VNI"),
            mark("Types Vietnamese where the computer has no input method: Telex, VNI, off."), APP, footer=False),
    Command("speak-vi", "", "app.speak('vi')", mark("Language: Tiếng Việt"),
            mark("Vietnamese from now on. Kept for the next time; HOSO_LANGUAGE goes before it."), APP, footer=False),
    Command("speak-en", "", "app.speak('en')", mark("Language: English"),
            mark("English from now on. Kept for the next time; HOSO_LANGUAGE goes before it."), APP, footer=False),
    Command("colours-dark", "", "app.dress('dark')", mark("Dark colours"),
            mark("Light letters on dark ground. Kept for the next time."), APP, footer=False),
    Command("colours-light", "", "app.dress('light')", mark("Light colours"),
            mark("Dark letters on light ground. Kept for the next time."), APP, footer=False),
    Command("colours-contrast", "", "app.dress('contrast')", mark("High contrast"),
            mark("Strong colours on black. Kept for the next time."), APP, footer=False),
    Command("quit", "ctrl+q", "app.quit", mark("Quit"), mark("Saves and quits."), APP),
    Command("focus-next", "tab", "app.focus_next", mark("Next field"), mark("Goes to the next field."), APP,
            footer=False),
    Command("focus-previous", "shift+tab", "app.focus_previous", mark("Previous field"),
            mark("Goes to the previous field."), APP, footer=False),
    Command("copy-hint", "ctrl+c", "app.help_quit", mark("Copy"), mark("Copies what is selected."), APP,
            footer=False, priority=False),
    Command("attach-view", "f3", "view", mark("Open the file"),
            mark("Opens a copy of the file under the cursor in the system's viewer; in a browser it is downloaded."),
            ATTACH),
    Command("attach-renew", "f5", "renew", mark("Take as it is now"),
            mark("Takes a changed file as it is now, attaches one that lies in the folder, chooses a lost one again."),
            ATTACH),
    Command("attach-off", "delete", "take_off", mark("Take off"),
            mark("Takes the file under the cursor off the list; it can be undone."), ATTACH, priority=False),
)  # fmt: skip


def use_in_browser() -> None:
    """From now on keys are shown that a browser hands on."""
    global _in_browser
    _in_browser = True


def label_of(command: str) -> str:
    """The key of a command, by its id."""
    return next(one.key_label for one in COMMANDS if one.id == command)


def labels_of(command: str) -> list[str]:
    """All keys of a command that are to be told. ⌘ does what Ctrl does; F13 and so on are Shift with an F-key, as some
    terminals send it."""
    found = next(one for one in COMMANDS if one.id == command)
    untold = (f"f{number}" for number in range(13, 25))
    offered = (one for one in found.key.split(",") if one and not one.startswith("super+") and one not in {*untold})
    return [key_label(one) for one in offered if not (_in_browser and one in KEPT_BY_BROWSERS)]


def is_in_browser() -> bool:
    return _in_browser


def commands(*scopes: str) -> Iterator[Command]:
    """What works where these scopes hold. In a review its own keys come before those of a dossier."""
    own = {command.key for command in COMMANDS if command.scope == REVIEW} if REVIEW in scopes else set()
    chosen = (command for command in COMMANDS if command.scope in scopes)
    return (command for command in chosen if command.scope != DOSSIER or command.key not in own)


def bindings(*scopes: str) -> BindingsMap:
    """The bindings of some scopes, in the language chosen by now."""
    return BindingsMap([command.binding() for command in commands(*scopes) if command.key])


def merged(own: BindingsMap, made: BindingsMap) -> BindingsMap:
    return BindingsMap.merge([own, made])


def footer(scopes: Iterable[str], hidden: Iterable[str] = ()) -> list[Shown]:
    """What a footer shows, in the order of the table. Of two commands of one key, that of the scope named first."""
    named, first = list(scopes), dict[str, Command]()
    for command in sorted(commands(*named), key=lambda one: named.index(one.scope)):
        if command.footer and command.id not in hidden:
            first.setdefault(command.key, command)
    return [_shown(command) for command in COMMANDS if first.get(command.key) is command]


def _shown(command: Command) -> Shown:
    rank = NEEDED.index(command.id) if command.id in NEEDED else len(NEEDED)
    return Shown(command.key_label, tr(command.short or command.label), command.action, rank)


_KEY_NAMES = {
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "space": "Space", "insert": "Ins", "delete": "Del",
    "up": "↑", "down": "↓", "left": "←", "right": "→",
}  # fmt: skip


def key_label(key: str) -> str:
    """As printed on keyboards: `F3`, `^F`, `Esc`, `Alt+↑`."""
    *held, name = key.split("+")
    signs = "".join({"ctrl": "^", "shift": "⇧", "alt": "Alt+"}.get(one, f"{one}+") for one in held)
    return signs + _KEY_NAMES.get(name, name.upper())
