"""How a worker and the sweeper are seen: the worker's row, and the pages on the address for machines."""

from __future__ import annotations

import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from prometheus_client import CollectorRegistry, Counter

import worker.presence
from grader.core.assignment import assignments_folder
from grader.core.errors import BadInput
from grader.core.report import Report
from grader.harness.process import ProcessSandboxes
from grader.harness.sandbox import Death
from grader.harness.zygote import Zygote
from grader.store import people, workers
from grader.store.courses import AppliedCourse
from grader.store.engine import Database
from tests.waiting import until
from worker import endpoint, metrics
from worker.faults import JUDGES, Fault
from worker.grading import Grader
from worker.health import Health
from worker.presence import Presence
from worker.settings import Settings
from worker.spares import Spares
from worker.sweeper import Sweeper


@pytest.fixture
def grader(sqlite: Database, tmp_path) -> Iterator[Grader]:
    spares = Spares(ProcessSandboxes(), ["numpy"], 1)
    settings = Settings("", sandbox="process", queues=("numpy",))
    yield Grader(settings, sqlite, Zygote(tmp_path), spares, Health(lambda: "still"))
    spares.close()


@pytest.fixture
def presence(grader, monkeypatch) -> Iterator[Presence]:
    monkeypatch.setattr(worker.presence, "SECONDS", 0.05)
    made = Presence(grader)
    grader.health.listen(lambda well: made.changed())
    made.start()
    yield made
    made.close()


def state(grader: Grader) -> str:
    with grader.database.reading() as session:
        return next((f"{row.state} {row.reason}".strip() for row in workers.table(session)), "")


def make_ill(grader: Grader) -> None:
    for submission in "abc":
        grader.health.failed(submission, Fault(JUDGES, "no judge lives"))


def test_a_worker_notes_itself_hears_that_it_is_sent_back_and_leaves(grader, presence):
    until(lambda: state(grader) == "ready")
    make_ill(grader)
    until(lambda: state(grader) == "ill no judge lives")
    now = datetime.now(UTC)
    with grader.database.writing() as session:
        boss = people.add_user(session, "boss", "Boss", role="instructor", password=None, now=now)
        workers.send_back(session, grader.owner, actor=boss, now=now)
    until(lambda: state(grader) == "ready")
    assert grader.takes_jobs
    make_ill(grader)  # what staff said before does not count for this time
    until(lambda: state(grader) == "ill no judge lives")
    seen = grader.spares.counts()
    assert not grader.takes_jobs
    grader.stopping.set()
    until(lambda: state(grader).startswith("stopping"))
    presence.close()
    assert state(grader) == ""
    assert seen == {"numpy": 0}


def test_a_table_that_is_away_is_written_again_when_it_is_back(grader, presence):
    until(lambda: state(grader) == "ready")
    with grader.database.engine.begin() as connection:
        connection.exec_driver_sql("alter table workers rename to away")
    time.sleep(0.2)  # a few notes fail meanwhile
    with grader.database.engine.begin() as connection:
        connection.exec_driver_sql("delete from away")
        connection.exec_driver_sql("alter table away rename to workers")
    until(lambda: state(grader) == "ready")


# -- the address for machines ----------------------------------------------------------------------------


def get(server: endpoint.WSGIServer, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{path}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture
def serve() -> Iterator[Callable[..., endpoint.WSGIServer]]:
    servers: list[endpoint.WSGIServer] = []

    def start(health: endpoint.Health, registry: CollectorRegistry) -> endpoint.WSGIServer:
        servers.append(endpoint.serve("127.0.0.1:0", health, registry))
        return servers[-1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_health_and_metrics_are_served_and_nothing_else(serve):
    registry, well = CollectorRegistry(), [True]
    Counter("grader_example", "An example.", registry=registry).inc()
    server = serve(lambda: (well[0], {"state": "some"}), registry)
    assert get(server, "/healthz") == (200, '{"state": "some"}\n')
    well[0] = False
    assert get(server, "/healthz")[0] == 503
    assert "grader_example_total 1.0" in get(server, "/metrics")[1]
    assert get(server, "/")[0] == 404


def test_who_says_nothing_keeps_nobody_waiting(serve):
    server = serve(lambda: (True, {}), CollectorRegistry())
    with socket.create_connection(("127.0.0.1", server.server_port)):
        assert get(server, "/healthz")[0] == 200


@pytest.mark.parametrize("bind", ["9100", "127.0.0.1:", "127.0.0.1:port"])
def test_an_address_that_is_none_is_refused(bind):
    with pytest.raises(BadInput, match="GRADER_METRICS_BIND"):
        endpoint.serve(bind, lambda: (True, {}))


def test_an_address_that_is_taken_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(BadInput, match="cannot be listened on"):
        endpoint.serve(f"127.0.0.1:{taken.getsockname()[1]}", lambda: (True, {}))


def test_the_sweeper_is_well_while_its_rounds_are(sqlite, serve):
    sweeper = Sweeper(sqlite, None, AppliedCourse(sqlite, assignments_folder()))
    server = serve(sweeper.health, CollectorRegistry())
    sweeper.round()
    assert get(server, "/healthz") == (200, '{"fresh": true, "failing": []}\n')
    with sqlite.engine.begin() as connection:
        connection.exec_driver_sql("alter table jobs rename to away")
    failures = metrics.SWEEPS.labels("leases")._value.get()
    sweeper.round()
    status, told = get(server, "/healthz")
    assert (status, json.loads(told)["failing"]) == (503, ["leases"])
    assert metrics.SWEEPS.labels("leases")._value.get() == failures + 1


def test_a_sweeper_that_hangs_is_not_well(sqlite, monkeypatch):
    sweeper = Sweeper(sqlite, None, AppliedCourse(sqlite, assignments_folder()))
    monkeypatch.setattr("worker.sweeper.STALE_SECONDS", 0.0)
    assert sweeper.health() == (False, {"fresh": False, "failing": []})


@pytest.mark.parametrize(
    ("death", "cause"),
    [
        (Death(), "ended"),
        (Death(exit_code=0), "ended"),
        (Death(exit_code=137), "ended"),
        (Death(exit_code=-9), "ended"),
        (Death(exit_code=1), "exited"),
        (Death(exit_code=139), "exited"),
        (Death("limit", exit_code=137), "memory"),
        (Death("either", exit_code=137), "memory"),
        (Death("machine", exit_code=137), "shortage"),
        (Death(exit_code=137, detail="could not be removed"), "trouble"),
    ],
)
def test_causes_of_death(death, cause):
    assert metrics.cause(death) == cause


def test_a_discarded_result_has_no_verdicts():
    before = metrics.JOBS.labels("discarded")._value.get()
    metrics.count(Report("demo/small", "hidden", (), "process", 0.1), stored=False)
    assert metrics.JOBS.labels("discarded")._value.get() == before + 1
