"""Sandboxes as Docker containers. The only module of the project that talks to an engine about them.

A container is created from a fixed image by the name of an environment; nobody can pass it an image, a
mount, a variable or a command. It has no network and no writable file system but a small temporary one.
The one thing mounted into it is its own Unix socket. Causes of death come from the engine and the kernel.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docker
from docker.errors import APIError, DockerException, NotFound
from docker.models.containers import Container
from docker.types import LogConfig, Mount, Ulimit
from requests.exceptions import RequestException

from grader.core.errors import SandboxUnavailable
from grader.harness.agent import fingerprint
from grader.harness.rendezvous import Rendezvous
from grader.harness.sandbox import Death, Hello
from worker.sandboxes import owner
from worker.sandboxes.settings import LIMITS, SOCKET, USER, VARIABLES, Limits, agent_command

LABEL = "org.grader.sandbox"
OWNER = "org.grader.owner"
REPOSITORY = "grader-sandbox"
ENGINE_SECONDS = 15  # for one call to the engine

_Failure = (DockerException, RequestException)


@dataclass(frozen=True)
class Settings:
    """Where the sockets lie and which runtime runs the containers (``runsc`` selects gVisor)."""

    sockets: str = field(default_factory=lambda: os.environ.get("GRADER_SOCKETS") or default_sockets())
    runtime: str | None = field(default_factory=lambda: os.environ.get("GRADER_RUNTIME") or None)


def default_sockets() -> str:
    return os.path.join(tempfile.gettempdir(), f"grader-sockets-{os.getuid()}")


def image_name(environment: str) -> str:
    """The image that holds today's agent for this environment."""
    return f"{REPOSITORY}-{environment}:{fingerprint()}"


def seccomp_profile() -> dict[str, Any]:
    """The system calls that are allowed; everything else answers EPERM."""
    profile: dict[str, Any] = json.loads((Path(__file__).parent / "seccomp.json").read_text())
    return profile


def create_arguments(environment: str, limits: Limits, socket_path: str, runtime: str | None) -> dict[str, Any]:
    """What a container of this environment is created with. A pure function: the whole policy can be read here."""
    return {
        "image": image_name(environment),
        "command": agent_command("python3", environment),
        "user": f"{USER}:{USER}",
        "working_dir": "/tmp",
        "hostname": "sandbox",
        "environment": VARIABLES,
        "labels": {LABEL: environment, OWNER: owner.me()},
        "network_mode": "none",
        "ipc_mode": "private",
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges", f"seccomp={json.dumps(seccomp_profile())}"],
        "read_only": True,
        "init": True,
        "mounts": [Mount(SOCKET, socket_path, type="bind", read_only=True)],
        "tmpfs": {"/tmp": f"rw,noexec,nosuid,nodev,size={limits.temporary},nr_inodes={limits.inodes},mode=1777"},
        "shm_size": limits.shared_memory,
        "mem_limit": limits.memory,
        "memswap_limit": limits.memory,  # the same: no swap
        "pids_limit": limits.processes,
        "nano_cpus": int(limits.cpus * 1e9),
        "oom_score_adj": 500,
        "ulimits": [
            Ulimit(name="nofile", soft=limits.open_files, hard=limits.open_files),
            Ulimit(name="core", soft=0, hard=0),
            Ulimit(name="fsize", soft=limits.file_size, hard=limits.file_size),
            Ulimit(name="msgqueue", soft=0, hard=0),
            Ulimit(name="memlock", soft=8 << 20, hard=8 << 20),
        ],
        "log_config": LogConfig(type="none"),
        **({"runtime": runtime} if runtime else {}),
    }


class DockerSandbox:
    """One container, used once."""

    kind = "docker"

    def __init__(
        self, container: Container, folder: str, wire: socket.socket, output: socket.socket, hello: Hello
    ) -> None:
        self.container = container
        self.folder = folder
        self.image = str(container.attrs["Image"])
        self.wire = wire
        self.output = output
        self.hello = hello
        self._death: Death | None = None

    def close(self) -> Death:
        if self._death is None:
            self.wire.close()  # first: an engine whose client has stopped reading can hang on a flood
            self.output.close()
            self._death = end(self.container, self.folder)
        return self._death


