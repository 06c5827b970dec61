"""Warm spares, over plain child processes and over an engine that fails on command."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

import worker.spares
from grader.core.errors import SandboxUnavailable
from grader.harness.process import ProcessSandboxes
from grader.harness.sandbox import Sandbox, find
from tests.waiting import until
from worker.spares import Spares


class Engine:
    """Processes as sandboxes; counts them, and fails as often as it is told to."""

    kind = "process"

    def __init__(self) -> None:
        self.real = ProcessSandboxes()
        self.started: list[Sandbox] = []
        self.failures_left = 0
        self.attempts = 0
        self.gate = threading.Event()
        self.gate.set()
        self.reaped = threading.Event()

    def start(self, environment: str) -> Sandbox:
        self.attempts += 1
        self.gate.wait(30)
        if self.failures_left:
            self.failures_left -= 1
            raise SandboxUnavailable("the engine is on holiday")
        self.started.append(self.real.start(environment))
        return self.started[-1]

    def reap(self) -> int:
        self.reaped.set()
        return 0

    def living(self) -> list[Sandbox]:
        return [sandbox for sandbox in self.started if sandbox.child.poll() is None]


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def spares_of(engine: Engine) -> Iterator[Callable[[int], Spares]]:
    made: list[Spares] = []

    def make(count: int) -> Spares:
        made.append(Spares(engine, ["numpy"], count))
        made[-1].start()
        return made[-1]

    yield make
    engine.gate.set()
    for spares in made:
        spares.close()
    for sandbox in engine.started:
        sandbox.close()


def test_each_is_used_once_and_replaced(engine, spares_of):
    spares = spares_of(2)
    until(lambda: spares.counts() == {"numpy": 2})
    taken = [spares.acquire("numpy") for _ in range(4)]
    assert len({id(sandbox) for sandbox in taken}) == 4
    until(lambda: spares.counts() == {"numpy": 2})
    time.sleep(0.2)
    assert len(engine.started) == 6  # not one more than is wanted


def test_one_that_died_while_it_waited_is_not_handed_out(engine, spares_of):
    spares = spares_of(1)
    until(lambda: spares.counts()["numpy"] == 1)
    dead = engine.started[0]
    dead.child.kill()
    dead.child.wait()
    living = spares.acquire("numpy")
    assert living is not dead
    assert living.child.poll() is None


def test_one_that_died_is_replaced_before_anybody_asks(engine, spares_of, monkeypatch):
    monkeypatch.setattr(worker.spares, "LOOK_SECONDS", 0.1)
    spares = spares_of(1)
    until(lambda: spares.counts()["numpy"] == 1)
    engine.started[0].child.kill()
    until(lambda: len(engine.started) == 2 and spares.counts()["numpy"] == 1)


def test_who_waits_gets_one_as_soon_as_the_engine_is_back(engine, spares_of, monkeypatch):
    monkeypatch.setattr(worker.spares, "PAUSES", (0.05,))
    engine.failures_left = 5
    assert spares_of(1).acquire("numpy", seconds=30).child.poll() is None
    assert engine.attempts >= 6


def test_who_waits_in_vain_is_told_why(engine, spares_of):
    engine.failures_left = 1000
    with pytest.raises(SandboxUnavailable, match="on holiday"):
        spares_of(1).acquire("numpy", seconds=1.5)
    assert engine.attempts < 10  # it was not asked without pauses


def test_an_environment_that_is_not_kept_is_refused_at_once(spares_of):
    with pytest.raises(SandboxUnavailable, match="GRADER_QUEUES"):
        spares_of(1).acquire("torch")


def test_many_threads_get_different_ones(engine, spares_of):
    spares = spares_of(2)
    taken: list[Sandbox] = []
    threads = [threading.Thread(target=lambda: taken.append(spares.acquire("numpy"))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len({id(sandbox) for sandbox in taken}) == 12
    assert all(sandbox.child.poll() is None for sandbox in taken)


def test_closing_ends_all_that_wait_and_none_that_is_in_use(engine, spares_of):
    spares = spares_of(2)
    used = spares.acquire("numpy")
    until(lambda: spares.counts()["numpy"] == 2)
    spares.close()
    assert engine.living() == [used]
    with pytest.raises(SandboxUnavailable):
        spares.acquire("numpy", seconds=1)


def test_one_that_becomes_ready_after_the_end_is_ended(engine, spares_of):
    engine.gate.clear()
    spares = spares_of(1)
    until(lambda: engine.attempts == 1)
    closing = threading.Thread(target=spares.close)
    closing.start()
    engine.gate.set()
    closing.join(30)
    assert engine.living() == []


def test_who_waits_at_the_end_is_told(engine, spares_of):
    engine.gate.clear()
    spares = spares_of(1)
    caught: list[BaseException] = []

    def wait() -> None:
        try:
            spares.acquire("numpy")
        except SandboxUnavailable as error:
            caught.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    until(lambda: engine.attempts == 1)
    closing = threading.Thread(target=spares.close)
    closing.start()
    waiting.join(10)
    assert caught
    engine.gate.set()
    closing.join(30)


def test_what_ended_workers_left_is_removed_now_and_then(engine, spares_of, monkeypatch):
    monkeypatch.setattr(worker.spares, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(worker.spares, "REAP_SECONDS", 0.1)
    spares_of(1)
    assert engine.reaped.wait(10)


@pytest.mark.parametrize(
    "kind", [pytest.param("docker", marks=pytest.mark.docker), pytest.param("bubblewrap", marks=pytest.mark.bubblewrap)]
)
def test_spares_of_the_real_kinds_outlive_the_thread_that_took_them(kind):
    spares = Spares(find(kind), ["numpy"], 1)
    spares.start()
    taken: list[Sandbox] = []
    thread = threading.Thread(target=lambda: taken.append(spares.acquire("numpy")))
    thread.start()
    thread.join()
    spares.close()
    time.sleep(0.3)
    assert not worker.spares._has_ended(taken[0])  # its starter's threads are gone, and it lives
    taken[0].close()
