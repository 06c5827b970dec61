"""``grader login URL``: gets a personal token and keeps it."""

from __future__ import annotations

import click

from grader.cli import server


@click.command()
@click.argument("url")
@click.option("--login", "name", prompt="Login", help="Your login.")
@click.option("--password", prompt=True, hide_input=True, help="Asked for when it is left out.")
def login(url: str, name: str, password: str) -> None:
    """Log in to the grader at URL. The password is not kept, a personal token is."""
    address = url.rstrip("/") if "://" in url else f"https://{url.rstrip('/')}"
    fields = {"login": name, "password": password, "label": "command line"}
    answer = server.request("POST", f"{address}/api/v1/tokens", json=fields)
    path = server.save(server.Account(address, answer["token"]))
    click.echo(f"Logged in as {answer['name']}. The token is in {path}. Next: grader status")
