"""The processes of one machine: a private Redis, the worker, the sweeper, the web server.

Each is an ordinary process with a log file of its own. One that ends by itself is started again, with a pause
that grows; at the end all are stopped in the order in which nothing is lost. When this process is killed, the
kernel ends them.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from grader.core import addresses
from grader.core.errors import BadInput, OurFault

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)
_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)
STOP_SECONDS = 20.0
USUAL_PORT = 8000


@dataclass
class Service:
    """One process and how it is started."""

    name: str
    command: list[str]
    variables: Mapping[str, str]
    log: Path
    listener: socket.socket | None = None  # that it is given
    process: subprocess.Popen[bytes] | None = None
    ends: list[float] = field(default_factory=list)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(self.variables),
                pass_fds=[self.listener.fileno()] if self.listener is not None else [],
                start_new_session=True,  # Ctrl-C is ours to pass on, in order
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - one system call, which takes no lock
            )

    def stop(self) -> None:
        """Ask it to end, wait, and end it."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def last_words(self) -> str:
        """The end of its log, for an error."""
        return self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""


def _end_with_parent() -> None:
    """Ask the kernel (Linux alone) for SIGTERM when the process that starts this one has ended, however it ends."""
    with suppress(AttributeError):
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Services:
    """All processes, watched."""

    def __init__(self, services: list[Service]) -> None:
        self.services = services
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="services", daemon=True)

    def start(self) -> None:
        for service in self.services:
            service.start()
        self._watcher.start()

    def stop(self) -> None:
        """The last one that was started ends first."""
        self._stopping.set()
        if self._watcher.is_alive():
            self._watcher.join()
        for service in reversed(self.services):
            service.stop()

    def _watch(self) -> None:
        while not self._stopping.wait(0.2):
            for service in self.services:
                if service.process is not None and service.process.poll() is not None:
                    self._again(service)

    def _again(self, service: Service) -> None:
        now = time.monotonic()
        service.ends = [moment for moment in service.ends if now - moment < 60] + [now]
        if not self._stopping.wait(_PAUSES[min(len(service.ends), len(_PAUSES)) - 1]):
            service.start()


@dataclass(frozen=True)
class Place:
    """The folder in which one installation keeps everything."""

    folder: Path

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'grader.db'}"

    @property
    def secret(self) -> Path:
        return self.folder / "secret"

    @property
    def course(self) -> Path:
        return self.folder / "course.toml"

    @property
    def broker(self) -> str | None:
        """The private Redis, where one is installed; without it the worker looks into the table."""
        return f"redis+socket://{self.folder / 'redis.sock'}" if shutil.which("redis-server") else None

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def address(self) -> Path:
        """The file in which the web's address stands."""
        return self.folder / "address"

    def running_at(self) -> str | None:
        """The address of the web that runs in this folder; None where none does."""
        try:
            descriptor = os.open(self.lock, os.O_RDWR)
        except OSError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return self.address.read_text().strip() if self.address.exists() else None
        finally:
            os.close(descriptor)
        return None

    def take(self) -> None:
        """Make the folder, for its owner alone; it is this process's until that ends.

        Raises BadInput when it is another's.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._take(self.lock)

    def prepare(self) -> None:
        """Take the folder, and fill it. Raises BadInput when it is another's."""
        self.take()
        self.fill()

    def fill(self) -> None:
        """Put into the folder what is missing: a secret, a place for logs."""
        import secrets

        (self.folder / "logs").mkdir(exist_ok=True)
        if not self.secret.exists():
            descriptor = os.open(self.secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(32) + "\n")

    def _take(self, lock: Path) -> None:
        """The kernel drops the lock when this process ends; the descriptor stays open until then."""
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise BadInput(
                f"Another `grader up` runs in {self.folder}: stop that one, or give another --data."
            ) from None


def services_of(place: Place, *, sandbox: str, listener: socket.socket) -> Services:
    """Redis first, the web last. Where the web will be is noted in the folder, for links that are printed later."""
    url = address_of(listener)
    place.address.write_text(url + "\n")
    elsewhere = dict(os.environ)
    addresses.forget(elsewhere)  # of an installation that is not this one
    variables = {
        **elsewhere,
        "GRADER_DATABASE": place.database,
        "GRADER_SECRET_FILE": str(place.secret),
        "GRADER_SANDBOX": sandbox,
        "GRADER_INSECURE_HTTP": "1",
        "GRADER_URL": elsewhere.get("GRADER_URL") or url,
        **({"GRADER_BROKER": place.broker} if place.broker else {}),
    }
    root = Path(__file__).resolve().parents[2]
    python = sys.executable
    commands = {
        "worker": [python, "-m", "worker"],
        "sweeper": [python, "-m", "worker.sweeper"],
        "web": [python, "-m", "gunicorn", "-c", str(root / "web" / "gunicorn_settings.py"), "web.wsgi:app"],
    }
    if place.broker:
        commands = {"redis": private_redis(place), **commands}
    own = {
        "sweeper": {"GRADER_METRICS_BIND": ""},  # two processes cannot have one address: it is the worker's
        "web": {"GRADER_BIND": f"fd://{listener.fileno()}"},
    }
    logs = place.folder / "logs"
    return Services(
        [
            Service(
                name,
                command,
                {**variables, **own.get(name, {})},
                logs / f"{name}.log",
                listener=listener if name == "web" else None,
            )
            for name, command in commands.items()
        ]
    )


def address_of(listener: socket.socket) -> str:
    """The URL of what is served there."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def private_redis(place: Place) -> list[str]:
    """A Redis that only this machine's owner reaches. It keeps nothing: the database does."""
    path = str(place.folder / "redis.sock")
    settings = ["--port", "0", "--unixsocket", path, "--unixsocketperm", "700", "--dir", str(place.folder)]
    return ["redis-server", *settings, "--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"]


def wait_for(url: str, services: Services, seconds: float) -> None:
    """Until the web answers. Raises OurFault with the last words of what did not start."""
    import httpx

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if httpx.get(f"{url}/healthz", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise OurFault("The web server did not start:\n" + services.services[-1].last_words())


def listener_for(wanted: int | None) -> socket.socket:
    """A socket that listens on the port that was asked for, or without one on the usual port, or on one that is free.

    It is the web server's, and kept here: nobody else can have the port, even while the server is started again.
    Raises BadInput where the wanted port cannot be had: whoever named it would look there in vain.
    """
    if wanted is None:
        with suppress(OSError):
            return _listener(USUAL_PORT)
        return _listener(0)
    try:
        return _listener(wanted)
    except PermissionError:
        raise BadInput(f"Port {wanted} is for the system's administrator alone: give --port one above 1023.") from None
    except OSError:
        raise BadInput(f"Port {wanted} is taken: stop what listens there, or give another with --port.") from None


def _listener(port: int) -> socket.socket:
    """On this port of the machine itself; with 0 on one that is free."""
    return socket.create_server(("127.0.0.1", port), backlog=2048)
