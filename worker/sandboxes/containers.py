"""What a container is created with: the whole policy, as one pure function; and how an engine is told.

Nothing that comes from a submission gets here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from docker.models.containers import Container
from docker.types import LogConfig, Mount, Ulimit

from worker.sandboxes import masks
from worker.sandboxes.settings import MIB, PYTHON_FLAGS, SOCKET, USER, VARIABLES, Limits, agent_arguments

_OF_CONTAINER = {"image", "command", "entrypoint", "user", "working_dir", "hostname", "environment", "labels"}


def create_arguments(
    environment: str,
    *,
    limits: Limits,
    image: str,
    socket_path: str,
    labels: Mapping[str, str] | None = None,
    runtime: str | None = None,
) -> dict[str, Any]:
    """The arguments of `create` for a sandbox of this environment."""
    return {
        "image": image,
        "command": ["python3", *PYTHON_FLAGS, "-m", "grader.harness.agent", *agent_arguments(environment)],
        "entrypoint": [],
        "user": f"{USER}:{USER}",
        "working_dir": "/tmp",
        "hostname": "sandbox",
        "environment": dict(VARIABLES),
        "labels": dict(labels or {}),
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
            _ulimit("nofile", limits.open_files),
            _ulimit("core", 0),
            _ulimit("fsize", limits.file_size),
            _ulimit("msgqueue", 0),
            _ulimit("memlock", 8 * MIB),
        ],
        "log_config": LogConfig(type="none"),
        "masked_paths": list(masks.PATHS),
        **({"runtime": runtime} if runtime else {}),
    }


def create(client: Any, arguments: Mapping[str, Any]) -> Container:
    """A new container. `containers.create` would be enough, if it had a way to say what is masked."""
    of_container = {name: value for name, value in arguments.items() if name in _OF_CONTAINER}
    of_host = {name: value for name, value in arguments.items() if name not in (*_OF_CONTAINER, "masked_paths")}
    host = client.api.create_host_config(**of_host) | {"MaskedPaths": arguments["masked_paths"]}
    made = client.api.create_container(**of_container, host_config=host)
    container: Container = client.containers.get(made["Id"])
    return container


@lru_cache(maxsize=1)
def seccomp_profile() -> dict[str, Any]:
    """The system calls that are allowed; everything else answers EPERM."""
    profile: dict[str, Any] = json.loads((Path(__file__).parent / "seccomp.json").read_text())
    return profile


def _ulimit(name: str, value: int) -> Ulimit:
    return Ulimit(name=name, soft=value, hard=value)
