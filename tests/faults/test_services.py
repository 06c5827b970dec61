"""Redis, the databases, the disk and the web itself fail under a running system: nothing acknowledged is lost."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import closing
from datetime import UTC, datetime

import httpx
import pytest
from redis import Redis as Client
from sqlalchemy import create_engine, func, select

from grader.store import audit, backup
from grader.store.engine import Database
from grader.store.models import Job, Result, Submission
from tests.faults.solutions import numbered
from tests.services import restart_postgres

pytestmark = [pytest.mark.bubblewrap, pytest.mark.postgres]


def test_a_redis_that_is_killed_and_comes_back_empty_loses_nothing(system, redis, moment):
    first = system.upload("slow")
    system.until_state(first, "running")
    waiting = [system.upload(login=f"user{n}") for n in range(3)]
    moment(1)
    redis.kill()
    away = system.upload(login="meanwhile")
    moment(2)
    redis.start()
    system.expect(first, *waiting, away, system.upload(login="afterwards"))


def test_a_redis_that_is_emptied_loses_nothing(system, redis, moment):
    uploaded = [system.upload("slow")]
    for number in range(6):
        uploaded.append(system.upload(login=f"user{number}"))
        moment(0.3)
        Client(unix_socket_path=str(redis.socket)).flushall()
    system.expect(*uploaded)


def test_a_redis_that_is_full_loses_nothing(system, redis):
    client = Client(unix_socket_path=str(redis.socket))
    client.config_set("maxmemory-policy", "noeviction")
    client.config_set("maxmemory", "1")
    uploaded = [system.upload(login=f"user{number}") for number in range(3)]
    client.config_set("maxmemory", "0")
    system.expect(*uploaded)


def test_a_postgresql_that_is_restarted_while_a_job_runs_loses_nothing(system, postgres_server, moment):
    submission = system.upload("slow")
    system.until_state(submission, "running")
    moment(2.5)
    restart_postgres(postgres_server)
    system.expect(submission)
    system.expect(system.upload("wrong", "boris"), kind="wrong")


def test_a_postgresql_that_is_restarted_under_uploads_keeps_those_it_acknowledged(system, postgres_server, moment):
    acknowledged: list[str] = []
    ends = threading.Event()

    def upload() -> None:
        with httpx.Client(base_url=system.address, timeout=60) as client:
            for number in range(450):
                if ends.is_set():
                    return
                answer = system.post(numbered("right", 1000 + number), f"user{number % 50}", client)
                if answer.status_code == 201:
                    acknowledged.append(answer.json()["id"])
                else:
                    assert answer.status_code in (429, 500, 503), answer.text

    for number in range(50):  # each may upload ten times a minute
        system.token(f"user{number}")
    thread = threading.Thread(target=upload)
    thread.start()
    moment(2)
    restart_postgres(postgres_server)
    before = len(acknowledged)
    system.until(lambda: len(acknowledged) > before + 2, "uploads are acknowledged again")
    ends.set()
    thread.join()
    system.expect(*acknowledged)
    with system.database.reading() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Submission, Job)]
    assert counts[0] == counts[1] >= len(acknowledged)


def test_an_sqlite_that_is_locked_for_ten_seconds_loses_nothing(make, redis, tmp_path):
    system = make(f"sqlite:///{tmp_path / 'grader.db'}", redis.url).start()
    running = system.upload("slow")
    system.until_state(running, "running")
    engine = create_engine(system.url, isolation_level=None)
    with engine.connect() as connection:
        connection.exec_driver_sql("begin immediate")
        waiting: list[str] = []
        thread = threading.Thread(target=lambda: waiting.append(system.upload(login="patient")))
        thread.start()
        time.sleep(10)
        assert waiting == []
        connection.exec_driver_sql("rollback")
    engine.dispose()
    thread.join()
    system.expect(running, *waiting)


def test_a_restore_while_all_runs_keeps_what_was_backed_up_and_only_that(make, database_url, redis, tmp_path):
    """A job that is graded as the backup is made, and another as it is restored."""
    system = make(database_url, redis.url).start()
    kept, asked = system.upload(), {"Authorization": f"Bearer {system.token('anna')}"}
    system.expect(kept)
    receipt = httpx.get(f"{system.address}/api/v1/submissions/{kept}/receipt", headers=asked).json()
    running = system.upload("slow")
    system.until_state(running, "running")
    with closing(Database(system.url_for("web"))) as web:
        backup.write(web, tmp_path / "file", {}, datetime.now(UTC))
    system.expect(running)
    lost = [system.upload(), system.upload("slow")]
    system.until_state(lost[1], "running")
    with backup.opened(tmp_path / "file") as opened:
        backup.restore(system.database, opened, replace=True, dry_run=False, actor="", now=datetime.now(UTC))
    system.expect(kept, running, system.upload())
    assert httpx.get(f"{system.address}/api/v1/submissions/{kept}/receipt", headers=asked).json() == receipt
    with system.database.reading() as session:
        assert not session.scalars(select(Submission).where(Submission.id.in_(lost))).all()
        assert session.scalar(select(func.count()).select_from(Result)) == 3
        assert audit.first_break(session) is None


def test_a_full_disk_refuses_uploads_clearly_and_loses_no_result(make, redis, small_disk):
    system = make(f"sqlite:///{small_disk / 'grader.db'}", redis.url).start()
    running = system.upload("slow")
    system.token("boris")
    system.until_state(running, "running")
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
    small = system.post(numbered("right", 1), "boris")
    large = system.post(b"# " + os.urandom(200_000).hex().encode() + b"\n" + numbered("right", 2), "boris")
    assert large.status_code in (500, 503), large.status_code
    assert "Traceback" not in large.text
    time.sleep(3)  # the job that runs ends meanwhile, and cannot be stored
    filler.unlink()
    system.expect(running, system.upload(login="boris"))
    if small.status_code == 201:  # it may have found room
        system.expect(small.json()["id"])
    with system.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 2 + (small.status_code == 201)


def test_a_web_that_is_killed_in_the_middle_of_an_upload_keeps_no_half_of_it(system):
    token = system.token("anna")
    head = (
        f"POST /api/v1/submissions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n"
    )
    part = '--x\r\nContent-Disposition: form-data; name="file"; filename="double.py"\r\n\r\n'
    with socket.create_connection(("127.0.0.1", system.port)) as half:
        half.sendall(head.encode() + part.encode() + b"def double(x):\n")
        time.sleep(0.5)
        system.parts["web"].kill()
    system.start("web")
    submission = system.upload()
    system.expect(submission)
    with system.database.reading() as session:
        assert session.scalars(select(Submission.id)).all() == [submission]


def test_without_a_redis_the_worker_looks_into_the_table(make, tmp_path):
    system = make(f"sqlite:///{tmp_path / 'grader.db'}").start()
    system.expect(system.upload(), system.upload(login="boris"))


def test_a_job_for_which_nobody_rings_is_found_by_a_worker_that_has_nothing_to_do(system, redis):
    """As after a Redis that went away in the moment in which Celery stops listening for good."""
    system.expect(system.upload())
    system.parts["sweeper"].kill()
    redis.kill()
    submissions = [system.upload(login=f"user{n}") for n in range(4)]
    redis.start()
    system.expect(*submissions)
