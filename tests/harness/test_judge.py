"""The judge on real sandboxes of the `process` kind: verdicts, replacement, dependencies, whose fault it is."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from grader.core.assignment import load
from grader.core.errors import AssignmentFault, OurFault, SandboxUnavailable
from grader.core.hints import OWN
from grader.core.report import ToCome, from_json, student_view, to_json
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness.grading import Environment
from grader.harness.judge import Order, Wanted, judge
from grader.harness.process import ProcessSandboxes
from grader.harness.sandbox import Sandbox
from grader.harness.zygote import Zygote
from tests.harness import suites

SUITE = """
@points("1/3")
@title(en="fine", ru="хорошо")
@hint(en="never", ru="никогда")
def test_fine(submission, rng):
    x = rng.normal(size=5)
    assert_close(submission.f(x), 2 * x)
@hint(en="look", ru="смотри")
def test_wrong(submission): assert_equal(submission.f(2), 5)
def test_raises(submission):
    with pytest.raises(ValueError, match="negative"): submission.f(-1)
@hint(en="look", ru="смотри")
def test_error(submission): submission.f("text")
@hint(en="vectorise", ru="векторизуйте")
def test_endless(submission): submission.endless()
def test_after_endless(submission): assert_equal(submission.f(4), 8)
@title(en="Leaves", ru="Уходит")
@hint(en="stay", ru="останьтесь")
def test_leaves(submission): submission.leave()
@depends("test_leaves")
@hint(en="look here", ru="смотри сюда")
def test_dependent(submission): pass
@depends("test_wrong")
def test_after_a_wrong_value(submission): assert_equal(submission.f(3), 6)
@depends("test_error", "test_dependent")
def test_of_two(submission): pass
def test_after_leaving(submission): assert_equal(submission.f(1), 2)
def test_sys_exit(submission): submission.sys_exit()
def test_prints(submission): submission.flood()
def test_liar(submission): assert submission.liar() == 5
def test_suite_error(submission): submission.f(1).nothing()
"""

SOLUTION = """
import os, sys
def f(x):
    if isinstance(x, int) and x < 0: raise ValueError("a negative number")
    if isinstance(x, str): raise KeyError("boo")
    return 2 * x
def endless():
    while True: pass
def leave(): os._exit(0)
def sys_exit(): sys.exit(0)
def flood():
    while True: print("x" * 1000)
class Liar:
    def __eq__(self, other): return True
def liar(): return Liar()
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = suites.write(tmp_path_factory.mktemp("judge"), SUITE)
    return suites.grade(folder, ProcessSandboxes(), SOLUTION)


def test_every_test_has_its_own_verdict(report):
    assert suites.verdicts(report) == {
        "test_fine": "passed",
        "test_wrong": "failed",
        "test_raises": "passed",
        "test_error": "error",
        "test_endless": "timeout",
        "test_after_endless": "passed",
        "test_leaves": "died",
        "test_dependent": "skipped",
        "test_after_a_wrong_value": "passed",
        "test_of_two": "skipped",
        "test_after_leaving": "passed",
        "test_sys_exit": "error",
        "test_prints": "output",
        "test_liar": "failed",
        "test_suite_error": "failed",
    }


def test_points_are_exact_and_only_for_passed_tests(report):
    assert report.score == Fraction(1, 3) + 4
    assert report.max_score == Fraction(1, 3) + 14


def test_the_students_own_line_is_told(report):
    error = next(t for t in report.tests if t.name == "test_error")
    assert (error.raised.type, error.raised.file, error.raised.line) == ("KeyError", "mine.py", 5)


def test_staff_is_told_of_the_suites_own_exceptions(report):
    assert [note for note in report.staff_notes if note.startswith("test_suite_error")]
    assert not [note for note in report.staff_notes if note.startswith("test_wrong")]


def test_the_report_survives_json_and_hides_what_students_may_not_see(report):
    assert from_json(to_json(report)) == report
    shown = student_view(report, after_due=False)
    assert all(test.message == "" and (test.raised is None or test.raised.text == "") for test in shown.tests)
    assert shown.staff_notes == ()


