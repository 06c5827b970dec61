"""What sandboxes are started with, as far as it can be read without starting one."""

from __future__ import annotations

import json
import marshal
import sys
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

import pytest

from grader.core.assignment import ENVIRONMENTS
from grader.core.errors import SandboxUnavailable
from grader.harness.agent import source_files
from worker.images.libraries import pinned
from worker.sandboxes import bubblewrap, view
from worker.sandboxes.containers import create_arguments, seccomp_profile
from worker.sandboxes.docker import DockerSandboxes, Settings
from worker.sandboxes.settings import LIMITS, MIB, SOCKET, VARIABLES, Limits

CHECKOUT = Path(__file__).resolve().parents[3]
LIMIT = Limits(memory=100 * MIB, processes=7, cpus=0.5, temporary=3 * MIB, inodes=11, shared_memory=5 * MIB)


def made(**changes):
    settings = {"limits": LIMIT, "image": "image:tag", "socket_path": "/folder/agent.sock"}
    return create_arguments("numpy", **(settings | changes))


def test_a_container_can_do_nothing_but_compute():
    arguments = made()
    assert arguments["image"] == "image:tag"
    assert arguments["network_mode"] == "none"
    assert arguments["ipc_mode"] == "private"
    assert arguments["read_only"] is True
    assert arguments["cap_drop"] == ["ALL"]
    assert arguments["user"] == "65534:65534"
    assert arguments["log_config"].type == "none"
    assert "no-new-privileges" in arguments["security_opt"]
    assert not {"privileged", "volumes", "cap_add", "devices", "pid_mode", "ports", "auto_remove"} & set(arguments)


def test_the_one_thing_mounted_is_its_own_socket():
    (mount,) = made()["mounts"]
    assert (mount["Source"], mount["Target"], mount["ReadOnly"]) == ("/folder/agent.sock", SOCKET, True)


def test_what_the_engine_hides_by_itself_stays_hidden():
    """A list of one's own takes the place of the engine's."""
    ordinary = {"acpi", "asound", "kcore", "keys", "latency_stats", "scsi", "sched_debug", "timer_list", "timer_stats"}
    masked = set(made()["masked_paths"])
    assert {f"/proc/{name}" for name in ordinary} <= masked
    assert "/sys" in masked  # and with it /sys/firmware


def test_every_limit_is_passed_on():
    arguments = made()
    assert arguments["mem_limit"] == arguments["memswap_limit"] == 100 * MIB
    assert (arguments["pids_limit"], arguments["nano_cpus"]) == (7, 500_000_000)
    assert arguments["shm_size"] == 5 * MIB
    options = arguments["tmpfs"]["/tmp"].split(",")
    assert {f"size={3 * MIB}", "nr_inodes=11", "noexec", "nosuid", "nodev"} <= set(options)
    ulimits = {ulimit["Name"]: (ulimit["Soft"], ulimit["Hard"]) for ulimit in arguments["ulimits"]}
    assert ulimits["nofile"] == (LIMIT.open_files,) * 2
    assert ulimits["fsize"] == (LIMIT.file_size,) * 2
    assert ulimits["core"] == ulimits["msgqueue"] == (0, 0)


def test_the_runtime_is_the_engines_own_unless_one_is_named():
    assert "runtime" not in made()
    assert made(runtime="runsc")["runtime"] == "runsc"


def test_each_call_gives_arguments_of_its_own():
    made()["environment"]["X"] = "1"
    assert "X" not in made()["environment"]
    assert "X" not in VARIABLES


def test_the_filter_is_a_list_of_what_is_allowed():
    profile = seccomp_profile()
    assert json.loads(made()["security_opt"][1].removeprefix("seccomp=")) == profile
    rules = profile["syscalls"]
    allowed = {name for rule in rules for name in rule["names"] if rule["action"] == "SCMP_ACT_ALLOW"}
    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"
    assert not allowed & {"ptrace", "bpf", "mount", "io_uring_setup", "splice", "keyctl", "flock", "unshare", "setns"}
    checked = {name for rule in rules for name in rule["names"] if rule.get("args")}
    free = {name for rule in rules for name in rule["names"] if not rule.get("args")}
    assert {"socket", "clone", "fcntl", "personality", "ioctl", "madvise", "preadv2", "pwritev2"} <= checked
    assert not checked & free  # one rule without a condition would undo the others


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_environment_has_limits_and_libraries(environment):
    assert environment in LIMITS
    assert {"numpy", "msgpack"} <= set(pinned(environment))


