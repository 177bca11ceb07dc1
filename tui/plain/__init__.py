"""Filling a dossier by plain prompts, line by line: for screen readers and poor lines. No screen, no Textual."""

from tui.plain.filling import Filling
from tui.plain.talk import Called, Talk

__all__ = ["Called", "Filling", "Talk"]
