"""``grader login URL``: gets a personal token and keeps it, with the key of the server's receipts."""

from __future__ import annotations

import click

from grader.cli import server
from grader.cli.language import say


@click.command(
    help=say(
        "Log in to the grader at URL. The password is not kept, a personal token is.",
        "Войти в грейдер по адресу URL. Пароль не сохраняется, сохраняется личный токен.",
    )
)
@click.argument("url")
@click.option("--login", "name", prompt=say("Login", "Логин"), help=say("Your login.", "Ваш логин."))
@click.option(
    "--password",
    prompt=say("Password", "Пароль"),
    hide_input=True,
    help=say("Asked for when it is left out.", "Если не указан, будет запрошен."),
)
@click.option(
    "--staff",
    is_flag=True,
    help=say("For staff: a token that may do what staff do.", "Для преподавателей: токен с их правами."),
)
def login(url: str, name: str, password: str, staff: bool) -> None:
    address = url.rstrip("/") if "://" in url else f"https://{url.rstrip('/')}"
    scopes = ["read", "submit", *(["staff"] if staff else [])]
    fields = {"login": name, "password": password, "label": "command line", "scopes": scopes}
    answer = server.request("POST", f"{address}/api/v1/tokens", json=fields)
    key = server.request("GET", f"{address}/api/v1/receipts/key")["key"]
    path = server.save(server.Account(address, answer["token"], key))
    click.echo(
        say(
            f"Logged in as {answer['name']}. The token is in {path}. Next: grader list",
            f"Вы вошли: {answer['name']}. Токен сохранён в {path}. Дальше: grader list",
        )
    )
