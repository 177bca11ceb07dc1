"""What all tests share."""

import sys

# Windows has no pseudo-terminals of this kind.
collect_ignore = ["pty_app.py", "test_typing_pty.py"] if sys.platform == "win32" else []
