"""The sandboxes of a server, for real: what is applied, what is told of a death, what is left behind."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import docker
import pytest

from grader.core.errors import SandboxUnavailable
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness.sandbox import Sandboxes, find
from grader.harness.session import SandboxFailure, Session
from worker.sandboxes import owner
from worker.sandboxes.docker import LABEL, OWNER, DockerSandboxes, Settings, create_arguments
from worker.sandboxes.settings import LIMITS

KINDS = [
    pytest.param("docker", marks=pytest.mark.docker),
    pytest.param("bubblewrap", marks=pytest.mark.bubblewrap),
]

INSIDE = """
import ctypes, errno, os, socket, sys

def facts():
    status = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
    return {"uid": os.getuid(), "caps": status["CapEff"].strip(), "seccomp": status["Seccomp"].strip(),
            "no_new_privs": status["NoNewPrivs"].strip()}

def connect(family, address):
    try:
        with socket.socket(getattr(socket, family)) as s:
            s.settimeout(1)
            s.connect(tuple(address))
        return "connected"
    except OSError as error:
        return type(error).__name__

def writable(paths):
    found = []
    for path in paths:
        try:
            with open(os.path.join(path, "probe"), "w") as file: file.write("x")
            found.append(path)
        except OSError: pass
    return found

def syscall(number, *args):
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(number, *args)
    return errno.errorcode.get(ctypes.get_errno()) if result < 0 else "done"

def lock():
    import fcntl
    with open("/tmp/lock", "w") as file:
        try: fcntl.flock(file, fcntl.LOCK_EX); return "locked"
        except OSError as error: return type(error).__name__

def search(words):
    found = []
    for root, folders, files in os.walk("/"):
        if root in ("/proc", "/sys", "/dev"):
            folders.clear(); continue
        for name in files:
            path = os.path.join(root, name)
            if any(w in path for w in words["paths"]): found.append(path)
            library = any(part in path for part in ("site-packages/", "/srv/site/", "/usr/lib/", "/python3.11/"))
            if name.endswith((".py", ".toml", ".md", ".pyc")) and not library:
                try: content = open(path, "rb").read()
                except OSError: continue
                if any(w.encode() in content for w in words["texts"]): found.append(path)
    with open("/proc/self/maps") as maps:
        regions = [line.split()[0] for line in maps if line.split()[1].startswith("r")]
    with open("/proc/self/mem", "rb") as memory:
        for region in regions:
            begin, end = (int(x, 16) for x in region.split("-"))
            try: memory.seek(begin); content = memory.read(min(end - begin, 1 << 26))
            except (OSError, OverflowError, ValueError): continue
            if any(bytes.fromhex(w) in content[::-1] for w in words["memory"]): found.append(region)
    return found

def environment(): return {name: value for name, value in os.environ.items()}

def eat():
    hog = []
    while True: hog.append(bytearray(1 << 24)); hog[-1][::4096] = b"x" * len(hog[-1][::4096])

def eat_in_a_child():
    if os.fork() == 0: eat()
    os.wait()
    os._exit(0)

def fork_for_ever():
    count = 0
    while True:
        try:
            if os.fork() == 0:
                while True: pass
            count += 1
        except OSError: return count

def fill(path):
    try:
        with open(path + "/big", "wb") as file:
            while True: file.write(b"x" * (1 << 20))
    except OSError as error: return errno.errorcode[error.errno]

def flood():
    while True: os.write(1, b"x" * 65536)

def ignore_and_hang():
    import signal
    for number in range(1, 32):
        try: signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError): pass
    while True: pass

def numerics():
    import numpy as np
    return float(np.linalg.svd(np.eye(30) * 2)[1].sum())
