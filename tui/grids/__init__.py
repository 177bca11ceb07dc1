"""Tables and score sheets being edited, as plain objects: what each cell shows and takes, where one is, what is
selected, how wide all is drawn. Nothing here knows a screen."""

from tui.grids.cells import Sort, Value
from tui.grids.desk import Desk
from tui.grids.pasting import Refusal, rows_of, text_of
from tui.grids.scoring import ScoringGrid
from tui.grids.table import TableGrid

Grid = TableGrid | ScoringGrid

__all__ = ["Desk", "Grid", "Refusal", "ScoringGrid", "Sort", "TableGrid", "Value", "rows_of", "text_of"]
