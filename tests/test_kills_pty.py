"""The app is killed while somebody types; `python -m tests.kills 1000` does it a thousand times and takes the time."""

from __future__ import annotations

import pytest

from tests.kills import kill_once

LATE = "more than the last second is missing"  # which a busy machine can do to any program; told by tests.kills


@pytest.mark.parametrize("seed", range(1, 9))
def test_what_a_kill_leaves_reads_whole_and_locks_nobody_out(seed):
    assert kill_once(seed).wrong in ("", LATE)
