"""Sandboxes by bubblewrap, for one machine without an engine: namespaces, no network, a filter of system calls.

What can be seen inside is told in `worker.sandboxes.view`. Started as root, the code inside runs as nobody, for
the kernel too; started by another user, it is that user to the kernel, in a user namespace of its own. Memory
and processes are held by a control group where one can be made; else by resource limits, and then too much
memory is told as an exception, not as a verdict.
"""

from __future__ import annotations

import compileall
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from functools import cache, lru_cache, partial
from pathlib import Path
from py_compile import PycInvalidationMode

from grader.core.errors import SandboxUnavailable
from grader.harness.agent import source_files
from grader.harness.rendezvous import Rendezvous
from grader.harness.sandbox import Death
from grader.harness.usage import Family, Usage
from worker.files import write
from worker.sandboxes import cgroups, filters, folders, masks, view
from worker.sandboxes.counting import Counter
from worker.sandboxes.running import Running
from worker.sandboxes.settings import MIB, PYTHON_FLAGS, SOCKET, USER, VARIABLES, Limits, agent_arguments, limits_of

CHECKOUT = Path(__file__).resolve().parents[2]
IMAGE = f"bubblewrap over Python {sys.version.split()[0]}"
_BECOME_NOBODY = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--inh-caps=-all"]
_START = f"""
import json, resource, runpy, sys
for name, value in json.loads(sys.argv.pop(1)).items():
    resource.setrlimit(getattr(resource, name), (value, value))
sys.path[:0] = [{view.AGENT!r}]
sys.path.append({view.SITE!r})
runpy.run_module("grader.harness.agent", run_name="__main__", alter_sys=True)
"""


class BubblewrapSandboxes:
    """Starts agents under bwrap, each with a folder, a socket and, where possible, a control group of its own."""

    kind = "bubblewrap"

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or folders.default_root()

    def problems(self, environment: str) -> list[str]:
        if not shutil.which("bwrap"):
            return ["bwrap is not installed: apt-get install bubblewrap"]
        found = []
        if os.getuid() == 0 and not shutil.which("setpriv"):
            return ["setpriv is not installed: apt-get install util-linux"]
        if shown := view.exposed(CHECKOUT):
            found.append(f"The checkout lies in {shown}, which sandboxes can see: move it.")
        if missing := view.missing(environment):
            found.append(f"Not installed here: {', '.join(missing)}. Run pip install 'grader[science]'.")
        return found + _trouble_with_namespaces()

    def start(self, environment: str) -> Running:
        limits = limits_of(environment)
        if not shutil.which("bwrap"):
            raise SandboxUnavailable("; ".join(self.problems(environment)))
        folder = folders.make(self.root)
        group = cgroups.make(folder.place, limits)
        child: subprocess.Popen[bytes] | None = None
        try:
            with closing(Rendezvous(folder.socket)) as meeting:
                os.chmod(folder.socket, 0o666)  # noqa: S103 - the folder keeps everybody else out
                child = _starter(os.getpid()).submit(_launch, environment, limits, folder, group).result()
                streams = meeting.accept(ended=lambda: child.poll() is not None)
        except (SandboxUnavailable, OSError, RuntimeError) as error:
            said = _last_words(child)
            _end(child, group, folder)
            problems = "; ".join(self.problems(environment)) or str(error)
            raise SandboxUnavailable(f"{problems} {said}".strip()) from error
        return Running(
            kind=self.kind,
            image=IMAGE,
            streams=streams,
            usage=_usage(child.pid, group),
            end=lambda: _end(child, group, folder),
        )

    def reap(self) -> int:
        """Remove what sandboxes left behind that died with their worker: folders and control groups."""
        cgroups.remove(partial(folders.is_abandoned, root=self.root))
        return folders.remove_abandoned(self.root)


def arguments(environment: str, limits: Limits, folder: Path, *, root: bool, grouped: bool, filter_: int) -> list[str]:
    """What bwrap is called with; ``filter_`` is the descriptor of the compiled filter.

    Depends on its arguments alone, on where this Python and its packages lie, and on what this kernel has in /proc.
    """
    made = ["bwrap", *_namespaces(root=root), *view.binds(environment)]
    made += ["--ro-bind", str(folder / "agent"), view.AGENT]
    made += ["--proc", "/proc", "--ro-bind-try", "/proc/sys", "/proc/sys", *masks.binds()]
    made += ["--dev", "/dev", "--size", str(limits.shared_memory), "--perms", "1777", "--tmpfs", "/dev/shm"]
    made += ["--remount-ro", "/dev", "--size", str(limits.temporary), "--perms", "1777", "--tmpfs", "/tmp"]
    made += ["--ro-bind", str(folder / folders.SOCKET_NAME), SOCKET, "--remount-ro", "/", "--chdir", "/tmp"]
    for name, value in VARIABLES.items():
        made += ["--setenv", name, value]
    made += ["--seccomp", str(filter_)]
    start = [view.python(), *PYTHON_FLAGS, "-S", "-c", _START, json.dumps(_bounds(limits, grouped=grouped))]
    become = _BECOME_NOBODY if root else []
    return [*made, *become, *start, *agent_arguments(environment)]