def test_no_engine_and_no_image_are_told_with_what_to_do(monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    (problem,) = DockerSandboxes().problems("numpy")
    assert "start one" in problem
    with pytest.raises(SandboxUnavailable, match="start one"):
        DockerSandboxes().start("numpy")


@pytest.mark.docker
def test_a_missing_image_is_told_with_what_to_do(monkeypatch):
    monkeypatch.setattr("worker.sandboxes.docker.image_name", lambda environment: "grader-sandbox-numpy:of-tomorrow")
    assert "grader images build numpy" in DockerSandboxes().problems("numpy")[0]


def test_an_unknown_environment_is_told_with_those_there_are():
    assert "numpy, sklearn, torch" in DockerSandboxes().problems("nothing")[0]


# -- bubblewrap ------------------------------------------------------------------------------------------


def words(**changes) -> list[str]:
    settings = {"root": True, "grouped": True, "filter_": 9}
    return bubblewrap.arguments("numpy", LIMIT, Path("/folder"), **(settings | changes))


def pairs(command: list[str], option: str) -> set[tuple[str, str]]:
    return {(command[i + 1], command[i + 2]) for i, word in enumerate(command) if word == option}


def test_root_becomes_nobody_and_others_get_a_namespace_of_their_own():
    as_root, as_other = words(), words(root=False)
    assert "setpriv" in as_root
    assert "--unshare-all" not in as_root
    assert {"--unshare-net", "--unshare-pid", "--unshare-ipc"} <= set(as_root)
    assert "setpriv" not in as_other
    assert "--unshare-all" in as_other
    for command in (as_root, as_other):
        assert {"--die-with-parent", "--new-session", "--clearenv"} <= set(command)
        assert command[command.index("--cap-drop") + 1] == "ALL"
        assert command[command.index("--seccomp") + 1] == "9"


def test_nothing_of_the_checkout_is_bound_and_nothing_can_be_written():
    command = words()
    assert not pairs(command, "--bind") | pairs(command, "--dev-bind")
    sources = {Path(source) for source, _ in pairs(command, "--ro-bind") | pairs(command, "--ro-bind-try")}
    packages = {path for path in sources if path.is_relative_to(CHECKOUT)}
    assert packages == set(view.libraries("numpy")) & packages
    assert not {path for path in sources if CHECKOUT.is_relative_to(path)}
    assert not {Path("/"), Path("/usr"), Path("/etc"), Path("/home"), Path(sys.prefix)} & sources


def test_the_agent_comes_with_bytecode_that_python_takes_without_a_look_at_the_source():
    files, sources = bubblewrap._agent(), source_files()
    assert files.keys() == sources.keys() | {cache_from_source(path) for path in sources}
    for path, source in sources.items():
        compiled = files[cache_from_source(path)]
        assert files[path] == source
        assert compiled[:8] == MAGIC_NUMBER + (1).to_bytes(4, "little")  # by a hash that is not compared
        assert marshal.loads(compiled[16:]).co_filename == f"{view.AGENT}/{path}"


def test_without_a_control_group_resource_limits_stand_in():
    def bounds(command: list[str]) -> dict[str, int]:
        return json.loads(next(word for word in command if word.startswith('{"RLIMIT')))

    assert "RLIMIT_DATA" not in bounds(words())
    stand_in = bounds(words(grouped=False))
    assert stand_in["RLIMIT_DATA"] == LIMIT.memory
    assert stand_in["RLIMIT_NPROC"] == LIMIT.processes


def test_a_checkout_that_would_show_inside_is_a_problem():
    assert view.exposed(CHECKOUT) is None
    assert view.exposed(Path(sys.base_prefix, "lib", f"python3.{sys.version_info.minor}", "grader")) is not None


def test_an_environment_shows_its_own_distributions_alone():
    names = {path.name for path in view.libraries("numpy")}
    assert {"numpy", "numpy.libs", "msgpack"} <= names
    assert not {name for name in names if name.startswith(("scipy", "sklearn", "torch", "grader", "pip"))}
    assert {"sklearn", "scipy"} <= {path.name for path in view.libraries("sklearn")}


@pytest.mark.bubblewrap
def test_an_agent_that_ends_at_once_is_told_with_its_last_words(root, monkeypatch):
    monkeypatch.setattr(bubblewrap, "_START", "raise SystemExit('the library is broken')")
    with pytest.raises(SandboxUnavailable, match=r"ended before it connected.*the library is broken"):
        bubblewrap.BubblewrapSandboxes(root).start("numpy")
    assert list(root.iterdir()) == []


@pytest.mark.docker
def test_a_container_that_ends_at_once_leaves_nothing(root, monkeypatch):
    def broken(*args, **kwargs):
        return create_arguments(*args, **kwargs) | {"command": ["false"]}

    monkeypatch.setattr("worker.sandboxes.docker.create_arguments", broken)
    with pytest.raises(SandboxUnavailable, match=r"ended before it connected.*exit code 1"):
        DockerSandboxes(Settings(sockets=root)).start("numpy")
    assert list(root.iterdir()) == []


def test_a_folder_whose_path_is_too_long_for_a_socket_is_told(tmp_path):
    with pytest.raises(SandboxUnavailable, match="AF_UNIX path too long"):
        bubblewrap.BubblewrapSandboxes(tmp_path / ("x" * 100)).start("numpy")