class DockerSandboxes:
    """Starts containers on the engine that the environment names (DOCKER_HOST), else on the local one."""

    kind = "docker"

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._client: Any = None

    @property
    def client(self) -> Any:
        """The connection to the engine, opened when it is first needed."""
        if self._client is None:
            try:
                self._client = docker.from_env(timeout=ENGINE_SECONDS)
            except _Failure as error:
                raise SandboxUnavailable(f"No Docker engine answers: start one ({error}).") from error
        return self._client

    def problems(self, environment: str) -> list[str]:
        try:
            self.client.images.get(image_name(environment))
        except SandboxUnavailable as error:
            return [str(error)]
        except NotFound:
            return [f"There is no image {image_name(environment)}: run `grader images build {environment}`."]
        except _Failure as error:
            return [f"The Docker engine does not answer: {error}"]
        return []

    def start(self, environment: str) -> DockerSandbox:
        folder = self._folder()
        container = None
        try:
            meeting = Rendezvous(os.path.join(folder, "agent.sock"))
            os.chmod(os.path.join(folder, "agent.sock"), 0o666)  # noqa: S103 - the folder keeps everybody else out
            arguments = create_arguments(
                environment, LIMITS[environment], os.path.join(folder, "agent.sock"), self.settings.runtime
            )
            container = self.client.containers.create(**arguments)
            container.start()
            return DockerSandbox(container, folder, *meeting.accept())
        except (SandboxUnavailable, *_Failure) as error:
            death = end(container, folder) if container is not None else Death()
            shutil.rmtree(folder, ignore_errors=True)
            problems = "; ".join(self.problems(environment)) or str(error)
            raise SandboxUnavailable(f"{problems} {death.detail}".strip()) from error

    def reap(self) -> int:
        """Remove containers and socket folders whose owner has ended."""
        gone = [c for c in self._all() if owner.is_gone(c.labels.get(OWNER, ""), _age(c))]
        for container in gone:
            with suppress(*_Failure):
                container.remove(force=True)
        in_use = {m["Source"] for c in self._all() for m in c.attrs.get("Mounts", []) if m.get("Source")}
        return len(gone) + _remove_folders(Path(self.settings.sockets), in_use)

    def _all(self) -> list[Container]:
        found: list[Container] = self.client.containers.list(all=True, filters={"label": LABEL}, ignore_removed=True)
        return found

    def _folder(self) -> str:
        os.makedirs(self.settings.sockets, mode=0o700, exist_ok=True)
        folder = tempfile.mkdtemp(dir=self.settings.sockets)
        Path(folder, "owner").write_text(owner.me())
        return folder


def end(container: Container, folder: str) -> Death:
    """Kill, wait, inspect, remove; each step bounded by the client's time limit, none of them believed to work."""
    oom_kills = _oom_kills(container.id)
    detail: list[str] = []
    for step in (container.kill, lambda: container.wait(timeout=5), container.reload):
        try:
            step()
        except APIError as error:
            if error.status_code != 409:  # 409: it has ended by itself
                detail.append(str(error))
        except _Failure as error:
            detail.append(str(error))
    state = container.attrs.get("State", {})
    with suppress(*_Failure):
        container.remove(force=True)
    shutil.rmtree(folder, ignore_errors=True)
    memory = bool(state.get("OOMKilled")) or oom_kills > 0
    return Death(memory=memory, exit_code=state.get("ExitCode"), detail="; ".join(detail))


def _oom_kills(container_id: str | None) -> int:
    """The kernel's count of processes killed for memory, where the engine is on this machine (cgroup v1 or v2)."""
    root = Path("/sys/fs/cgroup")
    for path in (
        root / f"memory/docker/{container_id}/memory.oom_control",
        root / f"system.slice/docker-{container_id}.scope/memory.events",
        root / f"docker/{container_id}/memory.events",
    ):
        with suppress(OSError):
            counts = dict(line.split(maxsplit=1) for line in path.read_text().splitlines() if " " in line)
            return int(counts.get("oom_kill", 0))
    return 0


def _age(container: Container) -> float:
    created = str(container.attrs.get("Created", ""))[:19]
    with suppress(ValueError):
        return time.time() - time.mktime(time.strptime(created, "%Y-%m-%dT%H:%M:%S")) + time.timezone
    return 0.0


def _remove_folders(root: Path, in_use: set[str]) -> int:
    removed = 0
    for folder in root.iterdir() if root.is_dir() else ():
        written_by = folder / "owner"
        with suppress(OSError):
            unused = str(folder / "agent.sock") not in in_use
            if unused and owner.is_gone(written_by.read_text(), time.time() - folder.stat().st_mtime):
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
    return removed
