"""The app is killed while somebody works; `python -m tests.kills 1000` does it a thousand times and takes the time."""

from __future__ import annotations

import pytest

from tests.killed_places import PLACES
from tests.kills import kill_once

LATE = "more than the last second is missing"  # which a busy machine can do to any program; told by tests.kills


@pytest.mark.parametrize("seed", range(1, 5))
def test_what_a_kill_leaves_reads_whole_and_locks_nobody_out(seed):
    assert kill_once(seed).wrong in ("", LATE)


@pytest.mark.parametrize("seed", [5, 6])
@pytest.mark.parametrize("where", [where for where in PLACES if where != "prose"])
def test_wherever_one_is_what_a_kill_leaves_is_whole(where, seed):
    assert kill_once(seed, where).wrong in ("", LATE)
