"""`grader final` and `grader late` as a program: JSON, the steps for people, and exit codes."""

import json
import subprocess
import sys

import pytest


def grader(*args):
    command = [sys.executable, "-c", "from grader.cli import main; main()", *args]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def as_json(*args):
    done = grader(*args, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refused(*args):
    done = grader(*args)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


def test_final_as_json():
    found = as_json("final", "--test", "50", "--exam", "40,35", "--labs", "60", "--tasks", "41.5", "--bonus", "12")
    assert set(found) == {"theory", "practice", "bonus", "final"}
    assert (found["theory"], found["practice"]) == (75, 101.5)
    assert found["bonus"] == pytest.approx(60 / 7, rel=1e-15)
    assert found["final"] == pytest.approx((75 * 101.5) ** 0.5 + 60 / 7, rel=1e-15)


def test_final_without_anything_is_zero():
    assert as_json("final") == {"theory": 0, "practice": 0, "bonus": 0, "final": 0}


def test_final_shows_its_steps():
    shown = " ".join(grader("final", "--exam", "40,35", "--labs", "60", "--tasks", "41,5").stdout.split())
    for step in ("= 40 + 35 = 75.00", "= 60 + 41.5 = 101.50", "= sqrt(75 * 101.5) = 87.25", "= 87.25"):
        assert step in shown


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (("--test", "61"), "test"),
        (("--test", "many"), "--test"),
        (("--test", "nan"), "--test"),
        (("--exam", "40"), "--exam"),
        (("--exam", "40,x"), "ticket"),
        (("--exam", "61,0"), "term minimum"),
        (("--labs", "70.5"), "labs"),
        (("--tasks", "51"), "tasks"),
        (("--bonus", "-1"), "bonus"),
        (("--bonus", "1e999999999"), "--bonus"),
    ],
)
def test_final_refuses_in_one_line(args, named):
    said = refused("final", *args)
    assert said.startswith("Error: ")
    assert named in said
    assert said.count("\n") == 1


def test_unknown_options_are_wrong_use():
    assert "--tset" in refused("final", "--tset", "5")


LATE = ("late", "--points", "6", "--deadline", "2027-02-14T23:59:00", "--submitted")


@pytest.mark.parametrize(
    ("submitted", "weeks", "expected"),
    [
        ("2027-02-14T23:59:00", "started", {"weeks": 0, "factor": 1, "points": 6}),
        ("2027-02-15T00:59:00+01:00", "started", {"weeks": 0, "factor": 1, "points": 6}),
        ("2027-02-14T23:59:00Z", "started", {"weeks": 0, "factor": 1, "points": 6}),
        ("2027-02-14T23:59:59", "started", {"weeks": 0, "factor": 1, "points": 6}),
        ("2027-02-15T00:00:00", "started", {"weeks": 1, "factor": 0.8, "points": 4.8}),
        ("2027-02-15T00:00:00", "full", {"weeks": 0, "factor": 1, "points": 6}),
        ("2027-03-07T23:59:00", "started", {"weeks": 3, "factor": 0.7, "points": 4.2}),
        ("2027-02-18T11:59:59.999999", "exact", {"weeks": 0.5, "factor": 13 / 15, "points": 5.2}),
    ],
)
def test_late_as_json(submitted, weeks, expected):
    assert as_json(*LATE, submitted, "--weeks", weeks) == expected


def test_late_counts_started_weeks_unless_told_otherwise():
    assert as_json(*LATE, "2027-02-15")["weeks"] == 1


@pytest.mark.parametrize(
    ("more", "weeks"),
    [((), 1), (("--timezone", "Europe/Berlin"), 1), (("--timezone", "UTC"), 2), (("--timezone", "Europe/Moscow"), 2)],
)
def test_late_counts_a_week_over_a_change_of_clocks_by_the_calendar(more, weeks):
    times = ("--deadline", "2027-10-30T23:59:00+02:00", "--submitted", "2027-11-06T23:59:00+01:00")
    assert as_json("late", "--points", "10", *times, *more)["weeks"] == weeks


def test_late_says_how_long_a_deadline_lasts_and_how_times_are_read():
    shown = grader(*LATE, "2027-02-16T01:00+03:00").stdout
    assert "2027-02-14 23:59:00 UTC (no offset given) to the end of the minute" in " ".join(shown.split())
    assert "handed in 2027-02-15 22:00:00 UTC weeks late" in " ".join(shown.split())
    assert "6.00 * (0.6 + 0.4 / (1 + 1.00)) 4.80" in " ".join(shown.split())


def test_late_shows_a_product_that_gives_what_it_says():
    shown = grader("late", "--points", "70", "--deadline", "2027-02-14", "--submitted", "2027-02-25").stdout
    assert "70.00 * (0.6 + 0.4 / (1 + 2.00)) 51.33" in " ".join(shown.split())  # 70 * 0.73 would be 51.1


@pytest.mark.parametrize(
    ("args", "named"),
    [
        ((*LATE, "yesterday"), "--submitted"),
        ((*LATE, "0001-01-01T00:00:00+03:00"), "calendar"),
        (("late", "--points", "-6", "--deadline", "2027-02-14", "--submitted", "2027-02-14"), "--points"),
        ((*LATE, "2027-02-14", "--weeks", "some"), "--weeks"),
        ((*LATE, "2027-02-15", "--timezone", "Moscow/Europe"), "--timezone"),
        (("late", "--points", "6"), "--deadline"),
    ],
)
def test_late_refuses(args, named):
    assert named in refused(*args)
