"""Whether an engine keeps the limits that it is told.

One without delegated control groups (a rootless one, often) says in its description that it cannot, and starts
containers all the same, without limits. What it says is not believed either: a container that goes beyond each of
them must not get far.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from docker.errors import DockerException

from worker.sandboxes.containers import create
from worker.sandboxes.settings import MIB, Limits

SECONDS = 30
SMALL = Limits(memory=128 * MIB, processes=32, cpus=0.2)
_EXCEEDED = {41: "CPU time", 42: "processes", 43: "memory"}
_PROGRAM = f"""
import os, signal, time

if os.fork() == 0:
    while True:
        pass
begun, own = time.monotonic(), time.process_time()
while time.monotonic() < begun + 1.5:
    pass
if time.process_time() - own > 0.35:  # two that are busy share a fifth of a processor; 0.15 s each
    os._exit(41)

for count in range({SMALL.processes * 2}):
    try:
        child = os.fork()
    except OSError:
        break
    if child == 0:
        signal.pause()
else:
    os._exit(42)

taken = bytearray({SMALL.memory * 3})
taken[::4096] = bytes(len(taken[::4096]))
os._exit(43)
"""

_kept: set[tuple[str, str | None]] = set()  # engines and runtimes that were tried and found good


def problems(client: Any, policy: Mapping[str, Any]) -> list[str]:
    """What is not limited, as far as the engine says and a container can tell; asked once of each engine.

    ``policy`` is what a container with the limits `SMALL` is created with.
    """
    engine, runtime = client.info(), policy.get("runtime")
    if (engine["ID"], runtime) in _kept:
        return []
    found = _missing(engine) or _exceeded(client, policy)
    if not found:
        _kept.add((engine["ID"], runtime))
        return []
    return [f"The Docker engine does not limit {', '.join(found)}: delegate control groups to it, or run it as root."]


def _missing(engine: Mapping[str, Any]) -> list[str]:
    needed = {"MemoryLimit": "memory", "PidsLimit": "processes", "CpuCfsQuota": "CPU time"}
    return [what for name, what in needed.items() if not engine.get(name, engine.get(name.replace("Cpu", "CPU")))]


def _exceeded(client: Any, policy: Mapping[str, Any]) -> list[str]:
    container = create(client, {**policy, "mounts": [], "command": ["python3", "-c", _PROGRAM]})
    try:
        container.start()
        code = container.wait(timeout=SECONDS)["StatusCode"]
    finally:
        with suppress(DockerException, OSError):
            container.remove(force=True, v=True)
    return [_EXCEEDED[code]] if code in _EXCEEDED else []
