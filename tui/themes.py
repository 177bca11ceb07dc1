"""The colours: calm dark ones, calm light ones, and of high contrast. All they say is also said by a sign or a word.

`marked` lies under the line that Enter takes, `chosen` under it where the keys go. Letters keep 4.5:1 on all grounds.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="hoso-dark", dark=True,
    primary="#6fa8dc", secondary="#8fbcbb", accent="#e0b062", foreground="#d8dee6", background="#14191f",
    surface="#1a2027", panel="#232b34", success="#8fbf7f", warning="#e0b062", error="#e58a7b",
    variables={"guide": "#3a4654", "foreground-muted": "#b4bcc6", "marked": "#2f4254", "chosen": "#3d5a78"},
)  # fmt: skip
LIGHT = Theme(
    name="hoso-light", dark=False,
    primary="#1f5f99", secondary="#2b6e6d", accent="#8a5a00", foreground="#1d2329", background="#f7f6f2",
    surface="#efede6", panel="#e2dfd5", success="#2f6b2a", warning="#8a5a00", error="#a12d1f",
    variables={"guide": "#c4c0b4", "foreground-muted": "#4a5157", "marked": "#c3d0d9", "chosen": "#a9c0d4"},
)  # fmt: skip
CONTRAST = Theme(
    name="hoso-contrast", dark=True,
    primary="#ffffff", secondary="#00ffff", accent="#ffff00", foreground="#ffffff", background="#000000",
    surface="#000000", panel="#1c1c1c", success="#00ff00", warning="#ffff00", error="#ff8080",
    variables={"guide": "#909090", "foreground-muted": "#d0d0d0", "marked": "#003c96", "chosen": "#0050c8"},
)  # fmt: skip
