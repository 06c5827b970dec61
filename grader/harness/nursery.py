"""The warm parent of judges: a process that has imported everything and forks one judge a job.

Started as ``python -m grader.harness.nursery FD FOLDER [ASSIGNMENT...]`` by `grader.harness.zygote`, with a scrubbed
environment and one thread (a fork of a threaded torch parent deadlocks). It imports pytest, numpy, torch
where it is installed, the references and all suites, runs a few operations of each, and then waits for
orders: each comes with a socket for the judge that it forks. It has no database, no queue and no Docker.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import gc
import io
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.core.assignment import Assignment, load_all
from grader.core.errors import AssignmentFault, GraderError, OurFault
from grader.core.report import to_json
from grader.core.submission import Submission
from grader.harness.agent import warmup
from grader.harness.bounds import DEFAULT
from grader.harness.judge import Order, judge
from grader.harness.links import LentSandboxes, Link
from grader.testing import plugin

_PR_SET_PDEATHSIG = 1


def main() -> None:
    link = Link(socket.socket(fileno=int(sys.argv[1])))
    chosen = set(sys.argv[3:])
    assignments = [a for a in load_all(Path(sys.argv[2])) if not chosen or a.name in chosen]
    if not warm(assignments, link.is_broken):
        return
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # judges are not waited for: their link tells how they ended
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us; our link will close
    link.send({"ready": True})
    by_name = {assignment.name: assignment for assignment in assignments}
    while True:
        try:
            message, sockets = link.receive()
        except EOFError:
            return
        if os.fork() == 0:
            link.close()
            code = serve(message, by_name, Link(sockets[0]))
            os._exit(code)
        for connection in sockets:
            connection.close()


def die_with_parent() -> None:
    """When the warm parent is killed, so are its judges (Linux; elsewhere the closed link ends them)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def warm(assignments: list[Assignment], unwanted: Callable[[], bool]) -> bool:
    """Import the environments' libraries and every suite, through pytest's own importer; False when nobody waits."""
    for environment in {a.environment for a in assignments}:
        with contextlib.suppress(ImportError):
            warmup.warm(environment)
    for assignment in assignments:
        if unwanted():
            return False
        _collect(assignment)
    gc.collect()
    gc.freeze()
    return True


def _collect(assignment: Assignment) -> None:
    """Import a suite; one that is broken will say so when it is asked for."""
    shown = io.StringIO()
    folders = [str(f) for f in (assignment.suite("hidden"), assignment.suite("public")) if f.is_dir()]
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        for folder in folders:
            root = assignment.folder.parent.parent
            arguments = [f"--rootdir={root}", f"--confcutdir={root}", f"--config-file={os.devnull}"]
            left_out = ["--import-mode=importlib", "-pno:cacheprovider", "-pno:unraisableexception"]
            code = pytest.main([folder, *arguments, *left_out, "--collect-only"], plugins=[plugin])
            if code != pytest.ExitCode.OK:
                _forget_modules(folder)


def _forget_modules(folder: str) -> None:
    """A module that failed to import must fail again when it is asked for, and not look like an empty one."""
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None) or "").startswith(folder):
            del sys.modules[name]


def serve(message: dict[str, Any], assignments: dict[str, Assignment], link: Link) -> int:
    """One judge's life: an order in, events and a report (or whose fault it was) out."""
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_AS, (DEFAULT.judge_bytes, DEFAULT.judge_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        link.send({"pid": os.getpid()})
        order = _order(message)
        if order.assignment not in assignments:
            raise OurFault(f"the judge does not know {order.assignment}")
        report = judge(order, assignments[order.assignment], LentSandboxes(link), link.send)
        link.send({"report": to_json(report)})
    except EOFError:
        return 1
    except AssignmentFault as error:
        link.send({"fault": "assignment", "text": str(error)})
    except GraderError as error:
        link.send({"fault": "ours", "text": str(error)})
    except BaseException as error:
        link.send({"fault": "ours", "text": f"the judge failed: {error!r}"})
    return 0


def order_message(order: Order) -> dict[str, Any]:
    """An order as plain data."""
    files = {path: base64.b64encode(content).decode() for path, content in order.submission.files.items()}
    return {
        "assignment": order.assignment,
        "entry": order.submission.entry,
        "files": files,
        "suite": order.suite,
        "seed": order.seed,
        "defers": order.defers,
        "strictness": order.strictness,
    }


def _order(message: dict[str, Any]) -> Order:
    files = {path: base64.b64decode(text) for path, text in message["files"].items()}
    submission = Submission(message["entry"], files)
    asked = [message[name] for name in ("suite", "seed", "defers", "strictness")]
    return Order(message["assignment"], submission, *asked)


if __name__ == "__main__":
    main()
