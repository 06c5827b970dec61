"""Sandboxes as Docker containers: they are started, ended and tidied up after here.

A container is created from a fixed image by the name of an environment; nobody can pass it an image, a
mount, a variable or a command. The one thing mounted into it is its own Unix socket. Causes of death come
from the engine and the kernel.

gVisor (GRADER_RUNTIME=runsc) needs these among its runtimeArgs: `--host-uds=open`, to reach the socket;
`--oci-seccomp`, without which the filter is not applied inside; `--network=none`.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any

import docker
from docker.errors import DockerException, NotFound
from docker.models.containers import Container

from grader.core.errors import SandboxUnavailable
from grader.harness.rendezvous import Rendezvous
from grader.harness.sandbox import Death, Oom
from grader.harness.usage import Usage, of_strangers
from worker.images.libraries import image_name
from worker.sandboxes import cgroups, enforcement, folders
from worker.sandboxes.containers import create, create_arguments
from worker.sandboxes.counting import Counter
from worker.sandboxes.running import Running
from worker.sandboxes.settings import Limits, limits_of

LABEL = "org.grader.sandbox"  # the environment
PLACE = "org.grader.place"  # the folder whose lock tells whether the owner lives
OWNER = "org.grader.owner"  # host and process number, for people
ENGINE_SECONDS = 15  # for one call to the engine that starts something
TEARDOWN_SECONDS = 5  # for one call that ends something

_Failure = (DockerException, OSError)  # those of requests are OSErrors
log = logging.getLogger("grader.sandboxes")


@dataclass(frozen=True)
class Settings:
    """Where the sockets lie and which runtime runs the containers (``runsc`` selects gVisor).

    The engine is the one that DOCKER_HOST names, else the local one; it must see the same ``sockets`` folder.
    """

    sockets: Path = field(default_factory=folders.default_root)
    runtime: str | None = field(default_factory=lambda: os.environ.get("GRADER_RUNTIME") or None)


class DockerSandboxes:
    """Starts containers, each with a folder and a socket of its own."""

    kind = "docker"

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()

    @cached_property
    def client(self) -> Any:
        """The connection to the engine, opened when it is first needed."""
        return _connect(ENGINE_SECONDS)

    @cached_property
    def undertaker(self) -> Any:
        """A connection for ending containers, with shorter time limits."""
        return _connect(TEARDOWN_SECONDS).api

    def problems(self, environment: str) -> list[str]:
        try:
            limits_of(environment)
            self.client.images.get(image_name(environment))
            return self._try_limits(environment)
        except SandboxUnavailable as error:
            return [str(error)]
        except NotFound:
            return [f"There is no image {image_name(environment)}: run `grader images build {environment}`."]
        except _Failure as error:
            return [f"The Docker engine does not answer: {error}"]

    def start(self, environment: str) -> Running:
        limits_of(environment)
        undertaker = self.undertaker  # opened while the engine answers: what it ends later may have lost its engine
        folder = folders.make(self.settings.sockets)
        container = None
        try:
            with closing(Rendezvous(folder.socket)) as meeting:
                os.chmod(folder.socket, 0o666)  # noqa: S103 - the folder keeps everybody else out
                container = self._create(environment, folder)
                container.start()
                streams = meeting.accept(ended=_has_ended(container))
        except (SandboxUnavailable, *_Failure) as error:
            death = _end(undertaker, container, folder)
            problems = "; ".join(self.problems(environment)) or str(error)
            exit_code = f"(exit code {death.exit_code})" if death.exit_code else ""
            raise SandboxUnavailable(f"{problems} {exit_code}".strip()) from error
        image = str(container.attrs["Image"])
        return Running(
            kind=self.kind,
            image=image,
            streams=streams,
            usage=usage_of(undertaker, str(container.id)),
            end=lambda: _end(undertaker, container, folder),
        )

    def reap(self) -> int:
        """Remove containers and folders whose owner has ended; those of other living workers stay."""
        root = self.settings.sockets
        found = self.client.containers.list(all=True, filters={"label": LABEL}, ignore_removed=True)
        gone = [c for c in found if folders.is_abandoned(c.labels.get(PLACE, ""), root)]
        for container in gone:
            with suppress(*_Failure):
                container.remove(force=True, v=True)
        return len(gone) + folders.remove_abandoned(root)

    def _try_limits(self, environment: str) -> list[str]:
        folder = folders.make(self.settings.sockets)
        try:
            return enforcement.problems(self.client, self._arguments(environment, folder, enforcement.SMALL))
        finally:
            folder.remove()

    def _create(self, environment: str, folder: folders.Folder) -> Container:
        return create(self.client, self._arguments(environment, folder, limits_of(environment)))

    def _arguments(self, environment: str, folder: folders.Folder, limits: Limits) -> dict[str, Any]:
        return create_arguments(
            environment,
            limits=limits,
            image=image_name(environment),
            socket_path=folder.socket,
            labels={LABEL: environment, PLACE: folder.place, OWNER: f"{socket.gethostname()} {os.getpid()}"},
            runtime=self.settings.runtime,
        )


def _connect(seconds: int) -> Any:
    try:
        return docker.from_env(timeout=seconds)
    except _Failure as error:
        raise SandboxUnavailable(f"No Docker engine answers: start one ({error}).") from error


def _end(engine: Any, container: Container | None, folder: folders.Folder) -> Death:
    return end(engine, container.id if container is not None else None, folder)


def end(engine: Any, container_id: str | None, folder: folders.Folder) -> Death:
    """Kill, wait, inspect, remove; each step has a time limit, and none of them is believed to work.

    What could not be removed loses its folder's lock, and is removed by whoever reaps next.
    """
    if container_id is None:
        folder.remove()
        return Death()
    trouble: list[str] = []
    oom = _oom(container_id)
    _step(lambda: engine.kill(container_id), trouble)
    _step(lambda: engine.wait(container_id, timeout=TEARDOWN_SECONDS), trouble)
    state = (_step(lambda: engine.inspect_container(container_id), trouble) or {}).get("State", {})
    _step(lambda: engine.remove_container(container_id, force=True, v=True), trouble)
    folder.remove()
    if trouble:
        log.warning("a container did not end as it should: %s", "; ".join(trouble))
    if not oom and state.get("OOMKilled"):
        oom = "either"
    return Death(oom, exit_code=state.get("ExitCode"), detail="; ".join(trouble))


def _step(call: Callable[[], Any], trouble: list[str]) -> Any:
    """One call to the engine; its failure is written down. 409 says that the container has ended by itself."""
    try:
        return call()
    except _Failure as error:
        if getattr(error, "status_code", None) != HTTPStatus.CONFLICT:
            trouble.append(str(error))
    return None


def _oom(container_id: str) -> Oom:
    """What the kernel tells, where the engine is on this machine and the container's group still there.

    The engine's own word does not tell whose memory ran out, and has been unreliable on some kernels.
    """
    for path in _groups("memory", container_id):
        if path.exists():
            return cgroups.oom(path)
    return ""


def usage_of(engine: Any, container_id: str) -> Callable[[], Usage]:
    """What the container has used and lost: by its groups where these are seen here, else as the engine and the whole
    machine tell it.

    It raises ProcessLookupError when the container does not run any more, SandboxUnavailable when the engine does not
    answer.
    """
    controllers = ("cpuacct", "cpu", cgroups.BESIDE)
    counter = Counter(tuple(path for name in controllers for path in _groups(name, container_id)))

    def usage() -> Usage:
        if (counted := counter.usage()) is not None:
            return counted
        used = processor_seconds(engine, container_id)
        return Usage(used, of_strangers(used))

    return usage


def processor_seconds(engine: Any, container_id: str) -> float:
    """What the container has used of processors, as the engine says; it raises as `usage_of` does."""
    try:
        told = engine.stats(container_id, stream=False, one_shot=True)
    except NotFound:
        raise ProcessLookupError("the container is gone") from None
    except _Failure as error:
        raise SandboxUnavailable(f"The Docker engine does not tell what a container has used: {error}") from error
    nanoseconds = told.get("cpu_stats", {}).get("cpu_usage", {}).get("total_usage", 0)
    if not nanoseconds:  # what has ended has used nothing, by the engine's word
        raise ProcessLookupError("the container has ended")
    return int(nanoseconds) / 1e9


def _groups(controller: str, container_id: str) -> tuple[Path, ...]:
    """Where an engine of this machine may have the group of a container: of this controller, or the only one."""
    return (
        cgroups.ROOT / f"{controller}/docker/{container_id}",
        cgroups.ROOT / f"system.slice/docker-{container_id}.scope",
        cgroups.ROOT / f"docker/{container_id}",
    )


def _has_ended(container: Container) -> Callable[[], bool]:
    """Whether the container has ended before its agent said hello; an engine that does not answer is not the end."""

    def ended() -> bool:
        with suppress(*_Failure):
            container.reload()
        return str(container.status) in ("exited", "dead")

    return ended
