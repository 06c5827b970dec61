"""``python -m tests.hostile.weakened DEFENCE KIND ATTACK``: the attack with one defence switched off, as JSON.

A process of its own, in which the judge runs too, so that what is switched off is off everywhere and for nobody else.
"""

from __future__ import annotations

import json
import math
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import grader.core.report
import grader.harness.channel
import grader.harness.recorder
import grader.harness.session
import grader.harness.usage
import grader.harness.wire.checking
import grader.testing.comparison
import worker.sandboxes.bubblewrap
import worker.sandboxes.counting
import worker.sandboxes.docker
import worker.sandboxes.masks
import worker.sandboxes.running
import worker.sandboxes.settings
from grader.core.report import Raised
from grader.harness import archives, intake, unpacking
from grader.harness.bounds import Bounds
from grader.harness.grading import HereAndNow
from tests.hostile import invariants
from tests.hostile.attacks import FOLDER, Attack
from tests.hostile.invariants import Canaries, broken
from tests.hostile.lab import ASSIGNMENTS, Lab

KEPT: list[Any] = []
FORGOTTEN: list[Any] = []


def no_filter() -> None:
    """All system calls are allowed."""
    create, made = worker.sandboxes.docker.create_arguments, worker.sandboxes.bubblewrap.arguments

    def unconfined(*args: Any, **kwargs: Any) -> dict[str, Any]:
        return create(*args, **kwargs) | {"security_opt": ["no-new-privileges", "seccomp=unconfined"]}

    def unfiltered(*args: Any, **kwargs: Any) -> list[str]:
        words = made(*args, **kwargs)
        at = words.index("--seccomp")
        return words[:at] + words[at + 2 :]

    worker.sandboxes.docker.create_arguments = unconfined
    worker.sandboxes.bubblewrap.arguments = unfiltered


def _limits(**changes: int) -> None:
    known = worker.sandboxes.settings.LIMITS
    known.update({name: replace(limits, **changes) for name, limits in known.items()})


def no_limit_of_processes() -> None:
    _limits(processes=4000)


def no_limit_of_memory() -> None:
    _limits(memory=6 << 30)


def no_limit_of_the_temporary_folder() -> None:
    _limits(temporary=2 << 30, file_size=2 << 30)


def no_network_namespace() -> None:
    """Sandboxes share a network with others: the engine's bridge, or the host's own."""
    create, spaces = worker.sandboxes.docker.create_arguments, worker.sandboxes.bubblewrap._namespaces
    worker.sandboxes.docker.create_arguments = lambda *a, **k: create(*a, **k) | {"network_mode": "bridge"}
    worker.sandboxes.bubblewrap._namespaces = lambda **k: [word for word in spaces(**k) if word != "--unshare-net"]
    no_filter()


def _bounds(**changes: int) -> None:
    """The bounds of sessions and of the decoder are default arguments of theirs."""
    wide = replace(Bounds(), **changes)
    grader.harness.session.Session.__init__.__kwdefaults__["bounds"] = wide
    grader.harness.wire.checking.check_header.__defaults__ = (wide,)
    grader.harness.wire.checking.parse_control.__defaults__ = (wide,)


def no_limit_of_output() -> None:
    _bounds(output_bytes=1 << 40, total_bytes=1 << 40)


def no_limit_of_structure() -> None:
    _bounds(nodes=1 << 40, control_bytes=1 << 30)


def known_request_numbers() -> None:
    """The numbers of requests can be guessed."""

    class Predictable:
        @staticmethod
        def urandom(size: int) -> bytes:
            return b"0" * size

    grader.harness.session.os = Predictable  # type: ignore[assignment]


def loose_comparison() -> None:
    """What most graders do: the largest difference must not be over the tolerance."""

    def compare(actual: Any, expected: Any, what: str, rtol: float | None, atol: float) -> None:
        difference = np.abs(np.asarray(actual, dtype=float) - np.asarray(expected, dtype=float))
        if (difference > atol + (rtol or 0) * np.abs(expected)).any():
            raise AssertionError(what)

    grader.testing.comparison._compare = compare


