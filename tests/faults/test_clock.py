"""The clock of web, worker and sweeper is set while they run, by an hour and back by two: no job waits or is lost."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.services import fresh_postgres

pytestmark = [pytest.mark.bubblewrap, pytest.mark.postgres]


class Clock:
    """The time of day of those who have its ``variables``: it can be set while they run."""

    def __init__(self, folder: Path) -> None:
        self._offset, library = folder / "offset", folder / "clock.so"
        self.set(0)
        source = Path(__file__).parent / "clock.c"
        subprocess.run(["cc", "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
        self.variables = {"LD_PRELOAD": str(library), "GRADER_CLOCK_OFFSET": str(self._offset)}

    def set(self, hours: int) -> None:
        """So much ahead of the machine's from now on; nobody reads half of it."""
        fresh = self._offset.with_suffix(".new")
        fresh.write_text(f"{hours * 3600}\n")
        fresh.replace(self._offset)


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path)


def test_a_clock_that_is_set_ends_no_lease_and_makes_no_job_wait(make, postgres_server, redis, clock, moment):
    system = make(fresh_postgres(postgres_server), redis.url, variables=clock.variables).start()
    running, waiting = system.upload("slow"), system.upload("wrong", "boris")
    system.until_state(running, "running")
    moment(2)
    clock.set(1)
    system.expect(running)
    system.expect(waiting, kind="wrong")
    assert system.job(running).attempt == 1  # to a clock on the wall its lease had run out

    held, queued = system.upload("slow"), system.upload(login="boris")
    system.until_state(held, "running")
    moment(2)
    system.parts["worker-1"].kill()
    clock.set(-1)
    system.start("worker-1")
    system.expect(held, queued, system.upload(login="clara"))
    assert system.job(held).attempt == 2  # and its lease was for two hours more
