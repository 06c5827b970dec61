"""What `grader verify` says about assignments that are wrong, one mistake of their authors at a time."""

from __future__ import annotations

import os
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from grader.core.assignment import load
from grader.core.mutants import Mutant
from grader.core.report import Report
from grader.core.verdicts import Verdict
from grader.harness.assembly import OnEvent
from grader.harness.folder import folder_faults
from grader.harness.grading import Ahead, Judges, judges
from grader.harness.judge import Order
from grader.harness.points import points_told
from grader.harness.process import ProcessSandboxes
from grader.harness.proof import Grading, Proof, prove, room_of_costs, unforeseen
from grader.harness.sandbox import SandboxSource
from tests.harness import suites

SETTINGS = (
    suites.SETTINGS.replace('environment = "numpy"', 'environment = "numpy"\nhours = 2')
    .replace("[required]", '[covers]\n"L09.kmeans" = ["f"]\n[required]')
    .replace("none:f", "reference.demo:f")
)
REFERENCE = "def f(x):\n    if x < 0:\n        raise ValueError('x')\n    return 2 * x + 0\n"
SUITE = """
@points(2)
@title(en="Doubled", ru="Удвоено")
@hint(en="Twice.", ru="Дважды.")
def test_doubled(submission, rng): assert_equal(submission.f(int(rng.integers(1, 9))) % 2, 0)
@title(en="Of zero", ru="От нуля")
@hint(en="Zero.", ru="Ноль.")
def test_zero(submission): assert_equal(submission.f(0), 0)
"""
STATEMENT = "## Graded\n\n| what | points |\n| --- | --- |\n| doubled | 2 |\n| zero | 1 |\n\nThe end | 5 |\n"
MUTANTS = {"tripled": ("2 * x", "3 * x"), "one-more": ("+ 0", "+ 1"), "half": ("2 * x", "x")}


def mutant(name: str, find: str, replace: str, row: str = "L09.kmeans") -> str:
    facts = {"why.en": "So it goes wrong.", "why.ru": "Вот что не так.", "find": find, "replace": replace}
    return f'["{row}".{name}]\n' + "".join(f'{key} = "{value}"\n' for key, value in facts.items())


def listed(*mutants: str, row: str = "L09.kmeans") -> str:
    return f'["{row}"]\nfile = "reference/demo.py"\n{"".join(mutants)}'


def pairs(entry: str, part: str, count: int) -> str:
    one = '[[{entry}]]\nen = "Why {n}?"\nru = "Почему {n}?"\n{part}.en = "Because."\n{part}.ru = "Потому."\n'
    return "".join(one.format(entry=entry, part=part, n=n) for n in range(count))


def calls(*expressions: str) -> str:
    return "".join(f'[[call]]\nen = "What of {n}?"\nru = "А {n}?"\n{one}\n' for n, one in enumerate(expressions))


CALLS = calls('call = "f(0)"', 'call = "f(np.float64(2.0))"', 'call = "f(1)"')


def files(**changes: str) -> dict[str, str]:
    """A proved assignment, with some of its files changed."""
    mutants = listed(*(mutant(name, *texts) for name, texts in MUTANTS.items()))
    return {
        "starter.py": "def f(x): raise NotImplementedError('begin here')\n",
        "starter.ru.py": "def f(x): raise NotImplementedError('начните здесь')\n",
        "accepted/other.py": "def f(x): return x + x\n",
        "mutants.toml": mutants,
        "statement.en.md": STATEMENT,
        "statement.ru.md": STATEMENT.replace("points", "баллы"),
        "questions.toml": pairs("question", "answer", 4),
        "terms.toml": pairs("term", "meaning", 1),
        "calls.toml": CALLS,
        "suite": SUITE,
    } | changes


def written(tmp_path: Path, content: dict[str, str], *, settings: str = SETTINGS, reference: str = REFERENCE) -> Path:
    """The folder of assignments, with this one in it."""
    folder = suites.write(tmp_path, content.pop("suite"), settings=settings)
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference/__init__.py").touch()
    (tmp_path / "reference/demo.py").write_text(reference)
    for name, text in content.items():
        path = folder / suites.NAME / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder


class Listening:
    """Judges; what they are asked for is kept."""

    def __init__(self, judges: Judges, orders: list[Order]) -> None:
        self.judges = judges
        self.orders = orders

    def grade(self, order: Order, source: SandboxSource, on_event: OnEvent = lambda event: None) -> Report:
        self.orders.append(order)
        return self.judges.grade(order, source, on_event)


