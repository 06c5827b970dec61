"""The warm parent of judges: a process that has imported everything and forks one judge a job.

Started as ``python -m grader.harness.nursery FD FOLDER [ASSIGNMENT...]`` by `grader.harness.zygote`, with a scrubbed
environment and one thread (a fork of a threaded torch parent deadlocks). It imports pytest, numpy, torch
where it is installed, the references and all suites, runs a few operations of each, gives up the network, and then
waits for orders: each comes with a socket for the judge that it forks, over which it also tells how that judge ended.
It has no database, no queue and no Docker.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import io
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from grader.core.assignment import Assignment, load_all
from grader.core.editions import reference_sha256, suite_sha256
from grader.core.errors import AssignmentFault, GraderError, OurFault
from grader.core.submission import Submission
from grader.harness.agent import warmup
from grader.harness.isolation import without_network
from grader.harness.judge import Order, Part, Wanted, forget_modules, judge, pytest_arguments
from grader.harness.links import LentSandboxes, Link
from grader.harness.orphans import die_with_parent
from grader.harness.watch import KernelWatch

_LAST_WORD_SECONDS = 1.0  # whoever does not take in how a judge ended does not wait for it


def main() -> None:
    link = Link(socket.socket(fileno=int(sys.argv[1])))
    chosen = set(sys.argv[3:])
    assignments = [a for a in load_all(Path(sys.argv[2])) if not chosen or a.name in chosen]
    if not warm(assignments, link.is_broken):
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us; our link will close
    children = Children()
    without_network()
    link.send({"ready": True})
    by_name = {assignment.name: assignment for assignment in assignments}
    while True:
        children.tell_ends_until_readable(link.connection)
        try:
            message, sockets = link.receive()
        except EOFError:
            return
        judge_link = Link(sockets[0])
        pid = os.fork()
        if pid == 0:
            link.close()
            children.forget()
            code = serve(message, by_name, judge_link)
            os._exit(code)
        children.add(pid, judge_link)


class Children:
    """The judges that live. Whoever serves one learns from here how it ended: nobody else can tell."""

    def __init__(self) -> None:
        self._links: dict[int, Link] = {}
        self._ended, self._bell = socket.socketpair()
        for end in (self._ended, self._bell):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)  # its coming is what wakes the loop
        signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)

    def add(self, pid: int, link: Link) -> None:
        self._links[pid] = link

    def tell_ends_until_readable(self, connection: socket.socket) -> None:
        """Wait for a message on ``connection``; tell meanwhile of each judge that has ended."""
        ready: list[Any] = []
        while connection not in ready:
            ready, _, _ = select.select([connection, self._ended], [], [])
            if self._ended in ready:
                with contextlib.suppress(BlockingIOError):
                    self._ended.recv(1 << 12)
                self._reap()

    def forget(self) -> None:
        """In a child: none of this is its own."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for link in self._links.values():
            link.close()
        self._ended.close()
        self._bell.close()

    def _reap(self) -> None:
        while self._links:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            link = self._links.pop(pid, None)
            if link is not None:
                link.send_for_another({"ended": os.waitstatus_to_exitcode(status)}, _LAST_WORD_SECONDS)
                link.close()


def be_the_first_to_go() -> None:
    """Where memory runs out, a judge ends before its parent, which serves all of them (Linux)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def warm(assignments: list[Assignment], unwanted: Callable[[], bool]) -> bool:
    """Import the environments' libraries and every suite, through pytest's own importer; False when nobody waits."""
    for environment in {a.environment for a in assignments}:
        with contextlib.suppress(ImportError):
            warmup.warm(environment)
    folders = [folder for one in assignments for kind in ("hidden", "public") if (folder := one.suite(kind)).is_dir()]
    if unwanted():
        return False
    if folders and not _import(folders):
        for folder in folders:
            if unwanted():
                return False
            _import([folder])  # one that is broken will say so when it is asked for
    for assignment in assignments:
        with contextlib.suppress(OSError):  # every report has these hashes: judges inherit what was parsed for them
            suite_sha256(assignment), reference_sha256(assignment)
    gc.collect()
    gc.freeze()
    return True


class _NoTests:
    """A plugin that has pytest import the files of suites, and make no tests of them."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makeitem(self) -> list[pytest.Item]:
        return []


def _import(folders: list[Path]) -> bool:
    """Import all files of these suites, by the names under which judges look for them; whether that was possible.

    Else none of them is there: what failed to import must fail again, and not look like an empty module.
    """
    root = folders[0].parents[2]
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        code = pytest.main([*map(str, folders), *pytest_arguments(root), "--collect-only"], plugins=[_NoTests()])
    if code == pytest.ExitCode.NO_TESTS_COLLECTED:
        return True
    for folder in folders:
        forget_modules(folder)
    return False


def serve(message: dict[str, Any], assignments: dict[str, Assignment], link: Link) -> int:
    """One judge's life: an order in, events and a report (or whose fault it was) out."""
    die_with_parent()  # elsewhere than on Linux the closed link ends a judge
    be_the_first_to_go()
    try:
        link.send({"pid": os.getpid()})
        order = _order(message)
        if order.assignment not in assignments:
            raise OurFault(f"the judge does not know {order.assignment}")
        watch = KernelWatch()
        if judge(order, assignments[order.assignment], LentSandboxes(link), link.send, watch):
            link.send({"end": True})
        else:
            link.send({"left": True})
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
        "part": asdict(order.part) if order.part is not None else None,
        "wanted": asdict(order.wanted) if order.wanted is not None else None,
        "strictness": order.strictness,
        "traced": order.traced,
    }


def _order(message: dict[str, Any]) -> Order:
    files = {path: base64.b64decode(text) for path, text in message["files"].items()}
    submission = Submission(message["entry"], files)
    part = Part(**message["part"]) if message["part"] is not None else None
    wanted = Wanted(**message["wanted"]) if message["wanted"] is not None else None
    asked = message["suite"], message["seed"], message["defers"], part, wanted, message["strictness"], message["traced"]
    return Order(message["assignment"], submission, *asked)


if __name__ == "__main__":
    main()
