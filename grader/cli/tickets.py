"""``grader theory tickets``: tickets for an exam, drawn from the lecturer's questions."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from grader.cli.installation import Installation, now, on_server
from grader.cli.language import language
from grader.cli.output import print_json
from grader.core.errors import BadInput


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--tickets", "count", type=int, help="How many tickets, for nobody in particular.")
@click.option("--group", help="A ticket for every student of this study group.")
@click.option("--everybody", is_flag=True, help="A ticket for every student.")
@click.option("--questions", "each", type=int, default=2, show_default=True, help="Of as many lectures, a ticket.")
@click.option("--seed", metavar="TEXT", help="Draws the same tickets again; without it a new one is made and told.")
@click.option("--day", metavar="TEXT", help="The day that is printed; without it today's.")
@click.option("--language", "in_language", type=click.Choice(("en", "ru")), help="Of what is printed.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to print here (HTML).")
@click.option("--sheet", type=click.Path(dir_okay=False, path_type=Path), help="Write a CSV for the results here.")
@click.option("--json", "as_json", is_flag=True, help="Print the tickets as JSON.")
@on_server
def tickets(
    found: Installation,
    file: Path,
    count: int | None,
    group: str | None,
    everybody: bool,
    each: int,
    seed: str | None,
    day: str | None,
    in_language: str | None,
    out: Path | None,
    sheet: Path | None,
    as_json: bool,
) -> None:
    """Draw exam tickets from the questions in FILE: `# Lecture`, then `- a question` a line.

    The results are entered with `theory set --exam`, in the web's grid, or with `theory import` from the --sheet.
    """
    from grader.core import tickets as rules
    from grader.reports import tickets as printed

    chosen = [count is not None, group is not None, everybody]
    if sum(chosen) != 1:
        raise BadInput("Say for whom: --tickets N, --group GROUP or --everybody.")
    if sheet is not None and count is not None:
        raise BadInput("--sheet needs students: --group or --everybody.")
    seed = seed if seed is not None else secrets.token_hex(4)
    questions = rules.read(_text(file))
    students = {} if count is not None else _students(found, group)
    logins = rules.hand_out(students, seed)
    drawn = rules.draw(questions, len(logins) if count is None else count, each, seed)
    holders = dict(zip((ticket.number for ticket in drawn), logins, strict=False))
    names = {number: f"{students[login]} ({login})" for number, login in holders.items()}
    words = in_language or language()
    if out is not None:
        date = day or f"{now().astimezone(found.course.zone):%d.%m.%Y}"
        title = found.course.title.get(words) or found.course.title["en"]
        _write(out, printed.to_html(drawn, names, title=title, day=date, seed=seed, language=words))
    if sheet is not None:
        _write(sheet, printed.to_csv(sorted(logins)))
    if as_json:
        told = [
            {
                "number": ticket.number,
                "login": holders.get(ticket.number),
                "questions": [{"lecture": one.lecture, "text": one.text} for one in ticket.questions],
            }
            for ticket in drawn
        ]
        print_json({"seed": seed, "tickets": told})
        return
    if out is None:
        click.echo(printed.to_text(drawn, names, language=words))
    click.echo(f"{len(drawn)} tickets from {len(questions)} questions; the same again: --seed {seed}")


def _students(found: Installation, group: str | None) -> dict[str, str]:
    """Names by login."""
    from grader.store import people

    with found.database.reading() as session:
        users = [user for user in people.students(session) if group in (None, user.group)]
    if not users:
        raise BadInput("There are no such students.")
    return {user.login: user.name for user in users}


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise BadInput(f"{file} is no text in UTF-8.") from None


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{file} cannot be written: {error.strerror}.") from error