def proof_of(
    tmp_path: Path,
    content: dict[str, str],
    *,
    seeds: int = 2,
    settings: str = SETTINGS,
    reference: str = REFERENCE,
    orders: list[Order] | None = None,
    before: dict[str, list[str]] | None = None,
) -> Proof:
    folder = written(tmp_path, content, settings=settings, reference=reference)
    assignment = load(suites.NAME, folder)
    listening: list[Order] = [] if orders is None else orders
    with judges(folder, [suites.NAME]) as ready, closing(Ahead(ProcessSandboxes(), "numpy")) as source:
        return prove(assignment, Listening(ready, listening), source, tmp_path, seeds=seeds, before=before)


def test_a_right_assignment_is_proved(tmp_path):
    proof = proof_of(tmp_path, files())
    assert proof.problems == []
    assert (proof.max_score, proof.reference_score, proof.starter_score, proof.accepted) == (3, 3, 0, 1)
    assert (proof.mutants_caught, proof.tests, proof.useless_tests) == (3, 2, [])


def test_a_mutant_that_is_caught_runs_on_only_for_tests_of_unknown_use(tmp_path):
    """Each of these fails both tests; more of them than run side by side, so that the last begins after the first."""
    count = 2 * (os.cpu_count() or 1) + 9
    more = [mutant(f"more-{n}", "+ 0", f"+ {n}") for n in range(1, count, 2)]
    proof = proof_of(tmp_path, files(**{"mutants.toml": listed(*more)}))
    assert proof.problems == []
    caught = list(proof.caught_by.values())
    assert caught[0] == ["test_doubled", "test_zero"]
    assert len(caught[-1]) == 1


def test_what_caught_a_mutant_before_is_all_that_it_meets(tmp_path):
    """As long as that still holds: no reference is traced then, and the next proof has the same to begin with."""
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    first = proof_of(tmp_path / "first", files())
    assert sorted({test for tests in first.confirmation.values() for test in tests}) == ["test_doubled", "test_zero"]
    assert all(first.confirmation.values())
    orders: list[Order] = []
    second = proof_of(tmp_path / "second", files(), orders=orders, before=first.confirmation)
    assert second.problems == []
    wanted = [list(order.wanted.always) for order in orders if order.wanted is not None]
    assert sorted(wanted) == sorted(first.confirmation.values())
    assert not any(order.traced for order in orders)
    assert second.caught_by == first.confirmation
    assert {test for tests in second.confirmation.values() for test in tests} == {"test_doubled", "test_zero"}
    assert all(tests and set(tests) <= set(first.confirmation[name]) for name, tests in second.confirmation.items())


def test_what_does_not_hold_any_more_is_found_anew(tmp_path):
    """Of another mutant, of a test that is gone, of one that passes: nothing is believed."""
    orders: list[Order] = []
    before = {"tripled": ["test_zero"], "one-more": ["test_gone"], "another": ["test_zero", "test_doubled"]}
    proof = proof_of(tmp_path, files(), orders=orders, before=before)
    assert proof.problems == []
    assert proof.caught_by["tripled"] == ["test_doubled"]
    assert any(order.traced for order in orders)


class Late:
    """Judges on a busy machine: a submission with this text in it is out of time for so many gradings."""

    def __init__(self, judges: Judges, text: bytes, times: int) -> None:
        self.judges = judges
        self.text = text
        self.times = times

    def grade(self, order: Order, source: SandboxSource, on_event: OnEvent = lambda event: None) -> Report:
        report = self.judges.grade(order, source, on_event)
        if self.times == 0 or not any(self.text in content for content in order.submission.files.values()):
            return report
        self.times -= 1
        return replace(report, tests=tuple(replace(test, verdict=Verdict.TIMEOUT) for test in report.tests))


@pytest.mark.parametrize("times", [1, 100])
def test_a_mutant_is_caught_by_time_only_if_it_is_out_of_time_twice(tmp_path, times):
    """This one computes what the reference computes; a machine that was busy once must not hide that."""
    harmless = listed(*(mutant(name, *texts) for name, texts in MUTANTS.items()), mutant("none", "2 * x", "x * 2"))
    folder = written(tmp_path, files(**{"mutants.toml": harmless}))
    with judges(folder, [suites.NAME]) as ready, closing(Ahead(ProcessSandboxes(), "numpy")) as source:
        proof = prove(load(suites.NAME, folder), Late(ready, b"x * 2", times), source, tmp_path, seeds=1)
    assert proof.problems == (["no test catches the mutant none"] if times == 1 else [])