def names_as_they_are_told() -> None:
    """A student is shown the exception's name and line as the sandbox tells them."""

    def told(remote: Any, submission: Any, **options: Any) -> Raised:
        frame = remote.frames[-1] if remote.frames else None
        return Raised(remote.name, frame and frame.file, frame and frame.line, remote.text)

    grader.harness.recorder.told = told
    grader.core.report.nearest = lambda name: name


def nothing_is_masked() -> None:
    """The kernel's counters and tables can be read."""
    worker.sandboxes.masks.PATHS = ()
    worker.sandboxes.masks.binds = lambda: []


def believed_archives() -> None:
    """What an archive says of a member's kind and place is believed."""
    intake.read = unpacking.read  # here, and not in a process of its own
    archives._check_member = lambda name, member: None
    archives._module_path = lambda name, path: path


def no_deadline() -> None:
    """A call may take as long as it likes (here: long enough to see it)."""
    ordinary = grader.harness.session.Session.__setattr__

    def patient(session: Any, name: str, value: Any) -> None:
        ordinary(session, name, 20.0 if name == "call_seconds" and not math.isinf(value) else value)

    grader.harness.session.Session.__setattr__ = patient  # type: ignore[method-assign]


def every_wait_is_believed() -> None:
    """Whatever waits in a sandbox has lost that time to others, whoever they were."""

    def look(waits: Any, tasks: Any, processor: float) -> float:
        told = [schedule(Path(f"/proc/{task}/schedstat")) for task in tasks]
        return float(sum(waited for _, waited in filter(None, told)))

    schedule = grader.harness.usage._schedule
    grader.harness.usage.Waits.look = look  # type: ignore[method-assign]
    worker.sandboxes.counting.lost_seconds = lambda folders: None


def nothing_is_removed() -> None:
    """Sandboxes are forgotten instead of ended."""
    from grader.harness.sandbox import Death

    def forget(running: worker.sandboxes.running.Running) -> Death:
        FORGOTTEN.append(running)
        return Death()

    worker.sandboxes.running.Running.close = forget  # type: ignore[method-assign]


def attached_and_not_closed_before_the_kill() -> None:
    """The engine's own stream is attached to, as it is where that carries the wire, and nobody closes it."""
    create = worker.sandboxes.docker.DockerSandboxes._create
    worker.sandboxes.docker.TEARDOWN_SECONDS = 4

    def attached(sandboxes: Any, *args: Any) -> Any:
        container = create(sandboxes, *args)
        KEPT.append(sandboxes.client.api.attach_socket(container.id, params={"stdout": 1, "stream": 1}))
        return container

    worker.sandboxes.docker.DockerSandboxes._create = attached  # type: ignore[method-assign]


DEFENCES: Mapping[str, Callable[[], None]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        no_filter,
        no_limit_of_processes,
        no_limit_of_memory,
        no_limit_of_the_temporary_folder,
        no_network_namespace,
        no_limit_of_output,
        no_limit_of_structure,
        known_request_numbers,
        loose_comparison,
        names_as_they_are_told,
        nothing_is_masked,
        believed_archives,
        no_deadline,
        every_wait_is_believed,
        nothing_is_removed,
        attached_and_not_closed_before_the_kill,
    )
}


def main(defence: str, kind: str, path: str) -> None:
    end = worker.sandboxes.running.Running.close
    if defence != "none":
        DEFENCES[defence]()
    invariants.LEFT_SECONDS = 2.0
    attack, canaries = Attack(FOLDER / path), Canaries()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.path.insert(0, str(FOLDER))
    with tempfile.TemporaryDirectory(prefix="grader-lab-") as folder:
        root = Path(folder) / "sockets"
        with closing(Lab(kind, root, HereAndNow(ASSIGNMENTS))) as lab:
            outcome = lab.run(attack)
            for stream in KEPT:  # or the engine hangs for everybody
                stream._sock.shutdown(socket.SHUT_RDWR)
            found = broken(lab, outcome, canaries)
            for sandbox in outcome.sandboxes:
                end(sandbox.real)
        for forgotten in FORGOTTEN:  # of the honest submission, and spares
            end(forgotten)
    print("\n" + json.dumps({"verdict": outcome.verdict, "broken": found}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