def _namespaces(*, root: bool) -> list[str]:
    """New namespaces of every kind; as root none for users: nobody is then nobody to the kernel too.

    Being root outside, even without a capability, would be enough to write to /proc/sys.
    """
    made = ["--die-with-parent", "--new-session", "--clearenv", "--hostname", "sandbox", "--cap-drop", "ALL"]
    if not root:
        return [*made, "--unshare-all", "--uid", str(USER), "--gid", str(USER)]
    for namespace in ("ipc", "pid", "net", "uts", "cgroup-try"):
        made.append(f"--unshare-{namespace}")
    for capability in ("SETUID", "SETGID"):  # to become nobody, which gives them up
        made += ["--cap-add", f"CAP_{capability}"]
    return made


def _bounds(limits: Limits, *, grouped: bool) -> dict[str, int]:
    """Resource limits by their names in `resource`; those of memory and processes stand in for a control group."""
    bounds = {
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": limits.file_size,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_MEMLOCK": 8 * MIB,
    }
    if not grouped:
        bounds |= {"RLIMIT_DATA": limits.memory, "RLIMIT_AS": 4 * limits.memory, "RLIMIT_NPROC": limits.processes}
    return bounds


@lru_cache(maxsize=1)
def _starter(process: int) -> ThreadPoolExecutor:
    """The one thread of this process that starts sandboxes: the kernel ends them with the thread that started them."""
    return ThreadPoolExecutor(1, thread_name_prefix=f"bubblewrap-{process}")


def _launch(
    environment: str, limits: Limits, folder: folders.Folder, group: cgroups.Group | None
) -> subprocess.Popen[bytes]:
    """Start bwrap from a shell that joins the group first, so that nothing inside is ever outside of it."""
    write(_agent(), folder.path / "agent")
    root = os.getuid() == 0
    join = group.join_commands() if group is not None else ""
    with _in_memory(filters.program()) as filter_:
        command = arguments(environment, limits, folder.path, root=root, grouped=group is not None, filter_=filter_)
        return subprocess.Popen(
            ["sh", "-c", f'set -e; {join}exec "$@"', "sh", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=(filter_,),
            env={"PATH": os.environ.get("PATH", os.defpath)},  # no address of a database in any process of a sandbox
            start_new_session=True,
        )


@cache
def _agent() -> dict[str, bytes]:
    """The agent's files and their bytecode, which no sandbox may write; it is made once, by the same Python."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write(source_files(), folder)
        compileall.compile_dir(
            folder,
            quiet=1,
            stripdir=folder,
            prependdir=view.AGENT,
            invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
        )
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.py*") if path.is_file()}


@contextmanager
def _in_memory(content: bytes) -> Iterator[int]:
    """A descriptor to read ``content`` from."""
    descriptor = os.memfd_create("filter")
    try:
        os.write(descriptor, content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


def _trouble_with_namespaces() -> list[str]:
    """What bwrap says when it cannot do here what a sandbox needs."""
    root = os.getuid() == 0
    walls = ["bwrap", *_namespaces(root=root), "--ro-bind", "/", "/", "--proc", "/proc"]
    try:
        done = subprocess.run(
            [*walls, *(_BECOME_NOBODY if root else []), "true"], capture_output=True, check=False, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return [f"bwrap cannot be run here: {error}"]
    if done.returncode == 0:
        return []
    return [f"bwrap cannot make namespaces here: {done.stderr.decode(errors='replace').strip()[:200]}"]


def _last_words(child: subprocess.Popen[bytes] | None) -> str:
    """What bwrap, or Python inside, has said; never waits: what outlives bwrap keeps its stderr open."""
    if child is None or child.stderr is None:
        return ""
    os.set_blocking(child.stderr.fileno(), False)
    with suppress(BlockingIOError):
        lines = os.read(child.stderr.fileno(), 4000).decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""
    return ""


def _usage(pid: int, group: cgroups.Group | None) -> Callable[[], Usage]:
    """By the control group, where there is one that counts; else by the family of bwrap's process."""
    counter = Counter(group.folders) if group is not None else None
    family = Family(pid)

    def usage() -> Usage:
        counted = counter.usage() if counter is not None else None
        return family.usage() if counted is None else counted

    return usage


def _end(child: subprocess.Popen[bytes] | None, group: cgroups.Group | None, folder: folders.Folder) -> Death:
    """Kill it, and tell why it ended.

    What outlives it is killed too, with the control group, or else with the process group: a bwrap that is killed
    while it starts leaves a child that waits for it for ever.
    """
    if child is not None:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=0.05)  # what has just ended by itself keeps its own exit code
        child.kill()
        if group is None:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=5)
        if child.stderr is not None:
            child.stderr.close()
    oom = group.oom() if group is not None else ""
    if group is not None:
        group.remove()
    folder.remove()
    return Death(oom, exit_code=child.returncode if child is not None else None)