TWO = """
KEPT = {}
def f(x):
    if x < 0:
        raise ValueError('x')
    return 2 * x + 0
def g(x):
    if x not in KEPT:
        KEPT[x] = globals()["f"](x) - 1
    return KEPT[x]
"""
OF_G = """
@title(en="Odd", ru="Нечётное")
@hint(en="Odd.", ru="Нечётное.")
def test_odd(submission): assert_equal(submission.g(4) % 2, 1)
@title(en="One less", ru="На один меньше")
@hint(en="One.", ru="Один.")
def test_less(submission): assert_equal(submission.g(4), 7)
"""


def of_two(settings: str, covers: str = '"L09.kmeans" = ["f", "g"]') -> str:
    both = settings.replace('f = "reference.demo:f"', 'f = "reference.demo:f"\ng = "reference.demo:g"')
    return both.replace('"L09.kmeans" = ["f"]', covers)


def proof_of_two(
    tmp_path: Path, mutants: str, covers: str = '"L09.kmeans" = ["f", "g"]', orders: list[Order] | None = None
) -> Proof:
    """Of an assignment that asks for f, and for g, which calls f as no text shows and keeps what came of it."""
    settings = of_two(SETTINGS, covers)
    both = "def f(x): return 2 * x\ndef g(x): return 2 * x - 1\n"
    statement = STATEMENT.replace("zero | 1", "zero | 3")
    changes = {
        "accepted/other.py": both,
        "mutants.toml": mutants,
        "statement.en.md": statement,
        "statement.ru.md": statement,
        "suite": SUITE + OF_G,
    }
    return proof_of(tmp_path, files(**changes), settings=settings, reference=TWO, orders=orders)


OF_F = [mutant("one-more", "+ 0", "+ 1"), mutant("tripled", "2 * x", "3 * x")]


def test_a_mutant_meets_only_the_tests_that_run_what_it_changes(tmp_path):
    orders: list[Order] = []
    refusal = mutant("no-refusal", "raise ValueError('x')", "return 0")
    of_g = [mutant("two-less", "- 1", "- 2"), mutant("three-less", "- 1", "- 3")]
    proof = proof_of_two(tmp_path, listed(*OF_F, *of_g, refusal), orders=orders)
    assert proof.problems == ["no test catches the mutant no-refusal"]
    assert proof.caught_by["two-less"][:1] == ["test_odd"]
    met: dict[str, list[set[str]]] = {}
    for order in orders:
        if order.wanted is not None:
            source = order.submission.files["reference/demo.py"].decode()
            met.setdefault(source, []).append({*order.wanted.always, *order.wanted.until_caught})
    everything = {"test_doubled", "test_zero", "test_odd", "test_less"}
    assert met[TWO.replace("+ 0", "+ 1")][0] == {"test_doubled", "test_zero", "test_odd"}
    assert met[TWO.replace("- 1", "- 2")][0] == {"test_odd"}
    assert met[TWO.replace("raise ValueError('x')", "return 0")] == [everything]


def test_a_mutant_that_these_do_not_catch_meets_all_of_them_and_so_does_a_test_that_catches_nothing(tmp_path):
    """`test_less` gets what `test_odd` had computed: no line of that runs in it. Only it sees three less."""
    of_g = [mutant("two-less", "- 1", "- 2"), mutant("three-less", "- 1", "- 3")]
    proof = proof_of_two(tmp_path, listed(*OF_F, *of_g))
    assert proof.problems == []
    assert proof.caught_by["three-less"] == ["test_less"]
    (tmp_path / "again").mkdir()
    proof = proof_of_two(tmp_path / "again", listed(*OF_F, mutant("two-less", "- 1", "- 2")))
    assert proof.problems == []
    assert any("test_less" in caught for caught in proof.caught_by.values())


LEAKS = """
STATE = [0]
def f(x):
    if x == 0:
        return 0
    return 2 * x + STATE[0]
"""


