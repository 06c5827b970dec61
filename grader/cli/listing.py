"""``grader list``: what is set in the course, until when, for how many points."""

from __future__ import annotations

import click

from grader.cli import materials, server
from grader.cli.course_items import headings, row
from grader.cli.language import language, say
from grader.cli.output import open_console, print_json, print_rows


@click.command(
    "list",
    help=say(
        "The assignments of the course with deadlines and points; without a login those on this machine.",
        "Задания курса со сроками и баллами; если вход не выполнен — задания, которые есть на этой машине.",
    ),
)
@click.option("--json", "as_json", is_flag=True, help=say("Print as JSON.", "Вывести в JSON."))
def listing(as_json: bool) -> None:
    account, console = server.kept(), open_console()
    if account is None:
        here = [materials.known(name) for name in materials.all_known()]
        if as_json:
            print_json([{"name": one.name, "title": dict(one.title), "kind": one.kind} for one in here])
            return
        print_rows(console, headings()[:2], [(one.name, one.title[language()]) for one in here])
        return
    items = server.ask(account, "GET", "/assignments")
    if as_json:
        print_json(items)
        return
    print_rows(console, headings(), map(row, items))
