"""The rush before a deadline, smaller and faster than `make rush` replays it. How long things take is only told."""

from __future__ import annotations

import pytest

from tests.rush.__main__ import good, lines
from tests.rush.replay import replay

STUDENTS = 100
SECONDS = 40.0
MEMORY_MIB = 300  # of the web, over what it has before anybody comes


@pytest.mark.bubblewrap
@pytest.mark.timeout(900)
def test_everything_that_is_handed_in_is_acknowledged_and_graded_once(tmp_path, capsys):
    outcome = replay(tmp_path / "place", students=STUDENTS, seconds=SECONDS, sandbox="bubblewrap")
    told = "\n".join(lines(outcome, STUDENTS))
    with capsys.disabled():
        print(f"\n{told}")
    assert good(outcome, STUDENTS), told
    assert outcome.seen.streams_opened > 0
    assert outcome.memory_most < outcome.memory_before + MEMORY_MIB, told