def test_an_authors_hint_stands_only_at_a_wrong_result(report):
    shown = {test.name: dict(test.hint) for test in student_view(report, after_due=False).tests}
    assert shown["test_wrong"] == {"en": "look", "ru": "смотри"}
    assert shown["test_fine"] == shown["test_error"] == {}
    assert shown["test_endless"] == OWN[Verdict.TIMEOUT]
    assert shown["test_leaves"] == OWN[Verdict.DIED]
    assert shown["test_prints"] == OWN[Verdict.OUTPUT]


def test_a_skipped_test_says_by_title_what_it_waits_for(report):
    told = {test.name: dict(test.hint) for test in report.tests}
    assert told["test_dependent"] == {
        "en": "Not run: it waits for “Leaves”, where your code gave no result.",
        "ru": "Не запускался: ждёт результата теста «Уходит», а ваш код там ничего не вернул.",
    }
    assert "“test_error”, “test_dependent”" in told["test_of_two"]["en"]


def test_the_title_of_a_test_that_is_not_shown_is_not_told_by_one_that_waits_for_it(tmp_path):
    suite = """
    @visibility("staff")
    @title(en="Secret", ru="Тайна")
    def test_secret(submission): submission.f()
    @depends("test_secret")
    def test_shown(submission): pass
    @visibility("staff")
    @depends("test_secret")
    def test_also_secret(submission): pass
    """
    report = suites.grade(suites.write(tmp_path, suite), ProcessSandboxes(), "def f(): return 1 / 0")
    told = {test.name: dict(test.hint) for test in report.tests}
    assert "Secret" not in told["test_shown"]["en"]
    assert "Тайна" not in told["test_shown"]["ru"]
    assert "Secret" in told["test_also_secret"]["en"]


def test_a_missing_name_costs_the_tests_that_ask_for_it(tmp_path):
    settings = suites.SETTINGS.replace('f = "none:f"', 'f = "none:f"\ng = "none:g"\nh = "none:h"')
    suite = """
    @hint(en="sum", ru="сумма")
    def test_f(submission): assert_equal(submission.f(), 1)
    def test_g(submission):
        with pytest.raises(Exception): submission.g()
    @depends("test_g")
    def test_after_g(submission): assert_equal(submission.f(), 1)
    @hint(en="sum", ru="сумма")
    def test_both(submission): assert_equal(submission.f() + submission.g(), 2)
    def test_deleted(submission): submission.h()
    def test_other(submission): submission.k()
    """
    code = "def f(): return 1\ndef h(): return 1\ndel h"
    report = suites.grade(suites.write(tmp_path, suite, settings=settings), ProcessSandboxes(), code)
    assert suites.verdicts(report) == {
        "test_f": "passed",
        "test_g": "error",
        "test_after_g": "skipped",
        "test_both": "error",
        "test_deleted": "error",
        "test_other": "error",
    }
    told = {test.name: test for test in report.tests}
    sentence = {"en": "mine.py does not define g.", "ru": "В mine.py не определено имя g."}
    assert told["test_both"].hint == told["test_g"].hint == sentence
    assert told["test_both"].message == sentence["en"]
    assert told["test_deleted"].hint["en"] == "mine.py does not define h."
    assert told["test_other"].raised.type == "AttributeError"
    assert report.staff_notes == ()


STOPPING = """
def test_first(submission): assert_equal(submission.f(1), 2)
def test_second(submission): assert_equal(submission.f(2), 4)
@depends("test_second")
def test_third(submission): assert_equal(submission.f(3), 6)
def test_fourth(submission): assert_equal(submission.f(4), 8)
"""


ALL = ("test_first", "test_second", "test_third", "test_fourth")