"""


@pytest.fixture(params=KINDS)
def sandboxes(request) -> Sandboxes:
    return find(request.param)


class Inside:
    """A sandbox with the program above in it."""

    def __init__(self, sandboxes: Sandboxes, environment: str = "numpy", seconds: float = 20.0) -> None:
        self.session = Session(sandboxes.start(environment))
        self.session.call_seconds = seconds
        self.module, _ = self.session.load(Submission("inside.py", {"inside.py": INSIDE.encode()}), None)

    def __enter__(self) -> Any:
        return self.module

    def __exit__(self, *exception: object) -> None:
        self.session.close()


def test_nobody_without_rights_and_without_network(sandboxes):
    with Inside(sandboxes) as inside:
        facts = inside.facts()
        assert facts["uid"] == 65534
        assert int(facts["caps"], 16) == 0
        assert facts["seccomp"] == "2"
        assert facts["no_new_privs"] == "1"
        for family, address in (
            ("AF_INET", ["127.0.0.1", 6379]),
            ("AF_INET", ["169.254.169.254", 80]),
            ("AF_INET6", ["::1", 80]),
            ("AF_VSOCK", [2, 1024]),
        ):
            assert inside.connect(family, address) == "PermissionError", family
        assert inside.writable(["/", "/etc", "/usr", "/srv", "/run", "/run/grader", "/tmp"]) == ["/tmp"]
        assert abs(inside.numerics() - 60) < 1e-9


@pytest.mark.parametrize(
    ("number", "arguments"),
    [(425, (8, 0)), (101, (0, 0, 0, 0)), (321, (0, 0, 0)), (250, (0, 0)), (272, (0x10000000,)), (165, (0, 0, 0, 0, 0))],
    ids=["io_uring_setup", "ptrace", "bpf", "keyctl", "unshare", "mount"],
)
def test_system_calls_off_the_list_are_refused(sandboxes, number, arguments):
    with Inside(sandboxes) as inside:
        assert inside.syscall(number, *arguments) == "EPERM"
        assert inside.lock() == "PermissionError"


def test_neither_suites_nor_references_are_inside(sandboxes):
    root = Path(__file__).resolve().parents[2]
    paths = ["/hidden/", "/reference/clustering", "mutants.toml", "/accepted/", "test_kmeans"]
    texts = ["Clusters that lose their objects", "Lloyd's algorithm (lecture 9"]
    assert texts[0] in (root / "assignments/clustering/kmeans/hidden/test_kmeans.py").read_text()
    assert texts[1] in (root / "reference/clustering/kmeans.py").read_text()
    with Inside(sandboxes, seconds=60) as inside:
        memory = [b"Expanding the square of a difference"[::-1].hex()]  # backwards, so that asking does not plant it
        assert inside.search({"paths": paths, "texts": texts, "memory": memory}) == []
        variables = inside.environment()
        assert not [name for name in variables if "GRADER" in name or "SECRET" in name or "DATABASE" in name]


def failure(inside: Any, call: str, *arguments: Any) -> SandboxFailure:
    with pytest.raises(SandboxFailure) as caught:
        getattr(inside, call)(*arguments)
    return caught.value


def test_too_much_memory_is_told_from_outside(sandboxes):
    for call in ("eat", "eat_in_a_child"):
        with Inside(sandboxes) as inside:
            assert failure(inside, call).verdict is Verdict.MEMORY, call


def test_forks_end_at_the_limit_and_die_with_the_sandbox(sandboxes):
    box = Inside(sandboxes)
    with box as inside:
        assert 1 <= inside.fork_for_ever() <= LIMITS["numpy"].processes
        began = time.monotonic()
    assert time.monotonic() - began < 10
    assert not subprocess.run(["pgrep", "-f", "grader.harness.agent --connect unix:/run"], capture_output=True).stdout


def test_temporary_space_is_bounded(sandboxes):
    with Inside(sandboxes) as inside:
        assert inside.fill("/tmp") in ("ENOSPC", "EFBIG")


def test_output_is_bounded_and_teardown_is_quick_under_a_flood(sandboxes):
    with Inside(sandboxes) as inside:
        began = time.monotonic()
        assert failure(inside, "flood").verdict is Verdict.OUTPUT
        assert time.monotonic() - began < 10


def test_a_program_that_ignores_signals_is_ended(sandboxes):
    with Inside(sandboxes, seconds=1) as inside:
        assert failure(inside, "ignore_and_hang").verdict is Verdict.TIMEOUT


@pytest.mark.docker
def test_torch_trains_under_the_filter():
    session = Session(find("docker").start("torch"))
    code = b"""
