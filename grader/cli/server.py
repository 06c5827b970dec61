"""The command line's side of the interface: where the server is, the personal token, requests and their errors."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
import platformdirs

from grader.cli.language import language
from grader.core.errors import BadInput, OurFault

SECONDS = 60.0


@dataclass(frozen=True)
class Account:
    """A server's address, the token that it gave, and the public key that its receipts are signed with."""

    url: str
    token: str
    receipt_key: str = ""


def config_path() -> Path:
    return Path(platformdirs.user_config_dir("grader")) / "account.json"


def save(account: Account) -> Path:
    """Keep the account in a file that only its owner can read."""
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(account), file)
    return path


def kept() -> Account | None:
    """The account that GRADER_URL and GRADER_TOKEN tell, or that `grader login` kept; None where there is none."""
    if os.environ.get("GRADER_URL") and os.environ.get("GRADER_TOKEN"):
        return Account(os.environ["GRADER_URL"].rstrip("/"), os.environ["GRADER_TOKEN"])
    try:
        data = json.loads(config_path().read_text(encoding="utf-8"))
        return Account(data["url"], data["token"], data.get("receipt_key", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def account() -> Account:
    """The same. Raises BadInput where nobody has logged in."""
    found = kept()
    if found is None:
        raise BadInput(
            "You are not logged in: grader login URL", ru="Вы не вошли. Сначала выполните: grader login АДРЕС"
        )
    return found


def ask(who: Account, method: str, path: str, **content: Any) -> Any:
    """What the interface answers to somebody, as data."""
    return request(method, f"{who.url}/api/v1{path}", token=who.token, **content)


def request(method: str, url: str, *, token: str | None = None, **content: Any) -> Any:
    """An answer's JSON. Raises BadInput with what the server said of the request, OurFault when it failed."""
    try:
        return _answer(method, url, token, content).json()
    except ValueError:
        raise BadInput(f"{url} is not a grader.", ru=f"По адресу {url} нет грейдера.") from None


def download(who: Account, path: str) -> bytes:
    """A file that the interface gives."""
    return _answer("GET", f"{who.url}/api/v1{path}", who.token, {}).content


def revoke(who: Account) -> None:
    """End the token for good."""
    _answer("DELETE", f"{who.url}/api/v1/tokens/current", who.token, {})


def _answer(method: str, url: str, token: str | None, content: dict[str, Any]) -> httpx.Response:
    headers = {"Accept-Language": language()}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    try:
        answer = httpx.request(method, url, headers=headers, timeout=SECONDS, **content)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        kind = type(error).__name__
        raise OurFault(
            f"{url} does not answer ({kind}). Nothing was lost; try again.",
            ru=f"{url} не отвечает ({kind}). Ничего не потеряно; попробуйте ещё раз.",
        ) from error
    if answer.status_code == 503 and "Retry-After" in answer.headers:
        raise OurFault(str(_refused(answer)))
    if answer.status_code >= 500:
        raise OurFault(
            f"The server failed ({answer.status_code}). Try again in a moment.",
            ru=f"Сбой на сервере ({answer.status_code}). Попробуйте ещё раз чуть позже.",
        )
    if answer.status_code >= 400:
        raise _refused(answer)
    return answer


def _refused(answer: httpx.Response) -> BadInput:
    """What the server said, which is in the reader's language already."""
    try:
        problem = answer.json()
        return BadInput(str(problem.get("detail") or problem["title"]))
    except (ValueError, AttributeError, KeyError, TypeError):
        code = answer.status_code
        return BadInput(f"The server answered {code}.", ru=f"Ответ сервера: {code}.")
