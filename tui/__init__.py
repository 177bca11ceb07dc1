"""The terminal front end.

Textual reads ``TEXTUAL_DISABLE_KITTY_KEY`` when it is first imported, so it is set here, before any
module of this package can import it: under the kitty keyboard protocol several terminals (iTerm2 among
them) do not report the text that an input method commits, and Vietnamese cannot be typed.
Who wants the protocol back sets the variable to 0.
"""

import os

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
