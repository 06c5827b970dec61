"""The limits of a sandbox by environment: one place for all kinds of sandbox."""

from __future__ import annotations

from dataclasses import dataclass

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


def agent_command(python: str, environment: str) -> list[str]:
    """What runs inside."""
    agent = ["-m", "grader.harness.agent", "--connect", f"unix:{SOCKET}", "--environment", environment]
    return [python, "-I", "-X", "utf8", *agent]
