"""Answers of Codeforces, by hand: who has solved what, when, and how much of it."""

from contextlib import suppress
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.codeforces import read, result_of, signature
from grader.core.codeforces_found import Found
from grader.core.course import Contest
from grader.core.errors import BadInput

CONTEST = Contest(566, ("A", "B"))
START = 1_800_000_000


def party(*handles, kind="CONTESTANT", **more):
    return {"contestId": 566, "members": [{"handle": h} for h in handles], "participantType": kind, **more}


def submission(number, index="A", verdict="OK", at=START, handles=("anna",), **more):
    problem = {"contestId": 566, "index": index, **more.pop("problem", {})}
    return {
        "id": number, "contestId": 566, "creationTimeSeconds": at, "problem": problem, "author": party(*handles),
        "verdict": verdict, **more,
    }  # fmt: skip


def standings(*rows, kind="ICPC", problems=("A", "B", "C"), **contest):
    listed = [{"contestId": 566, "index": index, "points": 100} for index in problems]
    held = {"id": 566, "type": kind, "startTimeSeconds": START, **contest}
    return {"contest": held, "problems": listed, "rows": list(rows)}


def row(who, *results):
    told = [{"points": p, **({"bestSubmissionTimeSeconds": t} if t is not None else {})} for p, t in results]
    return {"party": who, "problemResults": told}


def solved(found):
    return [(one.handle, one.problem, int(one.at.timestamp()) - START, one.share) for one in found.accepted]


def test_signatures_are_those_of_the_rule():
    """Computed once from the rule of the documentation with other means, key xxx and secret yyy."""
    hacks = {"apiKey": "xxx", "contestId": "566", "time": "1741526578"}
    assert signature("contest.hacks", hacks, "yyy", "123456") == (
        "1234560332d9b7e100b2a7c8a86b343d076e6317518804b0a9a390b4587291925db0aa38e19306ebb998bcae7c64faf536ef9087aaee7b0c"
        "9bab9ac725b47f862a3926"
    )
    status = {"time": "1741526578", "handle": "Fefer_Ivan", "from": "1", "count": "10", "apiKey": "xxx"}
    assert signature("user.status", status, "yyy", "123456") == (
        "123456bcd31479650148eb09c862200ce5d603b9853ced996b9beaf6d6712b30740e243d894b5b822c6f195f8e2cc92fad55b2fbcfd63b56"
        "3b8ddd7286e64a32b5b51b"
    )


def test_an_envelope_is_opened_and_a_failure_told():
    assert result_of({"status": "OK", "result": [1]}) == [1]
    assert result_of([1]) == [1]
    with pytest.raises(BadInput, match="contestId: Contest with id 1 not found"):
        result_of({"status": "FAILED", "comment": "contestId: Contest with id 1 not found"})


def test_of_submissions_those_accepted_in_this_contest_count():
    answer = [
        submission(1),
        submission(2, "B", "WRONG_ANSWER"),
        submission(3, "B", at=START + 60, handles=("Anna", "boris")),
        submission(4, "C"),  # not asked for
        submission(5, "A", "TESTING"),
        {**submission(6), "contestId": 567},
        submission(7, "A", "CHALLENGED"),
    ]
    found = read({"status": "OK", "result": answer}, CONTEST)
    assert solved(found) == [("anna", "A", 0, 1), ("Anna", "B", 60, 1), ("boris", "B", 60, 1)]
    assert [one.remote_id for one in found.accepted] == ["1", "3", "3"]
    assert found.refused == {"2", "7"}
    assert found.accepted[0].at == datetime.fromtimestamp(START, UTC)


def test_a_partial_solution_has_its_share_where_the_points_are_known():
    half = submission(1, verdict="PARTIAL", points=30, problem={"points": 100})
    unknown = submission(2, verdict="PARTIAL", points=30)
    assert solved(read([half, unknown], CONTEST)) == [("anna", "A", 0, Fraction(3, 10))]


def test_standings_count_from_the_start():
    found = read(standings(row(party("anna"), (1, 90), (0, None), (1, 5))), CONTEST)
    assert solved(found) == [("anna", "A", 90, 1)]
    assert found.refused == frozenset()


def test_a_virtual_participation_counts_from_its_own_start_and_practice_has_no_time():
    virtual = row(party("anna", kind="VIRTUAL", startTimeSeconds=START + 1000), (1, 90), (0, None), (0, None))
    practice = row(party("boris", kind="PRACTICE"), (1, 2**31 - 1), (1, None), (0, None))
    found = read(standings(virtual, practice), CONTEST)
    assert solved(found) == [("anna", "A", 1090, 1)]
    assert found.untimed == {"boris"}


def test_points_are_partial_in_ioi_contests_alone():
    ioi = read(standings(row(party("anna"), (25, 1), (100, 2), (0, None)), kind="IOI"), CONTEST)
    assert [share for *_, share in solved(ioi)] == [Fraction(1, 4), 1]
    usual = read(standings(row(party("anna"), (25, 1), (0, None), (0, None)), kind="CF"), CONTEST)
    assert [share for *_, share in solved(usual)] == [1]


def test_other_standings_are_refused():
    with pytest.raises(BadInput, match="contest 567, not of 566"):
        read(standings(id=567), CONTEST)
    with pytest.raises(BadInput, match="no problem B"):
        read(standings(problems=("A",)), CONTEST)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        None,
        3,
        {"rows": 3},
        [3],
        [{}],
        [{**submission(1), "id": "x"}],
        standings({"party": {}}),
        [submission(1, at=10**30)],
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(answer):
    with pytest.raises(BadInput):
        read(answer, CONTEST)


KEYS = [
    "status",
    "result",
    "contest",
    "id",
    "problems",
    "rows",
    "party",
    "members",
    "handle",
    "index",
    "points",
    "verdict",
    "problem",
    "contestId",
    "author",
    "problemResults",
    "creationTimeSeconds",
]
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)


@given(json)
def test_whatever_comes_ends_in_an_answer_or_a_sentence(answer):
    with suppress(BadInput):
        assert isinstance(read(answer, CONTEST), Found)
