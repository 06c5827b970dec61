"""Sandboxes by bubblewrap, for one machine without an engine: namespaces, no network, a filter of system calls.

What can be seen inside: the system's libraries, this Python and its installed packages, read-only; the agent;
a small temporary folder. Of the packages those that an environment does not have are covered. The checkout,
and with it suites and references, is not there. Memory and processes are held by a control group where one
can be made; else by resource limits, and then too much memory is told as an exception, not as a verdict.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
from contextlib import suppress
from pathlib import Path

from grader.core.errors import SandboxUnavailable
from grader.harness.agent import source_files
from grader.harness.rendezvous import Rendezvous
from grader.harness.sandbox import Death, Hello
from worker.sandboxes import cgroups, filters
from worker.sandboxes.settings import LIMITS, SOCKET, USER, VARIABLES, Limits, agent_command

AGENT = "/srv/agent"
_SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/etc/ld.so.cache", "/etc/alternatives")
_BEYOND = {  # packages that an environment does not have, by folder
    "numpy": ("scipy", "sklearn", "torch"),
    "sklearn": ("torch",),
    "torch": ("scipy", "sklearn"),
}
_START = f"""
import runpy, sys
sys.path.insert(0, {AGENT!r})
runpy.run_module("grader.harness.agent", run_name="__main__", alter_sys=True)
"""


class BubblewrapSandbox:
    """One bwrap process and what it holds."""

    kind = "bubblewrap"
    image = f"bubblewrap over Python {sys.version.split()[0]}"

    def __init__(
        self,
        child: subprocess.Popen[bytes],
        group: cgroups.Group | None,
        folder: str,
        wire: socket.socket,
        output: socket.socket,
        hello: Hello,
    ) -> None:
        self.child = child
        self.group = group
        self.folder = folder
        self.wire = wire
        self.output = output
        self.hello = hello
        self._death: Death | None = None

    def close(self) -> Death:
        if self._death is None:
            self.wire.close()
            self.output.close()
            self._death = _end(self.child, self.group, self.folder)
        return self._death


class BubblewrapSandboxes:
    """Starts agents under bwrap."""

    kind = "bubblewrap"

    def problems(self, environment: str) -> list[str]:
        if shutil.which("bwrap") is None:
            return ["bwrap is not installed: apt-get install bubblewrap"]
        done = subprocess.run(
            ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "true"],
            capture_output=True,
            check=False,
            timeout=10,
        )
        if done.returncode != 0:
            return [f"bwrap cannot make namespaces here: {done.stderr.decode(errors='replace').strip()[:200]}"]
        return []

    def start(self, environment: str) -> BubblewrapSandbox:
        if shutil.which("bwrap") is None:
            raise SandboxUnavailable("bwrap is not installed: apt-get install bubblewrap")
        folder = tempfile.mkdtemp(prefix="grader-bwrap-")
        meeting = Rendezvous(os.path.join(folder, "agent.sock"))
        group = cgroups.make(os.path.basename(folder), LIMITS[environment])
        child = _launch(environment, folder, group)
        try:
            return BubblewrapSandbox(child, group, folder, *meeting.accept())
        except SandboxUnavailable as error:
            said = _last_words(child)
            _end(child, group, folder)
            raise SandboxUnavailable(f"{error} {said}".strip()) from error

    def reap(self) -> int:
        return 0  # a sandbox dies with the process that started it


def arguments(environment: str, limits: Limits, folder: str) -> list[str]:
    """What bwrap is called with. A pure function of its arguments and of where this Python lies."""
    made = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"]
    made += ["--uid", str(USER), "--gid", str(USER), "--hostname", "sandbox"]
    for path in _SYSTEM:
        made += ["--ro-bind-try", path, path]
    for prefix in dict.fromkeys((sys.base_prefix, sys.prefix)):
        if not prefix.startswith("/usr"):
            made += ["--ro-bind", prefix, prefix]
    for package in _BEYOND[environment]:
        place = os.path.join(sysconfig.get_path("platlib"), package)
        made += ["--tmpfs", place, "--remount-ro", place] if os.path.isdir(place) else []
    made += ["--ro-bind", os.path.join(folder, "agent"), AGENT]
    made += ["--proc", "/proc", "--dev", "/dev", "--size", str(limits.temporary), "--tmpfs", "/tmp"]
    made += ["--size", str(limits.shared_memory), "--tmpfs", "/dev/shm"]
    made += ["--ro-bind", os.path.join(folder, "agent.sock"), SOCKET, "--remount-ro", "/", "--chdir", "/tmp"]
    for name, value in VARIABLES.items():
        made += ["--setenv", name, value]
    python, isolated, *rest = agent_command(sys.executable, environment)
    return [*made, "--seccomp", "3", python, isolated, "-X", "utf8", "-c", _START, *rest[rest.index("--connect") :]]


def _launch(environment: str, folder: str, group: cgroups.Group | None) -> subprocess.Popen[bytes]:
    """Start bwrap from a shell that has joined the group and set the limits that bwrap does not know."""
    limits = LIMITS[environment]
    for path, content in source_files().items():
        place = Path(folder, "agent", path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    compiled = Path(folder, "filter.bpf")
    compiled.write_bytes(filters.program())
    bounds = f"ulimit -n {limits.open_files}; ulimit -c 0; ulimit -f {limits.file_size // 512}; "
    bounds += group.join_commands() if group is not None else f"ulimit -v {4 * limits.memory // 1024}; "
    script = f'{bounds}exec "$@" 3<{compiled}'
    return subprocess.Popen(
        ["sh", "-c", script, "sh", *arguments(environment, limits, folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _last_words(child: subprocess.Popen[bytes]) -> str:
    """What bwrap said before it ended; nothing while it still runs."""
    if child.stderr is None or child.poll() is None:
        return ""
    return os.read(child.stderr.fileno(), 2000).decode(errors="replace").strip()


def _end(child: subprocess.Popen[bytes], group: cgroups.Group | None, folder: str) -> Death:
    """Kill it, and tell why it ended; the group kills what has outlived it."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=0.05)  # what has just ended by itself keeps its own exit code
    child.kill()
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=5)
    if child.stderr is not None:
        child.stderr.close()
    kills = group.oom_kills() if group is not None else 0
    if group is not None:
        group.remove()
    shutil.rmtree(folder, ignore_errors=True)
    return Death(memory=kills > 0, exit_code=child.returncode)