import torch
def train():
    model = torch.nn.Linear(3, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    x = torch.randn(64, 3)
    losses = []
    for _ in range(20):
        loss = ((model(x) - x.sum(1, keepdim=True)) ** 2).mean()
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        losses.append(loss.item())
    return losses[-1] < losses[0]
"""
    session.call_seconds = 20
    module, _ = session.load(Submission("t.py", {"t.py": code}), None)
    assert module.train() is True
    session.close()


def test_what_a_container_is_created_with_can_be_read():
    made = create_arguments("numpy", LIMITS["numpy"], "/folder/agent.sock", None)
    assert made["network_mode"] == "none"
    assert made["read_only"] is True
    assert made["cap_drop"] == ["ALL"]
    assert made["user"] == "65534:65534"
    assert made["mem_limit"] == made["memswap_limit"] == LIMITS["numpy"].memory
    assert "no-new-privileges" in made["security_opt"]
    (mount,) = made["mounts"]
    assert (mount["Source"], mount["ReadOnly"]) == ("/folder/agent.sock", True)
    profile = json.loads(made["security_opt"][1].removeprefix("seccomp="))
    allowed = {name for rule in profile["syscalls"] for name in rule["names"] if rule["action"] == "SCMP_ACT_ALLOW"}
    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"
    assert not allowed & {"ptrace", "bpf", "mount", "io_uring_setup", "splice", "keyctl", "flock", "unshare", "setns"}


@pytest.mark.docker
def test_what_a_dead_worker_left_is_removed_and_what_a_living_one_has_is_not(tmp_path):
    sandboxes = DockerSandboxes(Settings(sockets=str(tmp_path)))
    mine = sandboxes.start("numpy")
    arguments = create_arguments("numpy", LIMITS["numpy"], str(tmp_path), None)
    arguments["labels"][OWNER] = owner.me().rsplit("/", 2)[0] + "/999999999/1"
    arguments |= {"mounts": [], "command": ["sleep", "60"]}
    client = docker.from_env()
    orphan = client.containers.create(**arguments)
    orphan.start()
    assert sandboxes.reap() == 1
    left = {container.id for container in client.containers.list(all=True, filters={"label": LABEL})}
    assert mine.container.id in left
    assert orphan.id not in left
    mine.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.docker
def test_a_missing_image_says_what_to_do():
    sandboxes = DockerSandboxes()
    assert "grader images build nothing" in sandboxes.problems("nothing")[0]


def test_a_dead_spare_is_noticed_and_each_is_used_once():
    from worker.spares import Spares

    spares = Spares(find("process"), ["numpy"], 1)
    spares.start()
    first = spares.acquire("numpy")
    while not spares.counts()["numpy"]:
        time.sleep(0.05)
    waiting = spares._ready["numpy"][0]
    assert waiting is not first
    waiting.child.kill()
    waiting.child.wait()
    second = spares.acquire("numpy")
    assert second not in (first, waiting)
    assert second.child.poll() is None
    first.close()
    second.close()
    spares.close()


def test_spares_tell_why_there_are_none():
    from worker.spares import Spares

    class Broken:
        kind = "broken"

        def start(self, environment):
            raise SandboxUnavailable("the engine is on holiday")

    spares = Spares(Broken(), ["numpy"], 1)
    spares.start()
    with pytest.raises(SandboxUnavailable, match="on holiday"):
        spares.acquire("numpy", seconds=5)
    spares.close()