@pytest.mark.parametrize(
    ("solution", "wanted", "expected"),
    [
        ("2 * x", Wanted(ALL), "passed passed passed passed"),
        ("2 * x", Wanted(("test_third",), ("test_first",)), "passed - passed -"),
        ("3 * x", Wanted(ALL), "failed skipped skipped skipped"),
        ("3 * x", Wanted(ALL[::-1]), "skipped skipped skipped failed"),
        ("3 * x", Wanted(ALL, ("test_third",)), "failed skipped failed skipped"),
        ("3 * x", Wanted(("test_third", "test_fourth"), ("test_first",)), "failed - failed skipped"),
        ("x * x", Wanted(ALL), "failed skipped skipped skipped"),
        ("x * x", None, "failed passed failed failed"),
        ("8 if x == 4 else 2 if x == 1 else 0", Wanted(ALL, ("test_fourth",)), "passed failed skipped passed"),
        ("8 if x == 4 else 2 if x == 1 else 0", Wanted((), ("test_fourth",)), "- - - passed"),
        ("1 / 0", Wanted(("test_third",)), "- - error -"),
    ],
)
def test_only_those_run_that_somebody_asks_for_and_some_of_them_until_one_has_failed(
    tmp_path, solution, wanted, expected
):
    folder = suites.write(tmp_path, STOPPING)
    report = suites.grade(folder, ProcessSandboxes(), f"def f(x): return {solution}", wanted=wanted)
    verdicts = suites.verdicts(report)
    assert [verdicts.get(test, "-") for test in ALL] == expected.split()


def test_files_without_a_test_that_is_wanted_stay_unread(tmp_path):
    folder = suites.write(tmp_path, STOPPING)
    (folder / suites.NAME / "hidden" / "test_broken.py").write_text("def test_broken(): pass\nraise SystemExit\n")
    report = suites.grade(folder, ProcessSandboxes(), "def f(x): return 2 * x", wanted=Wanted(("test_second",)))
    assert suites.verdicts(report) == {"test_second": "passed"}


def test_a_test_after_one_that_is_left_out_may_stand_in_another_file(tmp_path):
    """Else pytest complains of the file before, and the proof takes that for a mistake that was caught."""
    folder = suites.write(tmp_path, WANTED_FIRST)
    (folder / suites.NAME / "hidden" / "test_other.py").write_text(
        "from grader.testing import *\n@points(1)\ndef test_other(submission): assert_equal(submission.f(0), 0)\n"
    )
    wanted = Wanted(("test_first", "test_second"), ("test_other",))
    report = suites.grade(folder, ProcessSandboxes(), "def f(x): return 3 * x", wanted=wanted)
    assert suites.verdicts(report) == {"test_first": "failed", "test_second": "skipped", "test_other": "passed"}


WANTED_FIRST = """
@points(1)
def test_first(submission): assert_equal(submission.f(1), 2)
@points(1)
def test_second(submission): assert_equal(submission.f(2), 4)
"""


def test_inputs_differ_by_seed_and_repeat_with_it(tmp_path):
    folder = suites.write(
        tmp_path, "def test_it(submission, rng): submission.f(float(rng.normal())); assert_equal(1, 2)"
    )
    code = "def f(x): print(x)"
    first, again, other = (
        suites.grade(folder, ProcessSandboxes(), code, suite="public", seed=seed).tests[0].output for seed in "112"
    )
    assert first == again != other


def test_what_is_printed_is_told_with_the_test_that_printed_it(tmp_path):
    suite = "".join(f"def test_{n}(submission): submission.f({n})\n" for n in range(20))
    report = suites.grade(suites.write(tmp_path, suite), ProcessSandboxes(), "def f(x): print(x)", suite="public")
    assert [test.output for test in report.tests] == [f"{n}\n" for n in range(20)]


@pytest.mark.parametrize("deed", ["sys.stdout.close()", "sys.stdout = None", "del sys.stdout", "sys.stdout = Odd()"])
def test_a_stream_that_was_taken_away_costs_no_test(tmp_path, deed):
    code = f"""
    import sys
    class Odd:
        def flush(self): raise RuntimeError
    def f(): {deed}
    def g(): return 1
    """
    suite = "def test_one(submission): submission.f()\ndef test_two(submission): assert_equal(submission.g(), 1)"
    report = suites.grade(suites.write(tmp_path, suite), ProcessSandboxes(), code)
    assert suites.verdicts(report) == {"test_one": "passed", "test_two": "passed"}


