"""The tree of a dossier: parts, their attachments and sections, each with what is done of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.style import Style
from rich.text import Text
from textual import events, on
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from hoso.i18n import tr
from tui import remarks, wording
from tui.bookmarks import SIGN, Bookmarks
from tui.fitting import cells, clipped
from tui.places import Place
from tui.session import Session
from tui.wording import count_of


@dataclass(frozen=True, slots=True)
class Entry:
    """What a node of the tree stands for. A part without attachments of its own has no place of its own."""

    part: str
    section: str | None
    title: str
    heading: bool  # a part as a whole

    @property
    def place(self) -> Place:
        return Place(self.part, self.section)


class OutlineTree(Tree[Entry]):
    """Labels are changed one by one, never the tree as a whole."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "

    @dataclass
    class PlaceChosen(Message):
        """Posted when a place was chosen: merely passed over, or (`firm`) with Enter or a click."""

        tree: OutlineTree
        place: Place
        firm: bool

        @property
        def control(self) -> OutlineTree:
            return self.tree

    def __init__(self, session: Session, bookmarks: Bookmarks, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id)
        self.session = session
        self.bookmarks = bookmarks
        self.show_root = False
        self.guide_depth = 2
        self._found: dict[Place | str, TreeNode[Entry]] = {}
        self._current: Place | None = None

    def on_mount(self) -> None:
        with self.app.batch_update():
            for asked in self.session.asked.values():
                self._add_part(asked.id)

    def _add_part(self, part: str) -> None:
        asked, outline = self.session.asked[part], self.session.outline(part)
        above = self._found.get(asked.parent or "", self.root)
        node = above.add("", Entry(part, None, asked.title, heading=True), expand=True, allow_expand=bool(outline))
        self._found[part] = node
        if outline is None:
            self._found[Place(part)] = node
        elif asked.attach is not None:
            entry = Entry(part, None, tr("Attached documents"), heading=False)
            self._found[Place(part)] = node.add_leaf("", entry)
        for section in outline.nodes.values() if outline else ():
            parent = self._found[Place(part, section.parent)] if section.parent else node
            entry = Entry(part, section.id, section.heading, heading=False)
            made = parent.add("", entry, expand=True, allow_expand=bool(section.children))
            self._found[Place(part, section.id)] = made

    # ---- labels -----------------------------------------------------------------------------------------

    def renew(self, place: Place) -> None:
        """Draws one place and all above it anew."""
        node: TreeNode[Entry] | None = self._found.get(place)
        while node is not None and not node.is_root:
            node.refresh()
            node = node.parent

    def renew_all(self) -> None:
        self._clear_line_cache()
        self.refresh()

    def get_label_width(self, node: TreeNode[Entry]) -> int:  # noqa: ARG002
        return 1  # labels are cut to the panel, so that it never scrolls sideways

    def render_label(self, node: TreeNode[Entry], base_style: Style, style: Style) -> Text:
        entry = node.data
        if entry is None:
            return Text("")
        icon = (self.ICON_NODE_EXPANDED if node.is_expanded else self.ICON_NODE) if node.allow_expand else ""
        mark, count = self._told(entry)
        room = self.scrollable_content_region.width - self._indent(node) - cells(icon) - cells(mark) - cells(count) - 1
        title = clipped(entry.title, max(4, room))
        gap = " " * max(1, room - cells(title) + 1)
        return Text.assemble((icon, base_style), (mark, base_style), (title, style), (gap + count, base_style))

    def _indent(self, node: TreeNode[Entry]) -> int:
        depth, above = 0, node.parent
        while above is not None and not above.is_root:
            depth, above = depth + self.guide_depth, above.parent
        return depth

    def _told(self, entry: Entry) -> tuple[str, str]:
        """The sign before a title and the count behind it."""
        if entry.heading:
            progress = self.session.part_progress(entry.part)
        elif not self.session.applies(entry.place):
            return "– ", ""
        elif entry.section is None:
            progress = self.session.progress(entry.place)
        else:
            progress = self.session.subtree_progress(entry.place)
        alarm = f"✗{progress.errors} " if progress.errors else ""
        told = remarks.open_in(self.session, entry.part, entry.section)
        alarm += f"{wording.BACK} " if entry.heading and entry.part in self.session.dossier.returned.items else ""
        alarm += f"{wording.OPEN}{told} " if told else ""
        alarm += f"{SIGN} " if not entry.heading and entry.place in self.bookmarks else ""
        return f"{progress.mark} ", alarm + count_of(progress.done, progress.total)

    # ---- where one is -----------------------------------------------------------------------------------

    def show_current(self, place: Place) -> None:
        """Puts the cursor on a place without choosing it."""
        self._current = place
        node = self._found.get(place) or self._found.get(place.part)
        if node is None:
            return
        for above in _ancestors(node):
            above.expand()
        self.call_after_refresh(self._move_to, node)

    def on_resize(self) -> None:
        """While it was folded away it had no height, and what was scrolled to then is not to be seen now."""
        if self.cursor_node is not None and self.size.height:
            self.scroll_to(y=0, animate=False)
            self.scroll_to_node(self.cursor_node, animate=False)

    def _move_to(self, node: TreeNode[Entry]) -> None:
        with self.prevent(Tree.NodeHighlighted):
            self.move_cursor(node)
        self.scroll_to_node(node, animate=False)

    def place_of(self, entry: Entry) -> Place | None:
        """What is shown for an entry: of a part as a whole, its first place."""
        if not entry.heading or Place(entry.part) in self._found:
            return entry.place
        return next(iter(self.session.places(entry.part)), None)

    @on(Tree.NodeHighlighted)
    def _passed(self, event: Tree.NodeHighlighted[Entry]) -> None:
        event.stop()
        place = self.place_of(event.node.data) if event.node.data else None
        if place is not None and self.has_focus and place != self._current:
            self._current = place
            self.post_message(self.PlaceChosen(self, place, firm=False))

    @on(Tree.NodeSelected)
    def _chosen(self, event: Tree.NodeSelected[Entry]) -> None:
        event.stop()
        place = self.place_of(event.node.data) if event.node.data else None
        if place is not None:
            self._current = place
            self.post_message(self.PlaceChosen(self, place, firm=True))

    def action_toggle_here(self, expand: bool) -> None:
        """Left folds a branch or goes up, right unfolds it."""
        node = self.cursor_node
        if node is None:
            return
        if expand:
            node.expand()
        elif node.allow_expand and node.is_expanded:
            node.collapse()
        elif node.parent is not None and not node.parent.is_root:
            self.move_cursor(node.parent)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("left", "right"):
            event.stop()
            event.prevent_default()
            self.action_toggle_here(event.key == "right")


def _ancestors(node: TreeNode[Entry]) -> Iterable[TreeNode[Entry]]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent
