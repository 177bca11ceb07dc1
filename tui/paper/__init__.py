"""A dossier as it will print: what stands on paper, laid out in lines, to be read, searched and gone back from."""

from tui.paper.blocks import Block
from tui.paper.layout import Laid
from tui.paper.sheet import Heading, Hit, Paper, Stretch
from tui.paper.writing import Extent, written

__all__ = ["Block", "Extent", "Heading", "Hit", "Laid", "Paper", "Stretch", "written"]