@pytest.mark.parametrize(
    ("code", "verdict", "expected"),
    [
        ("import nothing_like_this", "error", "ModuleNotFoundError"),
        ("x = (1,\ndef f(): pass", "error", "SyntaxError"),
        ("f = 1 / 0", "error", "ZeroDivisionError"),
        ("import os; os._exit(0)", "died", "ended"),
        ("while True: pass", "timeout", "time"),
    ],
)
def test_a_fault_at_import_is_told_once_with_its_place(tmp_path, code, verdict, expected):
    folder = suites.write(tmp_path, "def test_one(submission): pass\ndef test_two(submission): submission.f()")
    report = suites.grade(folder, ProcessSandboxes(), code)
    assert report.import_fault is not None
    assert str(report.import_fault.verdict) == verdict
    assert expected in report.import_fault.traceback
    assert set(suites.verdicts(report).values()) == {verdict}
    if report.import_fault.raised is not None:
        assert report.import_fault.raised.file == "mine.py"


def test_a_fault_at_import_of_a_notebook_is_told_by_its_cell(tmp_path):
    folder = suites.write(tmp_path, "def test_one(submission): pass")
    source = b"# %% cell 2\nx = 1\n# %% cell 4\ny = 2\n1/0\n"
    zygote = Zygote(folder)
    try:
        order = Order(suites.NAME, Submission("mine.ipynb", {"mine.ipynb": source}))
        report = zygote.grade(order, Environment(ProcessSandboxes(), "numpy"))
    finally:
        zygote.close()
    assert report.import_fault is not None
    assert 'File "mine.ipynb", cell 4, line 2, in <module>\n    1/0\n' in report.import_fault.traceback


@pytest.mark.parametrize("code", ["f = None", "f = 5", "f = [lambda: 1]", "class C: pass\nf = C()"])
def test_a_required_name_that_cannot_be_called_is_the_students_mistake(tmp_path, code):
    folder = suites.write(tmp_path, "def test_one(submission): submission.f()")
    report = suites.grade(folder, ProcessSandboxes(), code)
    assert suites.verdicts(report) == {"test_one": "failed"}
    assert "f must be a function or a class" in report.tests[0].message
    assert report.staff_notes == ()


def test_forbidden_names_are_refused_without_running_anything(tmp_path):
    settings = suites.SETTINGS + '[forbidden]\nmodules = ["sklearn"]\nnames = ["numpy.fft"]\n'
    folder = suites.write(tmp_path, "def test_one(submission): assert_equal(submission.f(), 1)", settings=settings)
    for code in (
        "import sklearn.cluster",
        "import numpy as np\ndef f(): return np.fft.fft(1)",
        "from numpy import fft",
    ):
        report = suites.grade(folder, ProcessSandboxes(), f"{code}\ndef f(): return 1")
        assert suites.verdicts(report) == {"test_one": "refused"}
        assert report.score == 0
        assert report.max_score == 1
    fine = suites.grade(folder, ProcessSandboxes(), "import numpy.linalg\ndef f(): return 1")
    assert fine.all_passed


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("-" * 1_000_000 + "1", "cannot be parsed"),
        ("def f(:", "line 1: SyntaxError"),
        ("(" * 5000, "line 1: SyntaxError"),
    ],
)
def test_a_source_that_the_judge_cannot_read_is_the_students(tmp_path, source, told):
    settings = suites.SETTINGS + '[forbidden]\nmodules = ["sklearn"]\n'
    folder = suites.write(tmp_path, "def test_one(submission): submission.f()", settings=settings)
    report = suites.grade(folder, ProcessSandboxes(), source)
    assert suites.verdicts(report) == {"test_one": "refused"}
    assert told in report.refusals[0]["en"]
    assert set(report.refusals[0]) == {"en", "ru"}
    assert report.staff_notes == ()


def test_a_reader_that_cannot_be_started_is_our_fault(tmp_path, monkeypatch):
    def no_memory(*args, **kwargs):
        raise OSError(12, "Cannot allocate memory")

    settings = suites.SETTINGS + '[forbidden]\nmodules = ["sklearn"]\n'
    folder = suites.write(tmp_path, "def test_one(submission): submission.f()", settings=settings)
    order = Order(suites.NAME, Submission("mine.py", {"mine.py": b"def f(): pass"}))
    monkeypatch.setattr("grader.harness.parsers.subprocess.Popen", no_memory)
    with pytest.raises(OurFault, match="could not be started"):
        judge(order, load(suites.NAME, folder), Environment(ProcessSandboxes(), "numpy"), print)


