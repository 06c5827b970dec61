"""``grader logout``: revokes the token and forgets it."""

from __future__ import annotations

import contextlib

import click

from grader.cli import server
from grader.cli.language import say
from grader.core.errors import BadInput


@click.command(
    help=say("Revoke the token that login has kept, and forget it.", "Отозвать токен, сохранённый при входе, и забыть.")
)
def logout() -> None:
    account = server.account()
    with contextlib.suppress(BadInput):  # it was revoked or has expired: there is nothing left to end
        server.revoke(account)
    server.config_path().unlink(missing_ok=True)
    click.echo(say("Logged out.", "Вы вышли."))
