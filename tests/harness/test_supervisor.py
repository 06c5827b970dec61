"""Judges that overrun, break, or are killed: which test it costs, who goes on, and whose fault it is."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from grader.core.errors import AssignmentFault, OurFault
from grader.core.hints import OWN
from grader.core.report import Report
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness.grading import Environment, HereAndNow
from grader.harness.judge import Order
from grader.harness.links import Link
from grader.harness.process import ProcessSandboxes
from grader.harness.sandbox import Sandbox
from grader.harness.zygote import Zygote
from tests.harness import suites
from tests.processes import children
from tests.waiting import until

DOUBLES = "def f(x, g=None): return 2 * x if g is None else g(x)"
AROUND = """
def test_before(submission): assert_equal(submission.f(1), 2)
{}
def test_after(submission): assert_equal(submission.f(3), 6)
"""


class Counting:
    """Processes, and how many were asked for."""

    def __init__(self) -> None:
        self.source = Environment(ProcessSandboxes(), "numpy")
        self.count = 0

    def acquire(self) -> Sandbox:
        self.count += 1
        return self.source.acquire()


class Bench:
    """A warm parent over one suite."""

    def __init__(self, folder: Path) -> None:
        self.zygote = Zygote(folder)
        self.source = Counting()
        self.events: list[dict[str, Any]] = []

    def grade(self, code: str, on_event: Any = None, seed: str = "1") -> Report:
        submission = Submission("mine.py", {"mine.py": dedent(code).encode()})
        self.events = []
        return self.zygote.grade(Order(suites.NAME, submission, seed=seed), self.source, on_event or self.events.append)

    def judges(self) -> list[int]:
        assert self.zygote._process is not None
        return children(self.zygote._process.pid)


@pytest.fixture
def bench(tmp_path, request):
    made: list[Bench] = []

    def make(test: str, *, reference: str | None = DOUBLES, settings: str = suites.SETTINGS) -> Bench:
        suite = AROUND.format(dedent(test))
        made.append(Bench(suites.write(tmp_path, suite, reference=reference, settings=settings)))
        return made[-1]

    yield make
    for each in made:
        each.zygote.close()


def message_of(report: Report, test: str) -> str:
    return next(t.message for t in report.tests if t.name == test)


# -- what a judge computes with values that a submission chose ---------------------------------------------


OVERRUNS = {  # the test, what wins the time or memory of its judge, the verdict
    "a power in a callback": (
        "def test_it(submission): submission.f(2, lambda x: x ** (x * 3))",
        "def f(x, g=None): return g(10**9) if g else 2 * x",
        "timeout",
    ),
    "a power of what came back": (
        "def test_it(submission): assert_equal(3 ** submission.f(0) % 7, 1)",
        "def f(x): return 3 * 10**9 if x == 0 else 2 * x",
        "timeout",
    ),
    "a loop in a callback": (
        "def test_it(submission): submission.f(2, lambda n: sum(i * i for i in range(n)))",
        "def f(x, g=None): return g(10**12) if g else 2 * x",
        "timeout",
    ),
    "a product of arrays in a callback": (
        "def test_it(submission): submission.f(2, lambda x: np.outer(x, x))",
        "import numpy as np\ndef f(x, g=None): return g(np.ones(14000)) if g else 2 * x",
        "memory",
    ),
    "a list of what came back": (
        "def test_it(submission): assert_equal(np.asarray(submission.f(0)).tolist(), 0)",
        "import numpy as np\ndef f(x): return np.zeros(200 * 2**20, np.int8) if x == 0 else 2 * x",
        "memory",
    ),
    "many pieces of memory": (
        "def test_it(submission): assert_equal([np.empty(2**20) for _ in range(submission.f(0))], [])",
        "def f(x): return 10**6 if x == 0 else 2 * x",
        "memory",
    ),
}


@pytest.mark.parametrize("case", OVERRUNS)
def test_computing_that_overruns_costs_its_own_test_alone(bench, case):
    test, code, verdict = OVERRUNS[case]
    made = bench(test)
    report = made.grade(code)
    assert suites.verdicts(report) == {"test_before": "passed", "test_it": verdict, "test_after": "passed"}
    assert [event["event"] for event in made.events] == ["tests", "test", "test", "test"]
    assert [note for note in report.staff_notes if note.startswith("test_it: the suite could not go on")]


def test_the_time_of_a_judge_that_overran_counts_to_the_submissions_total(bench):
    settings = suites.SETTINGS.replace("total_seconds = 60", "total_seconds = 3")
    test = """
    def test_one(submission): submission.f(2, lambda x: x ** (x * 3))
    def test_two(submission): submission.f(2, lambda x: x ** (x * 3))
    """
    report = bench(test, settings=settings).grade("def f(x, g=None): return g(10**9) if g else 2 * x")
    assert suites.verdicts(report) == {
        "test_before": "passed", "test_one": "timeout", "test_two": "timeout", "test_after": "timeout"
    }  # fmt: skip
    assert "the time for the whole submission is up" in message_of(report, "test_after")


def test_what_came_of_the_tests_before_is_known_to_the_next_judge(bench):
    test = """
    def test_wrong(submission): assert_equal(submission.f(2), 5)
    @title(en="Overruns", ru="Слишком долго")
    @hint(en="sum", ru="сумма")
    def test_overruns(submission): submission.f(2, lambda x: x ** (x * 3))
    @depends("test_before", "test_wrong")
    def test_needs_what_gave_values(submission): assert_equal(submission.f(2), 4)
    @depends("test_overruns")
    def test_needs_what_overran(submission): assert_equal(submission.f(2), 4)
    """
    report = bench(test).grade("def f(x, g=None): return g(10**9) if g else 2 * x")
    assert suites.verdicts(report) == {
        "test_before": "passed",
        "test_wrong": "failed",
        "test_overruns": "timeout",
        "test_needs_what_gave_values": "passed",
        "test_needs_what_overran": "skipped",
        "test_after": "passed",
    }
    told = {test.name: test.hint for test in report.tests}
    assert told["test_overruns"] == OWN[Verdict.TIMEOUT]
    assert "“Overruns”" in told["test_needs_what_overran"]["en"]


# -- whose fault it is -----------------------------------------------------------------------------------


SUSPECTS = {  # the test, a submission that makes it go wrong like a broken one, a reference that does not
    "what cannot be sent back": (
        "def test_it(submission): submission.f(2, np.zeros_like)",
        "import numpy as np\ndef f(x, g=None): return g(np.zeros(1), dtype='O') if g else 2 * x",
        DOUBLES,
    ),
    "memory that a callback has not": (
        "def test_it(submission): submission.f(2, lambda x: bytes(x))",
        "def f(x, g=None): return g(2**62) if g else 2 * x",
        DOUBLES,
    ),
    "a module that is missing": (
        "def test_it(submission): __import__({4: 'os'}.get(submission.f(2), 'no_such_module'))",
        "def f(x): return 5 if x == 2 else 2 * x",
        DOUBLES,
    ),
    "a file that is missing": (
        "def test_it(submission): open({4: '/dev/null'}.get(submission.f(2), '/nowhere')).close()",
        "def f(x): return 5 if x == 2 else 2 * x",
        DOUBLES,
    ),
    "a suite that leaves": (
        "import sys\ndef test_it(submission):\n    if submission.f(2) != 4: sys.exit(0)",
        "def f(x): return 5 if x == 2 else 2 * x",
        DOUBLES,
    ),
    "a judge that breaks": (
        "import ctypes\ndef test_it(submission):\n    if submission.f(2) != 4: ctypes.string_at(1)",
        "def f(x): return 5 if x == 2 else 2 * x",
        DOUBLES,
    ),
    "a judge that ends": (
        "import os\ndef test_it(submission):\n    if submission.f(2) != 4: os._exit(0)",
        "def f(x): return 5 if x == 2 else 2 * x",
        DOUBLES,
    ),
}


@pytest.mark.parametrize("case", SUSPECTS)
def test_what_a_submissions_values_do_to_the_suite_is_the_submissions_verdict(bench, case):
    test, code, reference = SUSPECTS[case]
    found = suites.verdicts(bench(test, reference=reference).grade(code))
    assert (found["test_before"], found["test_after"]) == ("passed", "passed")
    assert found["test_it"] in ("failed", "memory")


@pytest.mark.parametrize("case", SUSPECTS)
def test_where_the_reference_fails_too_the_suite_is_at_fault(bench, case):
    test, code, _ = SUSPECTS[case]
    with pytest.raises(AssignmentFault, match=r"test_it: .*; with the reference: "):
        bench(test, reference=code).grade(code)


@pytest.mark.parametrize("case", SUSPECTS)
def test_without_a_reference_it_is_the_submissions_verdict(bench, case):
    test, code, _ = SUSPECTS[case]
    found = suites.verdicts(bench(test, reference=None).grade(code))
    assert (found["test_before"], found["test_after"]) == ("passed", "passed")
    assert found["test_it"] in ("failed", "memory")


def test_the_reference_is_asked_once_for_a_suite_a_test_and_a_seed(bench):
    test, code, reference = SUSPECTS["a module that is missing"]
    made = bench(test, reference=reference)
    made.grade(code)
    assert made.source.count == 2
    made.grade(code + "\n# another upload")
    assert made.source.count == 3
    made.grade(code, seed="2")
    assert made.source.count == 5


def test_the_reference_runs_what_the_suspected_test_depends_on(bench):
    test = """
    KEPT = {}
    @pytest.mark.parametrize("n", [1, 2])
    def test_makes(submission, n): KEPT[n] = submission.f(n)
    @depends("test_makes")
    def test_it(submission): __import__({2: "os", 4: "sys"}.get(KEPT[2], "no_such_module"))
    """
    report = bench(test).grade("def f(x): return 2 * x if x in (1, 3) else 5")
    assert suites.verdicts(report)["test_it"] == "failed"


def test_on_a_students_own_machine_a_broken_suite_is_told_as_one(tmp_path):
    folder = suites.write(tmp_path, "def test_it(submission): submission.f(np.array([None]))")
    order = Order(suites.NAME, Submission("mine.py", {"mine.py": b"def f(x): return 1"}), "public")
    with pytest.raises(AssignmentFault, match=r"test_it: .*dtype object"):
        HereAndNow(folder).grade(order, Environment(ProcessSandboxes(), "numpy"))


def test_on_a_students_own_machine_two_suites_of_one_name_are_two(tmp_path):
    for name, value, verdict in (("first", 1, "passed"), ("second", 2, "failed")):
        (tmp_path / name).mkdir()
        folder = suites.write(tmp_path / name, f"def test_it(submission): assert_equal(submission.f(0), {value})")
        order = Order(suites.NAME, Submission("mine.py", {"mine.py": b"def f(x): return 1"}), "public")
        report = HereAndNow(folder).grade(order, Environment(ProcessSandboxes(), "numpy"))
        assert suites.verdicts(report) == {"test_it": verdict}


# -- judges and sandboxes that somebody kills ----------------------------------------------------------------


@pytest.mark.parametrize("times", [1, 2])
def test_a_judge_that_is_killed_from_outside_costs_nothing(bench, times, tmp_path):
    made = bench("def test_it(submission, rng): assert_equal(submission.f(2), 4)")
    left = times

    def kill(event: dict[str, Any]) -> None:
        nonlocal left
        if event["event"] == "test" and left:
            left -= 1
            for judge in made.judges():
                os.kill(judge, signal.SIGKILL)

    assert made.grade(DOUBLES, kill).all_passed
    assert left == 0


@pytest.mark.parametrize("who", ["judge", "parent"])
def test_one_that_is_killed_in_a_test_is_replaced_and_the_test_runs_again(bench, who, tmp_path):
    flag = tmp_path / "flag"
    test = f"""
    import os, pathlib, signal
    def test_it(submission):
        if not pathlib.Path({str(flag)!r}).exists():
            pathlib.Path({str(flag)!r}).touch()
            os.kill(os.getpid() if {who!r} == "judge" else os.getppid(), signal.SIGKILL)
        assert_equal(submission.f(2), 4)
    """
    made = bench(test)
    assert made.grade(DOUBLES).all_passed
    assert [event["event"] for event in made.events] == ["tests", "test", "test", "test"]


def test_one_that_is_killed_before_it_has_begun_is_replaced(bench, monkeypatch):
    made = bench("")
    made.zygote.start()
    fork, forked = made.zygote._fork, []

    def fork_and_kill(order: Order) -> Link:
        forked.append(fork(order))
        if len(forked) < 3:
            until(made.judges)
            for judge in made.judges():
                os.kill(judge, signal.SIGKILL)
        return forked[-1]

    monkeypatch.setattr(made.zygote, "_fork", fork_and_kill)
    assert made.grade(DOUBLES).all_passed
    assert len(forked) == 3


def test_one_that_is_killed_while_it_waits_for_the_submission_is_replaced(bench, tmp_path):
    """Its sandbox is ended with it: another one gets the call."""
    made = bench("def test_it(submission): assert_equal(submission.f(2), 4)")
    flag = tmp_path / "flag"
    code = f"""
    import pathlib, time
    def f(x):
        flag = pathlib.Path({str(flag)!r})
        if x == 2 and not flag.exists():
            flag.touch()
            time.sleep(60)
        return 2 * x
    """

    def kill() -> None:
        until(flag.exists)
        for judge in made.judges():
            os.kill(judge, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    report = made.grade(code)
    thread.join()
    assert report.all_passed


KILLS = "import os, signal\ndef test_it(submission):\n    {}os.kill(os.getpid(), signal.SIGKILL)\n"


def test_one_that_is_killed_in_the_same_test_each_time_tells_of_the_submission(bench):
    report = bench(KILLS.format("if submission.f(2) == 5: ")).grade("def f(x): return 5 if x == 2 else 2 * x")
    assert suites.verdicts(report) == {"test_before": "passed", "test_it": "memory", "test_after": "passed"}


@pytest.mark.parametrize("reference", [DOUBLES, None])
def test_but_not_where_that_happens_to_the_reference_too_or_nobody_knows(bench, reference):
    with pytest.raises(OurFault, match="without a report"):
        bench(KILLS.format(""), reference=reference).grade(DOUBLES)


def test_a_submission_whose_sandboxes_end_again_and_again_is_believed(bench):
    tests = "\n".join(f"def test_{n}(submission): submission.f({n})" for n in range(10))
    made = bench(tests)
    report = made.grade("import os, signal\ndef f(x): os.kill(os.getpid(), signal.SIGKILL)")
    assert set(suites.verdicts(report).values()) == {"died"}
    assert made.source.count == 12 + 4  # one for each test, and those that were to tell more


# -- what a judge may not ------------------------------------------------------------------------------------


def test_a_judge_reaches_no_network_and_no_socket_of_its_machine(bench):
    test = """
    import socket
    def test_it(submission):
        for address, family in ((("127.0.0.1", 9), socket.AF_INET), ("\\0nobody", socket.AF_UNIX)):
            with pytest.raises(PermissionError): socket.socket(family).connect(address)
    """
    assert suites.verdicts(bench(test).grade(DOUBLES))["test_it"] == "passed"
