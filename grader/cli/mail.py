"""``grader mail``: what could not be delivered, and sending it once more."""

from __future__ import annotations

import click

from grader.cli.installation import Installation, now, on_server
from grader.cli.language import say
from grader.cli.output import open_console, print_json, print_rows
from grader.core.errors import BadInput

_STATES = {
    "queued": ("is tried again", "будет ещё попытка"),
    "failed": ("could not be delivered", "не доставлено"),
    "unsure": ("may have arrived", "могло дойти"),
}


@click.group(help=say("E-mail that could not be delivered.", "Письма, которые не удалось доставить."))
def mail() -> None:
    pass


@mail.command(
    "list", help=say("Whether mail is on, and what was not delivered.", "Включена ли почта и что не доставлено.")
)
@click.option("--json", "as_json", is_flag=True, help=say("Print it as JSON.", "Вывести в JSON."))
@on_server
def list_(found: Installation, as_json: bool) -> None:
    from grader.store import mails

    with found.database.reading() as session:
        service, counts = mails.service(session, now()), mails.counts(session)
        rows = [
            {
                "id": row.id,
                "login": row.user.login,
                "kind": row.kind,
                "state": row.state,
                "error": row.error,
                "attempts": row.attempts,
                "created_at": row.created_at.isoformat(),
            }
            for row in mails.undelivered(session)
        ]
    if as_json:
        print_json({"active": service.active, "error": service.error, "counts": counts, "undelivered": rows})
        return
    if not service.active:
        click.echo(say("Mail is off.", "Почта выключена."))
    elif service.error:
        click.echo(
            say(
                "The mail server cannot be used, and is tried again: ",
                "Почтовый сервер недоступен, попытки продолжаются: ",
            )
            + service.error
        )
    click.echo(say(f"Sent: {counts.get('sent', 0)}", f"Отправлено: {counts.get('sent', 0)}"))
    headings = say("id|login|kind|state|error|attempts", "номер|логин|о чём|состояние|ошибка|попыток").split("|")
    shown = [
        (str(row["id"])[:8], row["login"], row["kind"], say(*_STATES[str(row["state"])]), row["error"], row["attempts"])
        for row in rows
    ]
    if shown:
        print_rows(open_console(), headings, shown)


@mail.command(help=say("Send the mail ID once more.", "Отправить письмо ID ещё раз."))
@click.argument("id", metavar="ID")
@on_server
def again(found: Installation, id: str) -> None:
    from grader.staff import mailing
    from grader.store import mails

    with found.database.writing() as session:
        matching = [row.id for row in mails.undelivered(session) if row.id.startswith(id)]
        if len(matching) != 1:
            raise BadInput(f"There is no undelivered mail {id!r}.", ru=f"Недоставленного письма «{id}» нет.")
        mailing.again(session, matching[0], actor=found.actor(session), now=now())
    click.echo(say("It waits again.", "Письмо снова ждёт отправки."))