def test_a_mutant_that_only_a_later_test_sees_is_caught(tmp_path):
    """What it leaves behind is not seen by the test that runs it, but by the one that comes then."""
    head, doubled, zero = re.fullmatch(r"(\n)(.*?)(@title\(en=\"Of zero.*)", SUITE, re.DOTALL).groups()
    leak = mutant("leak", "if x == 0:", "if x == 0:\\n        STATE[0] = 1")
    rest = [mutant("half", "2 * x", "x"), mutant("one", "return 0", "return 1")]
    content = files(suite=head + zero + doubled, **{"mutants.toml": listed(leak, *rest)})
    proof = proof_of(tmp_path, content, reference=LEAKS)
    assert proof.problems == []
    assert proof.caught_by["leak"] == ["test_doubled"]


def test_what_catches_without_running_the_change_is_named(tmp_path):
    """So that a proof's trust in the lines is confirmed; here it is not: `test_less` gets what another had computed."""
    content = files(suite=SUITE + OF_G)
    folder = written(tmp_path, content, settings=of_two(SETTINGS), reference=TWO)
    assignment = load(suites.NAME, folder)
    wrong = Mutant("three-less", "L09.kmeans", "reference/demo.py", "- 1", "- 3", {})
    seen = Mutant("two-less", "L09.kmeans", "reference/demo.py", "+ 0", "+ 1", {})
    with judges(folder, [suites.NAME]) as ready, closing(Ahead(ProcessSandboxes(), "numpy")) as source:
        assert unforeseen(assignment, ready, source, tmp_path, [wrong, seen]) == {
            "three-less": ["test_less"],
            "two-less": ["test_less"],
        }


def test_a_row_is_proved_by_tests_that_ask_for_its_own_names(tmp_path):
    """The mutants of the second row are caught, by tests of f alone; nothing that asks for g sees them."""
    of_f = [mutant("one-more", "+ 0", "+ 1"), mutant("tripled", "2 * x", "3 * x"), mutant("half", "2 * x", "x")]
    of_zero = [mutant(f"zero-{n}", "x + 0", f"x + {n} * (x == 0)", "L09.hac") for n in (1, 2, 3)]
    both = listed(*of_f, mutant("two-less", "- 1", "- 2")) + listed(*of_zero, row="L09.hac")
    proof = proof_of_two(tmp_path, both, '"L09.kmeans" = ["f"]\n"L09.hac" = ["g"]')
    assert proof.mutants_caught == 7
    assert proof.problems == [
        "L09.hac is not proved: tests that ask for g catch 0 of its 3 mutants, at least 3 are needed"
    ]


def test_what_a_folder_tells_without_a_run(tmp_path):
    both = SUITE.replace("submission.f(0)", "submission.g(submission.f(0))")
    content = files(**{"suite": both, "calls.toml": calls('call = "f(1)"')})
    folder = written(tmp_path, content, settings=of_two(SETTINGS).replace("hours = 2", 'needs = ["demo/other"]'))
    assert folder_faults(load(suites.NAME, folder), tmp_path) == [
        "test_small.py:10: test_zero calls f, g for one mark; "
        "give each a test of its own, or say together(…, because=…)",
        "hours is missing in assignment.toml: how many a student needs",
        "needs: there is no other assignment demo/other",
        "demo/small/calls.toml has 1 calls; from 3 to 6 are needed",
    ]


