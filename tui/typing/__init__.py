"""Telex and VNI for machines without an input method. Plain: it knows no widget and no terminal.

`Composer.type` is what fields use; `typed` types a whole word. The one such library for Python (bogo 1.1) is of 2014
and under the GPL, so the tables stand here."""

from tui.typing.composer import Composer, Edit
from tui.typing.methods import METHODS, TELEX, VNI, Method
from tui.typing.words import typed

__all__ = ["METHODS", "TELEX", "VNI", "Composer", "Edit", "Method", "typed"]
