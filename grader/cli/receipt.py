"""``grader receipt``: checks that a receipt is genuine and of which file, or fetches one again."""

from __future__ import annotations

import json
from pathlib import Path

import click

from grader.cli import server
from grader.cli.course_items import moment
from grader.cli.language import say
from grader.cli.output import print_json
from grader.core.errors import BadInput

_MOST = 64 * 1024  # bytes of a receipt


@click.group(help=say("Check receipts of uploads, or fetch one again.", "Проверить квитанцию или получить её снова."))
def receipt() -> None:
    pass


@receipt.command(
    help=say(
        "Check that RECEIPT is signed by the grader, and that FILE is the file that was sent. No server is asked: the "
        "key is the one that `grader login` has kept. Exit code: 0 good, 1 not genuine or another file, 2 bad input.",
        "Проверить, что квитанция RECEIPT подписана грейдером и что FILE — именно тот файл, который был отправлен. "
        "Сервер не нужен: ключ сохранён командой `grader login`. Код выхода: 0 — всё верно, 1 — подпись не подлинна "
        "или файл другой, 2 — неверные входные данные.",
    )
)
@click.argument("receipt_file", metavar="RECEIPT", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    metavar="KEY",
    help=say("The grader's public key, in base64.", "Открытый ключ грейдера в кодировке base64."),
)
@click.option("--json", "as_json", is_flag=True, help=say("Print as JSON.", "Вывести в JSON."))
def verify(receipt_file: Path, file: Path | None, key: str | None, as_json: bool) -> None:
    from grader.core import receipts

    signed = receipts.from_json(_read(receipt_file))
    genuine = receipts.genuine(signed, key or _kept_key())
    same = None if file is None else receipts.is_of(signed.receipt, file.read_bytes())
    if as_json:
        print_json({"genuine": genuine, "file": same, "receipt": receipts.to_json(signed)})
    else:
        for line in _verdict(signed.receipt, genuine, same, file):
            click.echo(line)
    raise click.exceptions.Exit(0 if genuine and same is not False else 1)


@receipt.command(
    help=say("Print the receipt of a SUBMISSION of yours.", "Вывести квитанцию вашей отправки SUBMISSION (её номер).")
)
@click.argument("submission")
def show(submission: str) -> None:
    print_json(server.ask(server.account(), "GET", f"/submissions/{submission}/receipt"))


def _read(path: Path) -> object:
    try:
        text = path.read_bytes()[: _MOST + 1]
        return json.loads(text.decode()) if len(text) <= _MOST else None
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(f"{path} cannot be read as JSON.", ru=f"{path} не читается как JSON.") from error


def _kept_key() -> str:
    account = server.kept()
    if account is None or not account.receipt_key:
        raise BadInput(
            "No key is kept here: log in first, or give --key.", ru="Ключа здесь нет: войдите или укажите --key."
        )
    return account.receipt_key


def _verdict(told: object, genuine: bool, same: bool | None, file: Path | None) -> list[str]:
    from grader.core.receipts import Receipt

    assert isinstance(told, Receipt)
    if not genuine:
        return [
            say(
                "NOT GENUINE: the signature does not fit to this receipt and this grader's key.",
                "НЕ ПОДЛИННА: подпись не соответствует этой квитанции и ключу этого грейдера.",
            )
        ]
    lines = [
        say("Genuine: signed by the grader.", "Подлинна: подписана грейдером."),
        say(
            f"{told.login} handed in {told.assignment} at {_at(told.received_at)}, submission {told.submission}.",
            f"{told.login}: задание {told.assignment}, получено {_at(told.received_at)}, отправка {told.submission}.",
        ),
    ]
    if same is True:
        lines.append(say(f"{file} is the file that was sent.", f"{file} — тот самый файл, который был отправлен."))
    elif same is False:
        lines.append(say(f"{file} is NOT the file that was sent.", f"{file} — НЕ тот файл, который был отправлен."))
    return lines


def _at(text: str) -> str:
    try:
        return moment(text, seconds=True)
    except ValueError:
        return text
