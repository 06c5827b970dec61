"""``grader statistics``: what happened at the course's assignments, and in their tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from grader.cli import completion
from grader.cli.installation import Installation, on_server
from grader.cli.language import language
from grader.cli.output import open_console, print_json, print_rows
from grader.core.scoring import written

if TYPE_CHECKING:
    from grader.core.statistics import Bin, Summary, TestStatistics
    from grader.staff.statistics import Details, Overview

_MARKS = {"nobody": "nobody passes", "everybody": "everybody passes", "nothing": "tells nothing of the rest", "": ""}


@click.command()
@click.argument("assignment", required=False, shell_complete=completion.assignments)
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@on_server
def statistics(found: Installation, assignment: str | None, as_json: bool) -> None:
    """All assignments at a glance, or ASSIGNMENT with its tests and those who have not begun."""
    from grader.staff.statistics import details, overview

    console = open_console()
    if assignment is None:
        whole = overview(found.database, found.course)
        print_json(overview_json(whole)) if as_json else _print_overview(whole, console)
    else:
        one = details(found.database, found.course, assignment)
        print_json(details_json(one)) if as_json else _print_details(one, console)


def overview_json(whole: Overview) -> dict[str, Any]:
    return {
        "students": whole.students,
        "assignments": [{"name": item.name, **_summary_json(found)} for item, found in whole.items],
        "final_scores": _histogram_json(whole.finals),
    }


def details_json(one: Details) -> dict[str, Any]:
    waiting = one.waiting
    return {
        "name": one.item.name,
        **_summary_json(one.summary),
        "points": _histogram_json(one.summary.histogram),
        "seconds_to_result": None if waiting is None else {"median": waiting.median, "of_19_in_20": waiting.most},
        "tests": [_test_json(test) for test in one.tests],
        "not_started": [user.login for user in one.not_started],
    }


def _summary_json(found: Summary) -> dict[str, Any]:
    return {
        "students": found.students,
        "started": found.started,
        "uploads": found.uploads,
        "median_uploads": found.median_uploads,
        "full_marks": round(found.full_marks, 4),
        "median_points": round(found.median_points, 4),
    }


def _test_json(test: TestStatistics) -> dict[str, Any]:
    return {
        "name": test.name,
        "students": test.students,
        "passed": round(test.passed, 4),
        "verdicts": dict(test.verdicts),
        "discrimination": None if test.discrimination is None else round(test.discrimination, 4),
        "median_seconds": round(test.seconds, 4),
        "stands_out": test.stands_out,
    }


def _histogram_json(bins: Sequence[Bin]) -> list[dict[str, float]]:
    return [{"from": one.low, "to": one.high, "count": one.count} for one in bins]


def _print_overview(whole: Overview, console: Console) -> None:
    rows = [
        (
            item.name,
            f"{found.started} of {found.students}",
            found.uploads,
            f"{found.full_marks:.0%}",
            f"{found.median_points:.2f} of {written(item.points)}",
        )
        for item, found in whole.items
    ]
    print_rows(console, ("assignment", "started", "uploads", "full marks", "median points"), rows)
    console.print("\nfinal scores", style="dim")
    _print_histogram(whole.finals, console)


def _print_details(one: Details, console: Console) -> None:
    found = one.summary
    console.print(
        f"{one.item.name}: {found.started} of {found.students} students have started, {found.uploads} uploads; "
        f"{found.full_marks:.0%} have full marks, the median is {found.median_points:.2f} of "
        f"{written(one.item.points)} points",
        highlight=False,
    )
    if one.waiting is not None:
        console.print(
            f"from upload to result: {one.waiting.median:.1f} s in the median, {one.waiting.most:.1f} s for 19 in 20",
            highlight=False,
        )
    rows = [
        (
            test.title.get(language()) or test.name,
            test.students,
            f"{test.passed:.0%}",
            "-" if test.discrimination is None else f"{test.discrimination:.2f}",
            f"{test.seconds:.2f}",
            ", ".join(f"{verdict} {count}" for verdict, count in test.verdicts.items()),
            _MARKS[test.stands_out],
        )
        for test in one.tests
    ]
    if rows:
        print_rows(console, ("test", "students", "passed", "discrimination", "seconds", "verdicts", ""), rows)
    _print_histogram(found.histogram, console)
    if one.not_started:
        logins = ", ".join(user.login for user in one.not_started)
        console.print(f"not started: {logins}", highlight=False, markup=False)


def _print_histogram(bins: Sequence[Bin], console: Console) -> None:
    most = max((one.count for one in bins), default=0)
    for one in bins:
        bar = "#" * round(40 * one.count / most) if most else ""
        console.print(f"{one.low:7.2f} .. {one.high:6.2f}  {one.count:5d} {bar}", highlight=False)