def test_remote_objects_callbacks_and_nested_calls(tmp_path):
    suite = """
    def test_operators(submission):
        v = submission.V(3)
        w = 2 * v + v
        assert_equal(w.x, 9)
        assert w.me() is w
        w.x = 4
        assert_equal(w.x, 4)
    def test_callback(submission):
        square = counted(lambda a: a * a, budget=3)
        assert_equal(submission.apply(square, 3), [0, 1, 4])
        assert_equal(square.count, 3)
    def test_budget(submission): submission.swallow(counted(lambda a: a, budget=3))
    def test_nested(submission): assert_equal(submission.twice(lambda v: v * 2, submission.V(5)).x, 20)
    def test_lazy(submission):
        assert_equal(take(submission.count(), 3), [0, 1, 2])
        assert_equal(submission.made(), 3)
    def test_unchanged(submission): call_unchanged(submission.change, np.zeros(3))
    def test_unchanged_among_others(submission):
        answer = call_unchanged(submission.look, 2, np.zeros(3), abs, submission.V(1), names=["a"], h=0.5)
        assert_equal(answer, 2.5)
    def test_private(submission):
        with pytest.raises(AttributeError): submission.V(1)._secret
    def test_late_callback(submission):
        submission.keep(lambda: 1)
        submission.call_kept()
    def test_probe(submission, probe): assert_equal(probe.sum_of(submission.V(2)), 4)
    """
    code = """
    class V:
        def __init__(self, x): self.x = x
        def __add__(self, o): return V(self.x + o.x)
        def __mul__(self, k): return V(self.x * k)
        __rmul__ = __mul__
        def me(self): return self
    def apply(g, n): return [g(i) for i in range(n)]
    def swallow(g):
        for i in range(5):
            try: g(i)
            except Exception: pass
    def twice(g, x): return g(g(x))
    MADE = []
    def count():
        while True:
            MADE.append(1)
            yield len(MADE) - 1
    def made(): return len(MADE)
    def change(a): a[0] = 1
    def look(n, a, f, v, names, h): return n + h
    KEPT = []
    def keep(g): KEPT.append(g)
    def call_kept(): return KEPT[0]()
    """
    folder = suites.write(tmp_path, suite, probe="def sum_of(v): return v.x + v.x")
    assert suites.verdicts(suites.grade(folder, ProcessSandboxes(), code)) == {
        "test_operators": "passed",
        "test_callback": "passed",
        "test_budget": "failed",
        "test_nested": "passed",
        "test_lazy": "passed",
        "test_unchanged": "failed",
        "test_unchanged_among_others": "passed",
        "test_private": "passed",
        "test_late_callback": "passed",
        "test_probe": "passed",
    }


class Unavailable:
    def acquire(self) -> Sandbox:
        raise SandboxUnavailable("no engine")


def test_faults_of_ours_and_of_authors_are_never_verdicts(tmp_path: Path):
    folder = suites.write(tmp_path, "def test_one(submission): submission.f()")
    zygote = Zygote(folder)
    order = Order(suites.NAME, Submission("a.py", {"a.py": b""}))
    try:
        with pytest.raises(OurFault, match="no engine"):
            zygote.grade(order, Unavailable())
        (folder / suites.NAME / "hidden" / "test_small.py").write_text("import no_such_module")
        with pytest.raises(AssignmentFault, match="no_such_module"):
            zygote.grade(order, Unavailable())
    finally:
        zygote.close()


def test_a_broken_mark_is_the_authors_fault(tmp_path):
    folder = suites.write(tmp_path, "@depends('test_b')\ndef test_a(): pass\ndef test_b(): pass")
    with pytest.raises(AssignmentFault, match="test_b, which does not stand before it"):
        suites.grade(folder, ProcessSandboxes(), "")


