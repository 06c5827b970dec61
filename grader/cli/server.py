"""The command line's side of the interface: where the server is, the personal token, requests and their errors."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import platformdirs

from grader.core.errors import BadInput, OurFault

SECONDS = 60.0


@dataclass(frozen=True)
class Account:
    """A server's address and the token that it gave."""

    url: str
    token: str


def config_path() -> Path:
    return Path(platformdirs.user_config_dir("grader")) / "account.json"


def save(account: Account) -> Path:
    """Keep the account in a file that only its owner can read."""
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"url": account.url, "token": account.token}, file)
    return path


def account() -> Account:
    """The account that `grader login` kept, or that GRADER_URL and GRADER_TOKEN tell. Raises BadInput."""
    if os.environ.get("GRADER_URL") and os.environ.get("GRADER_TOKEN"):
        return Account(os.environ["GRADER_URL"].rstrip("/"), os.environ["GRADER_TOKEN"])
    try:
        data = json.loads(config_path().read_text(encoding="utf-8"))
        return Account(data["url"], data["token"])
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput("You are not logged in: grader login URL") from None


def request(method: str, url: str, *, token: str | None = None, **content: Any) -> Any:
    """An answer's JSON. Raises BadInput with what the server said of the request, OurFault when it failed."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        answer = httpx.request(method, url, headers=headers, timeout=SECONDS, **content)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise OurFault(f"{url} does not answer ({type(error).__name__}). Nothing was lost; try again.") from error
    if answer.status_code >= 500:
        raise OurFault(f"The server failed ({answer.status_code}). Try again in a moment.")
    if answer.status_code >= 400:
        raise BadInput(_said(answer))
    try:
        return answer.json()
    except ValueError:
        raise BadInput(f"{url} is not a grader.") from None


def _said(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        return str(problem.get("detail") or problem.get("title"))
    except (ValueError, AttributeError):
        return f"The server answered {answer.status_code}."