def test_right_solutions_answer_the_calls(tmp_path):
    """The reference compares a text with 0, and the accepted solution refuses no negative numbers."""
    asked = calls("call = \"f('a')\"", 'call = "f(1)"', 'call = "f(-1)"\nraises = "ValueError"')
    problems = proof_of(tmp_path, files(**{"calls.toml": asked}), seeds=1).problems
    assert problems == [
        "calls.toml: call 1 of the reference ends with TypeError: "
        "'<' not supported between instances of 'str' and 'int'",
        "calls.toml: call 3 of accepted/other.py ends with a value, not with ValueError",
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"accepted/other.py": "def f(x): return 3\n"}, "accepted/other.py fails test_doubled"),
        (
            {"starter.py": "def f(x): return 0\n", "starter.ru.py": "def f(x): return 0\n"},
            "the starter gets 3 points (test_doubled, test_zero)",
        ),
        ({"mutants.toml": files()["mutants.toml"].replace("3 * x", "4 * x")}, "no test catches the mutant tripled"),
        ({"mutants.toml": files()["mutants.toml"].replace("+ 1", "+ (x > 0)")}, "no mutant fails test_zero"),
        (
            {"mutants.toml": files()["mutants.toml"].partition('["L09.kmeans".half]')[0]},
            "L09.kmeans has 2 mutants",
        ),
        ({"mutants.toml": files()["mutants.toml"].replace("L09.kmeans", "L09.hac")}, "L09.hac, which the assignment"),
        ({"suite": SUITE.replace('@title(en="Of zero", ru="От нуля")', "")}, "test_zero has no title"),
        (
            {"mutants.toml": files()["mutants.toml"].replace('"+ 0"', '"+ 7"')},
            "one-more: its text is not in reference/demo.py; the",
        ),
        ({"questions.toml": pairs("question", "answer", 3)}, "questions.toml has 3 questions; 4 are needed"),
        (
            {"terms.toml": pairs("term", "meaning", 1).replace("meaning.ru", "means.ru")},
            "term 1 must have en, ru, meaning",
        ),
        ({"statement.ru.md": STATEMENT}, None),
        ({"statement.ru.md": STATEMENT.replace("zero | 1", "zero | 3")}, "statement.ru.md tells 5 points, the hidden"),
        ({"statement.en.md": "## Nothing"}, "statement.en.md has no table of points"),
        ({"statement.en.md": f"Let $\\nothing$ be.\n{STATEMENT}"}, "statement.en.md: the formula '\\\\nothing' uses"),
        (
            {
                "suite": SUITE.replace("submission.f(0), 0)", "submission.f(0) + rng.integers(2), 0)").replace(
                    "test_zero(submission)", "test_zero(submission, rng)"
                )
            },
            "the reference fails test_zero",
        ),
    ],
)
def test_mistakes_of_authors_are_told_in_a_line(tmp_path, changes, told):
    problems = proof_of(tmp_path, files(**changes), seeds=12 if "suite" in changes else 1).problems
    if told is None:
        assert problems == []
    else:
        assert [problem for problem in problems if told in problem], problems


def test_points_are_read_from_the_last_table():
    assert points_told(STATEMENT) == 3
    assert points_told("| a | points |\n|-|-|\n| x | 0.5 |\n| y | 1 |") == 1.5
    assert points_told("| a | b |\n|-|-|\n| x | 5 |") is None


def test_the_room_around_the_bounds_of_a_test_of_cost_is_the_least_that_was_seen():
    def grading(strictness, used, verdict="passed", test="test_cost"):
        events = [
            {"event": "tests", "count": 2},
            {"event": "test", "name": "test_values", "verdict": "passed"},
            {"event": "cost", "used": used},
            {"event": "test", "name": test, "verdict": verdict},
        ]
        return Grading(strictness, events)

    right = [grading(2, 0.25), grading(2, 0.4), grading(2, 0.1, test="test_other")]
    wrong_otherwise = grading(0.5, 0.3)
    wrong = [grading(0.5, 3.0, "failed"), grading(0.5, 7.0, "failed"), wrong_otherwise]
    assert room_of_costs(right + wrong) == {"test_cost": {"below": 2.5, "above": 3.0}, "test_other": {"below": 10.0}}


COSTLY = """
import time
def f(x):
    end = time.thread_time() + 2e-5 * len(x) {order}
    while time.thread_time() < end: pass
    return 2 * x
"""


def test_what_is_right_must_stay_below_half_of_the_bounds_of_costs(tmp_path):
    """The accepted solution passes as a student's would, by a third; that is too near."""
    suite = """
@title(en="Cost", ru="Затраты")
@hint(en="Cost.", ru="Затраты.")
@limit(seconds=60)
def test_cost(submission, rng):
    def plain(x):
        import time
        end = time.thread_time() + 2e-5 * len(x)
        while time.thread_time() < end: pass
        return 2 * x
    assert_scaling(submission.f, plain, lambda n: (rng.normal(size=n),), sizes=(200, 2000), tolerance=4.2, factor=1e3)
"""
    slower = COSTLY.format(order="* (2.8 if len(x) > 1000 else 1)")
    proof = proof_of(tmp_path, files(suite=suite, **{"accepted/other.py": slower}), seeds=1)
    assert [p for p in proof.problems if "accepted/other.py fails test_cost: failed" in p], proof.problems
    assert 1 < proof.room["test_cost"]["below"] < 2