def test_a_judge_that_is_killed_is_our_fault(tmp_path):
    folder = suites.write(tmp_path, "import os, signal\ndef test_a(): os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(OurFault, match="without a report"):
        suites.grade(folder, ProcessSandboxes(), "")


def test_the_judge_has_no_database_no_queue_and_no_engine(tmp_path, monkeypatch):
    suite = """
    import os, sys
    def test_nothing_to_steal(submission):
        assert not {"sqlalchemy", "celery", "redis", "docker", "flask", "grader.store"} & set(sys.modules)
        assert not [name for name in os.environ if "GRADER" in name or "DATABASE" in name or "SECRET" in name]
        links = [f"/proc/self/fd/{fd}" for fd in os.listdir("/proc/self/fd")]
        targets = [os.readlink(link) for link in links if os.path.lexists(link)]
        assert not [target for target in targets if target.endswith((".db", ".sock"))]
    """
    monkeypatch.setenv("GRADER_DATABASE", "sqlite:////somewhere/grader.db")
    monkeypatch.setenv("GRADER_SECRET_FILE", "/somewhere/secret")
    (tmp_path / "grader.db").write_text("")
    with (tmp_path / "grader.db").open():
        report = suites.grade(suites.write(tmp_path, suite), ProcessSandboxes(), "")
    assert suites.verdicts(report) == {"test_nothing_to_steal": "passed"}, report.tests


DEFERRED = """
@points(2)
def test_now(submission, rng): assert_equal(submission.f(int(rng.integers(99))), 1)
@deferred()
@points("1/3")
def test_later(submission): assert_equal(submission.f(0), 1)
@deferred()
@depends("test_now", "test_later")
def test_last(submission, rng): assert_equal(submission.f(int(rng.integers(99))), 1)
"""


@pytest.mark.parametrize("solution", ["def f(x): return 1", "def f(x): return 0"])
def test_deferred_tests_wait_and_are_told_as_still_to_come(tmp_path, solution):
    folder = suites.write(tmp_path, DEFERRED)
    first = suites.grade(folder, ProcessSandboxes(), solution, defers=True)
    assert list(suites.verdicts(first)) == ["test_now"]
    assert (first.to_come, first.complete) == (ToCome(2, Fraction(4, 3)), False)
    assert first.max_score == Fraction(10, 3)
    assert from_json(to_json(first)) == first
    assert student_view(first, after_due=False).max_score == Fraction(10, 3)
    whole = suites.grade(folder, ProcessSandboxes(), solution)
    assert list(suites.verdicts(whole)) == ["test_now", "test_later", "test_last"]
    assert (whole.to_come, whole.complete, whole.max_score) == (ToCome(), True, first.max_score)
    assert {**whole.provenance} == {**first.provenance}
    assert whole.score >= first.score


def test_a_suite_may_be_deferred_as_a_whole(tmp_path):
    folder = suites.write(tmp_path, "@deferred()\ndef test_later(submission): pass")
    report = suites.grade(folder, ProcessSandboxes(), "def f(x): return 1", defers=True)
    assert (report.tests, report.to_come, report.score) == ((), ToCome(1, Fraction(1)), 0)


def test_what_is_refused_has_nothing_to_come(tmp_path):
    settings = suites.SETTINGS + '[forbidden]\nmodules = ["sklearn"]\n'
    folder = suites.write(tmp_path, DEFERRED, settings=settings)
    report = suites.grade(folder, ProcessSandboxes(), "import sklearn\ndef f(x): return 1", defers=True)
    assert (report.refused, report.complete, report.max_score) == (True, True, Fraction(10, 3))


def test_what_runs_now_cannot_depend_on_what_runs_later(tmp_path):
    suite = "@deferred()\ndef test_a(): pass\n@depends('test_a')\ndef test_b(): pass"
    with pytest.raises(AssignmentFault, match="test_b depends on test_a, which is deferred"):
        suites.grade(suites.write(tmp_path, suite), ProcessSandboxes(), "")


def test_limits_over_the_bounds_are_the_assignments_fault(tmp_path):
    settings = suites.SETTINGS.replace("call_seconds = 2", "call_seconds = 700")
    folder = suites.write(tmp_path, "def test_f(submission): pass", settings=settings)
    with pytest.raises(AssignmentFault, match="a call may take 600 s at most"):
        suites.grade(folder, ProcessSandboxes(), "def f(): pass")
