"""Real services for tests: a private PostgreSQL, a private Redis, databases of both kinds."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import pytest
from argon2.profiles import CHEAPEST
from sqlalchemy import create_engine, make_url, text

from grader.store import people
from grader.store.engine import Database
from grader.store.migrations import upgrade
from grader.store.roles import GRANTS, Login

people.hasher._parameters = CHEAPEST  # in this process: a hash that is made to be slow would be made thousands of times


def postgres_programs() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest version there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _as_postgres(command: list[str]) -> list[str]:
    """PostgreSQL does not run as root."""
    if os.getuid() != 0:
        return command
    return ["runuser", "-u", "postgres", "--", *command]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with private_postgres() as server:
        yield server


@contextmanager
def private_postgres() -> Iterator[str]:
    """A private cluster on a Unix socket; the URL of its maintenance database."""
    programs = postgres_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="grader-pg-"))
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data, log = folder / "data", folder / "log"
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    initdb = [str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", user, "--no-sync"]
    subprocess.run(_as_postgres(initdb), check=True, capture_output=True, cwd="/")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    control = [str(programs / "pg_ctl"), "-D", str(data), "-l", str(log), "-w"]
    subprocess.run(_as_postgres([*control, "-o", options, "start"]), check=True, capture_output=True, cwd="/")
    try:
        yield f"postgresql+psycopg://{user}@/postgres?host={folder}"
    finally:
        subprocess.run(_as_postgres([*control, "-m", "immediate", "stop"]), check=False, capture_output=True, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


def restart_postgres(server: str) -> None:
    """Kill the server, and start it again; it recovers from its log."""
    programs, folder = postgres_programs(), server.rpartition("host=")[2]
    assert programs is not None
    control = [str(programs / "pg_ctl"), "-D", f"{folder}/data", "-w", "-m", "immediate", "restart"]
    subprocess.run(_as_postgres([*control, "-l", f"{folder}/log"]), check=True, capture_output=True, cwd="/")


def fresh_postgres(server: str, how: str = "") -> str:
    """The URL of a new, empty database on the server; ``how`` it is created, if not as usual."""
    name = f"test_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name} {how}"))
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


@cache
def _with_tables() -> bytes:
    """An SQLite file with today's tables; the migrations make it once in a process. Copies share the key of inputs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grader.db"
        with closing(Database(f"sqlite:///{path}")) as database:
            upgrade(database.engine)
        return path.read_bytes()


@cache
def _template(server: str) -> str:
    """The name of a database on the server with today's tables, to copy."""
    url = fresh_postgres(server)
    with closing(Database(url)) as database:
        upgrade(database.engine)
    return str(make_url(url).database)


def sqlite_with_tables(path: Path) -> Database:
    """A new database in this file, with today's tables."""
    path.write_bytes(_with_tables())
    return Database(f"sqlite:///{path}")


def postgres_with_tables(server: str) -> str:
    """The URL of a new database on the server, with today's tables."""
    return fresh_postgres(server, f"template {_template(server)}")


LOGINS = {part: Login(f"grader_{part}", "secret") for part in GRANTS}


def as_login(url: str, part: str) -> str:
    """The same database, logged in to as web, worker or sweeper; the server of the tests trusts who connects."""
    _user, _, rest = url.removeprefix("postgresql+psycopg://").partition("@")
    return f"postgresql+psycopg://{LOGINS[part].name}@{rest}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'grader.db'}"
    return fresh_postgres(request.getfixturevalue("postgres_server"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with today's tables, of each kind in turn."""
    if request.param == "sqlite":
        opened = sqlite_with_tables(tmp_path / "grader.db")
    else:
        opened = Database(postgres_with_tables(request.getfixturevalue("postgres_server")))
    with closing(opened):
        yield opened


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    with closing(sqlite_with_tables(tmp_path / "grader.db")) as opened:
        yield opened


@pytest.fixture
def postgresql(postgres_server: str) -> Iterator[Database]:
    with closing(Database(postgres_with_tables(postgres_server))) as opened:
        yield opened


class Redis:
    """A private Redis on a Unix socket, which can be killed and started empty."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = f"redis+socket://{self.socket}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        settings = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(["redis-server", *settings], stdout=subprocess.DEVNULL)
        for _ in range(2000):
            if (
                subprocess.run(["redis-cli", "-s", str(self.socket), "ping"], capture_output=True, check=False).stdout
                == b"PONG\n"
            ):
                return
            time.sleep(0.02)
        raise RuntimeError("redis did not start")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def redis() -> Iterator[Redis]:
    with tempfile.TemporaryDirectory(prefix="grader-redis-") as folder:
        server = Redis(Path(folder))
        server.start()
        yield server
        server.kill()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes."""
    if os.getuid() != 0:
        if os.environ.get("CI"):
            pytest.fail("a small disk can be mounted by root alone")
        pytest.skip("a small disk can be mounted by root alone")
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)
