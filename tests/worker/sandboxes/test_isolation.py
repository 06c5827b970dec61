"""What can be done and seen inside: nothing but computing, with nothing but the environment's libraries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.harness.process import ProcessSandboxes
from tests.worker.sandboxes.inside import Inside, Namespace, agent_of
from worker.sandboxes.settings import VARIABLES

CHECKOUT = Path(__file__).resolve().parents[3]
HIDDEN = "assignments/clustering/kmeans/hidden/test_kmeans.py"
REFERENCE = "reference/clustering/centers/kmeans.py"

ELSEWHERE = ["pip", "pytest", "docker", "flask", "celery", "sqlalchemy", "hypothesis", "optuna", "msgpack_numpy"]
OURS = ["reference", "worker", "web", "grader.core", "grader.testing", "grader.store", "grader.cli", "assignments"]
FORBIDDEN = {  # by number on x86-64
    "ptrace": (101, (0, 0, 0, 0)),
    "process_vm_readv": (310, (1, 0, 0, 0, 0, 0)),
    "mount": (165, (0, 0, 0, 0, 0)),
    "umount2": (166, (0, 0)),
    "pivot_root": (155, (0, 0)),
    "chroot": (161, (0,)),
    "unshare": (272, (0x10000000,)),
    "setns": (308, (0, 0)),
    "clone with a user namespace": (56, (0x10000000, 0, 0, 0, 0)),
    "bpf": (321, (0, 0, 0)),
    "perf_event_open": (298, (0, 0, 0, 0, 0)),
    "userfaultfd": (323, (0,)),
    "keyctl": (250, (0, 0)),
    "add_key": (248, (0, 0, 0, 0, 0)),
    "io_uring_setup": (425, (8, 0)),
    "splice": (275, (0, 0, 0, 0, 0, 0)),
    "vmsplice": (278, (0, 0, 0, 0)),
    "tee": (276, (0, 0, 0, 0)),
    "mknod": (133, (0, 0o20666, 259)),
    "shmget": (29, (0, 4096, 0o1600)),
    "semget": (64, (0, 1, 0o1600)),
    "msgget": (68, (0, 0o1600)),
    "mq_open": (240, (0, 0, 0, 0)),
    "inotify_init1": (294, (0,)),
    "fanotify_init": (300, (0, 0)),
    "name_to_handle_at": (303, (0, 0, 0, 0, 0)),
    "personality": (135, (0x0040000,)),
    "kexec_load": (246, (0, 0, 0, 0)),
    "init_module": (175, (0, 0, 0)),
    "reboot": (169, (0, 0, 0, 0)),
    "fadvise64": (221, (0, 0, 0, 4)),
    "readahead": (187, (0, 0, 4096)),
    "mincore": (27, (0, 4096, 0)),
    "sync_file_range": (277, (0, 0, 0, 7)),
    "preadv2 with a flag": (327, (0, 0, 0, 0, 0, 8)),
    "pwritev2 with a flag": (328, (0, 0, 0, 0, 0, 8)),
    "madvise of what is cached": (28, (0, 4096, 21)),
    "ioctl of a file system": (16, (0, 0x40046629, 0)),
    "pidfd_open": (434, (1, 0)),
    "sysinfo": (99, (0,)),
}


def test_the_code_is_nobody_without_rights(sandboxes):
    with Inside(sandboxes) as inside:
        facts = inside.facts()
        assert set(facts["uids"]) == set(facts["gids"]) == {65534}
        for name in ("CapEff", "CapPrm", "CapInh", "CapAmb"):
            assert int(facts[name], 16) == 0, name
        assert facts["Seccomp"] == "2"
        assert facts["NoNewPrivs"] == "1"


def test_it_is_not_root_to_the_kernel_either(sandboxes):
    with Inside(sandboxes) as inside:
        assert inside.uid_outside() not in (0, None)


def test_nothing_but_temporary_folders_can_be_written(sandboxes):
    with Inside(sandboxes) as inside:
        writable = {
            folder for folder in inside.writable_folders() if not folder.startswith(("/tmp/submission-", "/tmp/probe-"))
        }
        assert writable - {"/dev/mqueue"} == {"/tmp", "/dev/shm"}
        assert inside.writable_settings() == []


def test_nothing_runs_as_somebody_else(sandboxes):
    with Inside(sandboxes) as inside:
        assert inside.privileged_files() == []


@pytest.mark.parametrize(
    ("family", "address"),
    [
        ("AF_INET", ["127.0.0.1", 6379]),
        ("AF_INET", ["169.254.169.254", 80]),
        ("AF_INET6", ["::1", 80]),
        ("AF_VSOCK", [2, 1024]),
        ("AF_NETLINK", [0, 0]),
        ("AF_ALG", ["hash", "sha256"]),
        ("AF_PACKET", ["lo", 0]),
    ],
)
def test_there_is_no_network_of_any_kind(sandboxes, family, address):
    with Inside(sandboxes) as inside:
        assert inside.connect(family, address) == "PermissionError"


def test_the_socket_of_the_wire_is_gone_when_the_code_runs(sandboxes, root):
    with Inside(sandboxes) as inside:
        assert inside.connect("AF_UNIX", "/run/grader/agent.sock") in ("FileNotFoundError", "ConnectionRefusedError")
        assert not list(root.glob("*/agent.sock"))


def test_system_calls_off_the_list_are_refused(sandboxes):
    with Inside(sandboxes) as inside:
        answers = {name: inside.syscall(number, list(arguments)) for name, (number, arguments) in FORBIDDEN.items()}
        assert {name: answer for name, answer in answers.items() if answer != "EPERM"} == {}
        assert inside.syscall(435, [0, 0]) == "ENOSYS"  # clone3: libc must fall back to clone, whose flags are checked
        assert inside.lock("flock") == inside.lock("lockf") == "PermissionError"


def test_the_kernels_counters_cannot_be_read(sandboxes):
    with Inside(sandboxes) as inside:
        assert set(inside.kernel_files()) <= {"cpuinfo", "filesystems", "mounts", "version"}


def test_honest_code_runs(sandboxes):
    with Inside(sandboxes) as inside:
        assert abs(inside.numerics() - 60) < 1e-9
        assert inside.ordinary_python() == ([1, 2, 3], "42")
        assert inside.asks_the_system() == (True, True, 6, "waited")


def test_torch_trains(sandboxes):
    with Inside(sandboxes, "torch", seconds=120) as inside:
        assert inside.train() is True


@pytest.mark.parametrize(
    ("environment", "there"),
    [("numpy", ["numpy"]), ("sklearn", ["numpy", "scipy", "sklearn"]), ("torch", ["numpy", "torch"])],
)
def test_an_environment_has_its_libraries_and_no_others(sandboxes, environment, there):
    with Inside(sandboxes, environment, seconds=60) as inside:
        names = ["numpy", "scipy", "sklearn", "torch", *ELSEWHERE, *OURS]
        assert inside.importable(names) == there


def shifted(text: str) -> bytes:
    return bytes(byte + 1 for byte in text.encode())


def secrets() -> list[str]:
    """Text of a hidden suite and of a reference."""
    texts = {HIDDEN: "Clusters that lose their objects", REFERENCE: "Lloyd's algorithm (lecture 9"}
    assert all(text in (CHECKOUT / path).read_text() for path, text in texts.items())
    return list(texts.values())


def test_no_file_of_suites_or_references_is_inside(sandboxes):
    paths = ["/hidden/", "/reference/", "mutants", "/accepted/", "test_kmeans", ".git/"]
    with Inside(sandboxes, seconds=120) as inside:
        assert inside.files_like({"paths": paths, "texts": secrets()}) == []
        found = inside.files_like({"paths": ["harness/agent/service.py"], "texts": ["What the tests of the sandboxes"]})
        assert {path.rpartition("/")[2] for path in found} >= {"service.py", "inside.py"}  # the search does find


def test_the_memory_holds_nothing_of_suites_or_references(sandboxes):
    with Inside(sandboxes, seconds=120) as inside:
        assert inside.in_memory([shifted(text) for text in secrets()]) == 0
        assert inside.in_memory([shifted("How many regions of our own memory hold")]) > 0  # the search does find


def test_no_secret_is_in_the_environment(sandboxes, monkeypatch):
    monkeypatch.setenv("GRADER_DATABASE", "sqlite:////srv/secret.db")
    with Inside(sandboxes) as inside:
        variables = inside.environment()
        assert not [name for name in variables if name.startswith("GRADER")]
        assert variables["OMP_NUM_THREADS"] == "1"
        assert set(variables) <= {*VARIABLES, "HOSTNAME", "PWD", "LC_CTYPE"}


def test_the_order_of_a_set_is_the_same_in_every_sandbox_and_on_a_students_machine(sandboxes, monkeypatch):
    monkeypatch.setenv("PYTHONHASHSEED", "17")  # what somebody has set for programs of their own
    orders = []
    for kind in (sandboxes, ProcessSandboxes()):
        with Inside(kind) as inside:
            orders.append(inside.order_of_a_set())
    assert orders[0] == orders[1]


def test_no_process_of_a_sandbox_knows_the_workers_settings(sandboxes, monkeypatch):
    monkeypatch.setenv("GRADER_DATABASE", "postgresql://worker:s3cret-word@db/grader")
    sandbox = sandboxes.start("numpy")
    try:
        processes = {*Namespace(sandbox).processes(), *_parents(agent_of(sandbox))}
        environments = [Path(f"/proc/{process}/environ").read_bytes() for process in processes]
        assert len(environments) > 1
        assert not [one for one in environments if b"s3cret-word" in one]
    finally:
        sandbox.close()


def _parents(process: int) -> list[int]:
    """The processes between a sandbox's agent and this one, or the engine's."""
    found = []
    while (process := _parent(process)) not in (0, 1, os.getpid()):
        found.append(process)
    return found


def _parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
