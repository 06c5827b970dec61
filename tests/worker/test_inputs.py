"""Uploading again pays nothing: real judges, and code whose verdicts are bits of the hidden inputs that it met."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

import worker.sweeper
from grader.staff import regrade_moves, regrades
from grader.store import people, submissions
from grader.store.models import Result, Submission
from tests.harness import suites
from tests.worker.test_deferred import Term

CASES = 24  # that two students' inputs look alike by chance: 2 ** -24
SUITE = f"""
@pytest.mark.parametrize("case", range({CASES}))
@title(en="Now", ru="Сейчас")
def test_now(submission, rng, case): assert_equal(submission.f(int(rng.integers(2**40))), 1)
@deferred()
@pytest.mark.parametrize("case", range({CASES}))
@title(en="Later", ru="Потом")
def test_later(submission, rng, case): assert_equal(submission.f(int(rng.integers(2**40))), 1)
"""
ORACLE = "def f(x): return x % 2"


@pytest.fixture
def term(sqlite, tmp_path, monkeypatch) -> Iterator[Term]:
    monkeypatch.setattr(worker.sweeper, "DUE_SECONDS", 0.0)
    made = Term(sqlite, tmp_path, SUITE)
    yield made
    made.spares.close()
    made.zygote.close()


def bits(result: Result) -> dict[str, bool]:
    """What the oracle has learnt, by test."""
    return {test.name: test.passed for test in submissions.report_of(result).tests}


def regraded(term: Term, **options) -> dict[str, dict[str, bool]]:
    """A regrade of everything, graded and applied; the bits of each submission then."""
    now = datetime.now(UTC)
    with term.database.writing() as session:
        boss = people.by_login(session, "boss") or people.add_user(
            session, "boss", "Boss", role="instructor", password=None, now=now
        )
    chosen = {"which": "all", "everything": True, "why": "to see", "actor": boss, "now": now, **options}
    regrade = regrades.start(term.database, term.applied.current(), suites.NAME, **chosen)
    term.sweep()
    with term.database.writing() as session:
        regrade_moves.apply(session, regrade, actor=boss, now=now)
        ids = [one.id for one in session.query(Submission)]
    return {one: bits(term.counts(one)) for one in ids}


def test_the_same_code_gets_the_same_verdicts_and_another_student_learns_nothing_from_them(term):
    first, again, other = (term.upload(login, ORACLE, defers=False) for login in ("anna", "anna", "boris"))
    met = bits(term.counts(first))
    assert len(met) == 2 * CASES
    assert set(met.values()) == {True, False}, "parametrised tests meet different inputs"
    assert bits(term.counts(again)) == met
    assert bits(term.counts(other)) != met
    changed = term.upload("anna", "# another file\n" + ORACLE, defers=False)
    assert bits(term.counts(changed)) == met


def test_deferred_tests_and_regrades_meet_the_same_inputs_and_other_ones_only_where_staff_want_them(term):
    early = term.upload("anna", ORACLE)
    met = bits(term.counts(early))
    term.set_deadline(timedelta(days=-1))
    assert term.sweep() == ["after-due"]
    whole = bits(term.counts(early))
    assert len(whole) == 2 * CASES
    assert whole.items() >= met.items()
    late = term.upload("anna", ORACLE, defers=False)
    assert bits(term.counts(late)) == whole

    assert regraded(term) == {early: whole, late: whole}
    others = regraded(term, other_inputs=True)
    assert others[early] == others[late] != whole
    assert regraded(term) == others
