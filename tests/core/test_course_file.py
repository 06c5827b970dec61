"""The course file: what a good one gives, and the sentence for each thing that can be wrong in it."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.course import Bucket, Contest
from grader.core.course_file import KEYS, parse_course, read_course, shortfalls, totals
from grader.core.errors import BadInput
from grader.core.lateness import moment
from grader.core.scoring import LECTURE, Formula

from .courses import KNOWN

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference/course-file.md"
GOOD = """\
timezone = "Europe/Moscow"

[title]
en = "Machine learning"
ru = "Машинное обучение"

[lateness]
weeks = "full"      # whole weeks
from = "defence"

[[assignment]]
name = "a/lab"
points = 7.1
deadline = 2027-02-14T23:59:00

[[assignment]]
name = "a/task"
points = "15/2"

[[assignment]]
name = "a/lab2"
points = 6
deadline = 2027-02-14T23:59:00+00:00
"""
FULL = (
    GOOD
    + """
[formula]
test = 50
labs = "70"
late_lab_keeps = "1/2"

[submissions]
burst = 5
refill_minutes = 90

[[codeforces]]
name = "codeforces/warm-up"
points = 7.5
contest = 102
problems = ["A", "B1"]
opens = 2027-02-01T09:00:00
deadline = 2027-02-20T23:59:00

