"""The limits of a sandbox by environment: one place for all kinds of sandbox."""

from __future__ import annotations

from dataclasses import dataclass

from grader.core.errors import SandboxUnavailable

MIB = 1024 * 1024

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")
VARIABLES = {
    **ONE_THREAD,
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "MPLCONFIGDIR": "/tmp",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "TMPDIR": "/tmp",
}
# Isolated but for PYTHONHASHSEED, which -I would ignore: the order of a set belongs to a grade that can be repeated.
PYTHON_FLAGS = ["-s", "-P", "-B", "-X", "utf8"]
USER = 65534  # nobody: owns nothing in any image
SOCKET = "/run/grader/agent.sock"  # where the agent finds its host


@dataclass(frozen=True)
class Limits:
    """Bytes, counts, and CPUs as a share of one. Memory includes the temporary file systems."""

    memory: int
    processes: int = 128
    cpus: float = 1.0
    temporary: int = 64 * MIB
    inodes: int = 4096
    shared_memory: int = 64 * MIB
    open_files: int = 256
    file_size: int = 64 * MIB


LIMITS = {
    "numpy": Limits(memory=512 * MIB),
    "sklearn": Limits(memory=768 * MIB),
    "torch": Limits(memory=1024 * MIB),
}


def limits_of(environment: str) -> Limits:
    """The limits of an environment. Raises SandboxUnavailable when there is none of this name."""
    if environment not in LIMITS:
        raise SandboxUnavailable(f"There is no environment {environment!r}; there are {', '.join(LIMITS)}.")
    return LIMITS[environment]


def agent_arguments(environment: str) -> list[str]:
    """What the agent is told."""
    return ["--connect", f"unix:{SOCKET}", "--environment", environment]
