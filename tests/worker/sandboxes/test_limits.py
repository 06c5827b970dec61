"""What a sandbox may use up, what is told when it takes more, and that nothing of it is left."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest

from grader.core.errors import SandboxUnavailable
from grader.core.verdicts import Verdict
from tests.worker.sandboxes.inside import Inside, Namespace, failure
from worker.sandboxes import cgroups
from worker.sandboxes.settings import LIMITS, MIB

NUMPY = LIMITS["numpy"]
TEARDOWN_SECONDS = 10.0  # a promise to staff, not a measure of speed: a wedged engine takes minutes


@pytest.mark.parametrize("call", ["eat", "eat_in_a_child", "eat_temporary_space"])
def test_too_much_memory_is_told_from_outside(sandboxes, call):
    with Inside(sandboxes) as inside:
        assert failure(inside, call).verdict is Verdict.MEMORY


def test_an_end_of_its_own_is_not_taken_for_memory(sandboxes):
    box = Inside(sandboxes)
    with box as inside:
        assert failure(inside, "end_with", 137).verdict is Verdict.DIED
    assert not box.sandbox.close().memory


def test_forks_end_at_the_limit_and_die_with_the_sandbox(sandboxes):
    box = Inside(sandboxes)
    namespace = Namespace(box.sandbox)
    with box as inside:
        assert 1 <= inside.fork_for_ever() <= NUMPY.processes
        assert len(namespace.processes()) <= NUMPY.processes
    assert namespace.processes() == []


def test_threads_end_at_the_limit(sandboxes):
    with Inside(sandboxes) as inside:
        assert 1 <= inside.start_threads(1000) <= NUMPY.processes


def test_what_hides_in_the_background_dies_with_the_sandbox(sandboxes):
    box = Inside(sandboxes)
    namespace = Namespace(box.sandbox)
    with box as inside:
        inside.hide_in_the_background()
        assert len(namespace.processes()) >= 2
    assert namespace.processes() == []


def test_a_file_is_bounded(sandboxes):
    with Inside(sandboxes) as inside:
        written, error = inside.fill("/tmp")
        assert written <= NUMPY.file_size
        assert error in ("ENOSPC", "EFBIG")


@pytest.mark.parametrize(("place", "size"), [("/tmp", NUMPY.temporary), ("/dev/shm", NUMPY.shared_memory)])
def test_temporary_space_is_bounded(sandboxes, place, size):
    with Inside(sandboxes) as inside:
        written, error = inside.fill_with_many(place)
        assert error == "ENOSPC"
        assert size - MIB <= written <= size


def test_many_files_are_bounded_by_number_or_by_memory(sandboxes):
    with Inside(sandboxes) as inside:
        if sandboxes.kind == "docker":
            made, error = inside.make_files("/tmp", 100_000)
            assert (made < NUMPY.inodes, error) == (True, "ENOSPC")
        else:  # bwrap cannot bound the number; the control group counts what they take
            inside.make_files("/tmp", 20_000)


def test_open_files_are_bounded(sandboxes):
    with Inside(sandboxes) as inside:
        count, error = inside.open_files()
        assert (count < NUMPY.open_files, error) == (True, "EMFILE")


@pytest.mark.parametrize("call", ["flood", "flood_everything"])
def test_a_flood_ends_quickly(sandboxes, call):
    box = Inside(sandboxes)
    namespace = Namespace(box.sandbox)
    with box as inside:
        assert failure(inside, call).verdict in (Verdict.OUTPUT, Verdict.PROTOCOL)
    assert namespace.processes() == []


def test_a_flood_that_nobody_reads_does_not_hold_up_the_end(sandboxes):
    box = Inside(sandboxes)
    namespace = Namespace(box.sandbox)
    box.module.flood_in_the_background()
    wait_until_full(box.sandbox.output)
    began = time.monotonic()
    box.sandbox.close()
    assert time.monotonic() - began < TEARDOWN_SECONDS
    assert namespace.processes() == []


def wait_until_full(stream: socket.socket) -> None:
    """Until as much waits to be read as the kernel takes: the writers are held up then."""
    waiting, before = b"", None
    while before is None or len(waiting) > len(before):
        before = waiting
        time.sleep(0.5)
        with suppress(BlockingIOError):
            waiting = stream.recv(1 << 24, socket.MSG_PEEK)


def test_a_program_that_ignores_signals_is_ended(sandboxes):
    box = Inside(sandboxes, seconds=1)
    namespace = Namespace(box.sandbox)
    with box as inside:
        assert failure(inside, "ignore_and_hang").verdict is Verdict.TIMEOUT
    assert namespace.processes() == []


def test_nothing_is_left_on_the_host(sandboxes, root: Path):
    with Inside(sandboxes) as inside:
        inside.fill("/tmp")
        (folder,) = root.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
        groups = [place for place in cgroups.existing() if place.endswith(folder.name)]
        assert bool(groups) == (sandboxes.kind == "bubblewrap")
    assert list(root.iterdir()) == []
    assert not [place for place in cgroups.existing() if place.endswith(folder.name)]


def test_closing_twice_tells_the_same(sandboxes):
    sandbox = sandboxes.start("numpy")
    assert sandbox.close() is sandbox.close()


def test_an_unknown_environment_leaves_nothing(sandboxes, root: Path):
    with pytest.raises(SandboxUnavailable, match="no environment 'cuda'"):
        sandboxes.start("cuda")
    assert not root.exists() or list(root.iterdir()) == []