[codeforces.title]
en = "Warm-up"
ru = "Разминка"
"""
)


@pytest.fixture
def read(tmp_path):
    def reading(text):
        path = tmp_path / "course.toml"
        path.write_text(text, encoding="utf-8")
        return read_course(path, KNOWN)

    return reading


def graced(text):
    return GOOD.replace("[lateness]", f"[lateness]\ngrace = {text}")


@pytest.mark.parametrize(
    ("text", "grace"),
    [('"5 min"', 300), ('"30 s"', 30), ('"2h"', 7200), ('"0 s"', 0), ('"24 h"', 86400)],
)
def test_grace(read, text, grace):
    assert read(graced(text)).grace == timedelta(seconds=grace)
    assert read(graced(text)).items[0].lateness.grace == timedelta(seconds=grace)


@pytest.mark.parametrize("text", ["5", '"5"', '"-5 min"', '"5 days"', '"25 h"', '"1.5 h"', '""', "true", "[]"])
def test_a_grace_that_is_none(read, text):
    with pytest.raises(
        BadInput, match=r'line 8: \[lateness\] grace must be a time such as "5 min" or "30 s", at most "24 h"'
    ):
        read(graced(text))


def test_a_good_course(read):
    course = read(GOOD)
    assert course.title["ru"] == "Машинное обучение"
    assert (course.weeks, course.late_from) == ("full", "defence")
    assert [(item.name, item.kind, item.points) for item in course.items] == [
        ("a/lab", "lab", Fraction(71, 10)),
        ("a/task", "task", Fraction(15, 2)),
        ("a/lab2", "lab", 6),
    ]
    assert course.item("a/task").deadline is None
    assert course.item("b/none") is None


def test_deadlines_are_local_unless_they_say_otherwise(read):
    course = read(GOOD)
    assert moment(course.item("a/lab").deadline) == datetime(2027, 2, 14, 20, 59, tzinfo=UTC)
    assert moment(course.item("a/lab2").deadline) == datetime(2027, 2, 14, 23, 59, tzinfo=UTC)


def test_what_is_left_out_has_a_default(read):
    course = read('[title]\nen = "ML"\nru = "МО"\n')
    assert (str(course.zone), course.weeks, course.late_from, course.items) == ("UTC", "started", "upload", ())


@pytest.mark.parametrize(
    ("find", "replace", "said"),
    [
        ('timezone = "Europe/Moscow"', 'timezone = "Moskau"', r"line 1: timezone must be .*'Moskau'"),
        ('timezone = "Europe/Moscow"', 'timezone = "Europe"', r"line 1: timezone"),
        ('timezone = "Europe/Moscow"', "timezone = 3", r"line 1: timezone"),
        ('timezone = "Europe/Moscow"', 'timezone = "../etc/passwd"', r"line 1: timezone"),
        ('timezone = "Europe/Moscow"', 'time_zone = "Europe/Moscow"', r"line 1: time_zone must be left out"),
        ('en = "Machine learning"\n', "", r"line 3: title must be .*en and ru"),
        ('en = "Machine learning"', "en = 5", r"line 4: \[title\] en must be a text"),
        ('weeks = "full"', 'weeks = "some"', r"line 8: \[lateness\] weeks must be one of started, full, exact"),
        ('from = "defence"', 'from = "birth"', r"line 9: \[lateness\] from must be one of upload, defence"),
        ('from = "defence"', 'since = "defence"', r"line 9: \[lateness\] since"),
        ('name = "a/task"', 'name = "a/tusk"', r"line 17: \[\[assignment\]\] name .*a/lab, .*not 'a/tusk'"),
        ('name = "a/task"\n', "", r"line 16: \[\[assignment\]\] name"),
        ('name = "a/lab2"', 'name = "a/lab"', r"line 21: \[\[assignment\]\] name must be given once"),
        ('"15/2"', "0", r"line 18: \[\[assignment\]\] points must be a positive number for a/task"),
        ('"15/2"', "-1", r"line 18: .*positive"),
        ('"15/2"', "nan", r"line 18: .*positive"),
        ('"15/2"', "inf", r"line 18: .*positive"),
        ('"15/2"', "true", r"line 18: .*positive"),
        ('"15/2"', '"many"', r"line 18: .*positive"),
        ('"15/2"', "50.01", r"points of all tasks together must be at most 50, not 50\.01"),
        ("points = 7.1", "points = 65", r"points of all labs together must be at most 70, not 71"),
        ("deadline = 2027-02-14T23:59:00\n", 'deadline = "tomorrow"\n', r"line 14: .*deadline .*without quotes"),
        ("deadline = 2027-02-14T23:59:00\n", "deadline = 2027-02-14\n", r"line 14: .*deadline must be a time"),
        ("deadline = 2027-02-14T23:59:00\n", "deadlin = 2027-02-14T23:59:00\n", r"line 14: .*deadlin must be left out"),
        ("deadline = 2027-02-14T23:59:00\n", "deadline = 0001-01-01T00:00:00\n", r"line 14: .*deadline must be a time"),
        (
            "deadline = 2027-02-14T23:59:00+00:00",
            "deadline = 0001-01-01T00:00:00+10:00",
            r"line 23: .*deadline must be",
        ),
        (
            '[title]\nen = "Machine learning"\nru = "Машинное обучение"',
            'title = "ML"',
            r"line 3: title must be a table",
        ),
        ('ru = "Машинное обучение"', 'ru = " "', r"line 5: \[title\] ru must be a text"),
        ('ru = "Машинное обучение"', 'ru = "МО"\nde = "ML"', r"line 3: title must be a table with en and ru"),
        ("[title]", "[title", r"course\.toml: .*line 3"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(read, find, replace, said):
    assert GOOD.count(find) == 1
    with pytest.raises(BadInput, match=rf"course\.toml.*{said}" if "course" not in said else said):
        read(GOOD.replace(find, replace))


def test_sums_may_reach_their_limits(read):
    course = read(GOOD.replace("points = 7.1", "points = 64").replace('"15/2"', "50"))
    assert sum(item.points for item in course.items) == 120


def test_every_key(read):
    course = read(
        FULL.replace('points = "15/2"', 'points = "15/2"\nburst = 2\nteam = true\nopens = 2027-02-01T09:00:00')
    )
    assert course.formula == Formula(test=Fraction(50), late_lab_keeps=Fraction(1, 2))
    lab, task, lab2, contest = course.items
    assert lab.bucket == lab2.bucket == Bucket(5, timedelta(minutes=90))
    assert task.bucket == Bucket(2, timedelta(minutes=90))
    assert (task.team, lab.team) == (True, False)
    assert moment(task.opens) == datetime(2027, 2, 1, 6, tzinfo=UTC)
    assert lab.opens is None
    assert not task.is_open(datetime(2027, 2, 1, 5, 59, 59, tzinfo=UTC))
    assert task.is_open(datetime(2027, 2, 1, 6, tzinfo=UTC))
    assert (contest.name, contest.kind, contest.points) == ("codeforces/warm-up", "task", Fraction(15, 2))
    assert contest.title == {"en": "Warm-up", "ru": "Разминка"}
    assert (contest.contest, contest.assignment, contest.bucket) == (Contest(102, ("A", "B1")), None, None)
    assert moment(contest.deadline) == datetime(2027, 2, 20, 20, 59, tzinfo=UTC)
    assert read(GOOD).formula == LECTURE
    assert read(GOOD).items[0].bucket is None


@pytest.mark.parametrize(
    ("own", "bucket"),
    [
        ("", Bucket(5, timedelta(minutes=90))),
        ("burst = 2", Bucket(2, timedelta(minutes=90))),
        ("refill_minutes = 60", Bucket(5, timedelta(hours=1))),
        ("burst = 2\nrefill_minutes = 60", Bucket(2, timedelta(hours=1))),
    ],
)
def test_what_an_assignment_leaves_out_of_its_budget_is_the_courses(read, own, bucket):
    assert read(FULL.replace('points = "15/2"', f'points = "15/2"\n{own}')).item("a/task").bucket == bucket


def test_a_budget_without_refill_never_comes_back(read):
    course = read(GOOD.replace('points = "15/2"', 'points = "15/2"\nburst = 3'))
    assert course.item("a/task").bucket == Bucket(3, None)
    assert course.item("a/lab").bucket is None


@pytest.mark.parametrize(
    ("find", "replace", "said"),
    [
        ("test = 50", "tests = 50", r"line 26: \[formula\] tests must be left out; known are test, minimum, "),
        ("test = 50", "test = 0", r"line 26: \[formula\] test must be a positive number"),
        ('late_lab_keeps = "1/2"', "late_lab_keeps = 1.5", r"line 28: .*late_lab_keeps must be a share of at most 1"),
        ("burst = 5", "burst = 0", r"line 31: \[submissions\] burst must be a whole number from 1 to 10000"),
        ("burst = 5", "burst = 2.5", r"line 31: .*whole number"),
        ("burst = 5", "burst = true", r"line 31: .*whole number"),
        ("burst = 5\n", "", r"line 30: \[submissions\] burst must be given where refill_minutes is"),
        ("burst = 5", "bursts = 5", r"line 31: \[submissions\] bursts must be left out; known are burst, refill"),
        ("refill_minutes = 90", "refill_minutes = 9999999999999", r"line 32: .*refill_minutes must be a whole number"),
        ('"codeforces/warm-up"', '"warm-up"', r"line 35: \[\[codeforces\]\] name must be of the form"),
        ("points = 7.5", "points = -7.5", r"line 36: .*points must be a positive number for codeforces/warm-up"),
        ("contest = 102", 'contest = "102"', r"line 37: .*contest must be a whole number from 1"),
        ("contest = 102\n", "", r"line 34: .*contest must be the contest's number for codeforces/warm-up"),
        ('["A", "B1"]', '["A", "A"]', r"line 38: .*problems must be a list .* each once"),
        ('["A", "B1"]', "[]", r"line 38: .*problems must be a list"),
        ('["A", "B1"]', '["A", 1]', r"line 38: .*problems must be a list"),
        ('["A", "B1"]', '["A", ["B"]]', r"line 38: .*problems must be a list"),
        ('["A", "B1"]', '"AB"', r"line 38: .*problems must be a list"),
        ("opens = 2027-02-01T09:00:00", "opens = 9", r"line 39: .*opens must be a time without quotes"),
        (
            "opens = 2027-02-01T09",
            "opens = 2027-03-01T09",
            r"line 40: .*deadline must be after opens for codeforces/wa",
        ),
        ("contest = 102", "contest = 102\nteam = true", r"line 38: \[\[codeforces\]\] team must be left out"),
        ('en = "Warm-up"', "en = 5", r"line 43: \[\[codeforces\]\] title en must be a text"),
        ('en = "Warm-up"\n', "", r"line 42: \[\[codeforces\]\] title must be a table with en and ru"),
        ("[codeforces.title]", "[codeforces.titel]", r"line 42: \[\[codeforces\]\] titel must be left out"),
        (
            '[codeforces.title]\nen = "Warm-up"\nru = "Разминка"\n',
            "",
            r"line 34: \[\[codeforces\]\] title must be a table",
        ),
    ],
)
def test_what_is_wrong_with_the_rest_is_named_with_its_line(read, find, replace, said):
    assert FULL.count(find) == 1
    with pytest.raises(BadInput, match=rf"course\.toml, {said}") as caught:
        read(FULL.replace(find, replace))
    assert "строка" in caught.value.ru


@pytest.mark.parametrize(
    ("find", "replace", "said"),
    [
        ('points = "15/2"', 'points = "15/2"\nteam = "yes"', r"line 19: .*team must be true or false"),
        ('points = "15/2"', 'points = "15/2"\nburst = 0', r"line 19: .*burst must be a whole number"),
        ('points = "15/2"', 'points = "15/2"\nrefill_minutes = 5', r"line 16: .*burst must be given where"),
        ('name = "a/task"', "", r"line 16: \[\[assignment\]\] name must be an assignment there is"),
    ],
)
def test_the_line_is_that_of_the_right_one_of_several_tables(read, find, replace, said):
    with pytest.raises(BadInput, match=said):
        read(GOOD.replace(find, replace))


def test_two_contests_of_one_name(read):
    again = FULL[FULL.index("[[codeforces]]") :]
    with pytest.raises(
        BadInput, match=r"line 47: \[\[codeforces\]\] name must be given once; codeforces/warm-up stands twi"
    ):
        read(f"{FULL}\n{again}".replace("points = 7.5", "points = 1"))


def test_lines_are_found_whatever_else_the_file_holds(read):
    odd = GOOD.replace('en = "Machine learning"', 'en = """Machine\npoints = 5\n[lateness]\n"""')
    with pytest.raises(BadInput, match=r"line 11: \[lateness\] weeks"):
        read(odd.replace('"full"', '"some"'))
    spaced = GOOD.replace("[lateness]", "[ 'lateness' ]").replace('weeks = "full"', '"weeks"="some"')
    with pytest.raises(BadInput, match=r"line 8: \[lateness\] weeks"):
        read(spaced)
    with pytest.raises(BadInput, match=r"line 3: title must be a table with en and ru"):
        read('\n\ntitle = { en = "a" }\n')
    with pytest.raises(BadInput, match=r"line 2: \[lateness\] weeks"):
        read('title = { en = "a", ru = "b" }\nlateness = { weeks = "some" }\n')


def test_what_is_set_is_told_against_what_the_formula_counts(read):
    course = read(FULL)
    assert totals(course) == {"lab": (Fraction(131, 10), 70), "task": (15, 50)}
    assert shortfalls(course) == [("lab", Fraction(131, 10), 70), ("task", 15, 50)]
    whole = read(GOOD.replace("points = 7.1", "points = 64"))
    assert shortfalls(whole) == [("task", Fraction(15, 2), 50)]


def test_the_sums_follow_the_formula_of_the_file(read):
    small = "[formula]\nlabs = 13\n"
    with pytest.raises(BadInput, match=r"points of all labs together must be at most 13, not 13\.1"):
        read(f"{GOOD}{small}")


def test_the_page_lists_every_key_and_no_other():
    sections = re.split(r"^## ", REFERENCE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = {}
    for section in sections:
        header = re.match(r"`(\[.*\])`|At the top", section)
        if header:
            found[header[1] or ""] = set(re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE))
    assert found == {header: set(keys) for header, keys in KEYS.items()}


def test_the_example_of_the_page_is_right(read):
    (example,) = re.findall(r"^```toml\n(.*?)^```", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for name, ours in zip(re.findall(r'^name = "((?!codeforces).*)"', example, re.MULTILINE), KNOWN, strict=False):
        example = example.replace(f'"{name}"', f'"{ours}"')
    assert {item.kind for item in read(example).items} == {"lab", "task"}


KEY = st.sampled_from(sorted({key for keys in KEYS.values() for key in keys} | {"x"}))
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(datetime(2027, 1, 1)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEY, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(KEY, VALUE, max_size=8))
def test_whatever_stands_there_the_answer_is_a_course_or_a_sentence(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "course.toml"
    path.write_text(_toml(data), encoding="utf-8")
    with suppress(BadInput):
        read_course(path, KNOWN)


def _toml(data: dict) -> str:
    """Any data as a file; what TOML cannot hold is left out."""
    lines = []
    for key, value in data.items():
        line = f"{key} = {_value(value)}"
        try:
            tomllib.loads(line)
        except (tomllib.TOMLDecodeError, ValueError):
            continue
        lines.append(line)
    return "\n".join(lines)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool | float) else f"{value!r}"


def test_other_shapes_are_refused(read):
    with pytest.raises(BadInput, match=r"lateness must be a table"):
        read('lateness = "full"\n[title]\nen = "a"\nru = "b"\n')
    with pytest.raises(BadInput, match=r"assignment must be a list of \[\[assignment\]\] tables"):
        read('[title]\nen = "a"\nru = "b"\n[assignment]\nname = "a/lab"\n')


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BadInput, match=r"course\.toml cannot be read"):
        read_course(tmp_path / "course.toml", {})


def test_solutions_are_never_shown_unless_the_course_or_the_assignment_says_so():
    def of(head: str = "", lab: str = "") -> dict[str, str]:
        text = head + GOOD.replace('name = "a/lab"\n', f'name = "a/lab"\n{lab}')
        return {item.name: item.solutions for item in parse_course(text, KNOWN).items}

    every, one = 'solutions = "after_closed"\n', 'solutions = "never"\n'
    assert set(of().values()) == {"never"}
    assert set(of(every).values()) == {"after_closed"}
    assert of(every, one) == {"a/lab": "never", "a/task": "after_closed", "a/lab2": "after_closed"}
    assert of(lab=every) == {"a/lab": "after_closed", "a/task": "never", "a/lab2": "never"}
    with pytest.raises(BadInput, match="line 1: solutions must be one of never, after_closed"):
        of('solutions = "always"\n')
    with pytest.raises(BadInput, match=r"\[\[assignment\]\] solutions must be one of"):
        of(lab="solutions = true\n")


def test_whether_solutions_are_shown_changes_no_marks():
    texts = (GOOD, 'solutions = "after_closed"\n' + GOOD)
    assert len({replace(parse_course(text, KNOWN), sha256="").fingerprint for text in texts}) == 1
