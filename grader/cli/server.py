"""The command line's side of the interface: where the server is, the personal token, requests and their errors.

The HTTP library is imported with the first request: Tab and ``--help`` do without it.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from grader.cli.language import language
from grader.core.errors import BadInput, OurFault

if TYPE_CHECKING:
    import httpx

SECONDS = 60.0
CONNECT_SECONDS = 15.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_BUSY = {502, 503, 504}  # nothing was done: a proxy that does not reach the server, or a server that takes nothing more
_TOO_MANY = 429


class LoggedOut(BadInput):
    """The token is good no longer."""


class NoAnswer(OurFault):
    """The server did not answer, or not now: what was asked may be asked again, after ``retry_after`` seconds."""

    def __init__(self, en: str, *, ru: str = "", retry_after: float = 0.0) -> None:
        super().__init__(en, ru=ru)
        self.retry_after = retry_after


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
    with _client(token) as client:
        return _json(_answer(client, method, url, content), url)


def download(who: Account, path: str) -> bytes:
    """A file that the interface gives."""
    with _client(who.token) as client:
        return _answer(client, "GET", f"{who.url}/api/v1{path}", {}).content


def revoke(who: Account) -> None:
    """End the token for good."""
    with _client(who.token) as client:
        _answer(client, "DELETE", f"{who.url}/api/v1/tokens/current", {})


class Connection:
    """One connection for many requests of somebody's. What drops is tried again, with pauses that grow."""

    def __init__(self, who: Account) -> None:
        self._who = who
        self._client = _client(who.token)

    def ask(
        self,
        method: str,
        path: str,
        *,
        patience: float | None,
        tell: Callable[[NoAnswer, float], None] = lambda error, pause: None,
        **content: Any,
    ) -> Any:
        """As `ask`. The first try and the last are at most ``patience`` seconds apart; None: until there is an answer.

        ``tell`` is called before each pause, with its seconds. Raises the last NoAnswer.
        """
        url, end = f"{self._who.url}/api/v1{path}", None if patience is None else time.monotonic() + patience
        for pause in _pauses():
            try:
                return _json(_answer(self._client, method, url, content), url)
            except NoAnswer as error:
                seconds = max(pause, error.retry_after)
                if end is not None and time.monotonic() + seconds > end:
                    raise
                tell(error, seconds)
            time.sleep(seconds)
        raise AssertionError("there is always another pause")

    def close(self) -> None:
        self._client.close()


def _pauses() -> Iterator[float]:
    """Each about twice as long as the one before; drawn, so that not all who lost a server come back at once."""
    pause = _FIRST_PAUSE
    while True:
        yield pause * random.uniform(0.7, 1.0)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _client(token: str | None) -> httpx.Client:
    import httpx

    headers = {"Accept-Language": language()}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return httpx.Client(headers=headers, timeout=httpx.Timeout(SECONDS, connect=CONNECT_SECONDS))


def _json(answer: httpx.Response, url: str) -> Any:
    try:
        return answer.json()
    except ValueError:
        raise BadInput(f"{url} is not a grader.", ru=f"По адресу {url} нет грейдера.") from None


def _answer(client: httpx.Client, method: str, url: str, content: dict[str, Any]) -> httpx.Response:
    import httpx

    try:
        answer = client.request(method, url, **content)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        raise BadInput(
            f"{url} is no address of a server: it begins with https://",
            ru=f"{url} — не адрес сервера: он начинается с https://",
        ) from None
    except httpx.HTTPError as error:
        kind = type(error).__name__
        raise NoAnswer(
            f"{url} does not answer ({kind}). Nothing was lost; try again.",
            ru=f"{url} не отвечает ({kind}). Ничего не потеряно; попробуйте ещё раз.",
        ) from error
    if answer.next_request is not None:  # as http that shall be https: a password is not sent on unasked
        moved = answer.next_request.url.copy_with(raw_path=b"/")
        raise BadInput(
            f"{url} has moved to {moved}: log in there (grader login {moved}).",
            ru=f"{url} теперь по адресу {moved}: войдите там (grader login {moved}).",
        )
    if answer.status_code >= 400:
        raise _error(answer, asks=method == "GET", known="Authorization" in client.headers)
    return answer


def _error(answer: httpx.Response, *, asks: bool, known: bool) -> BadInput | OurFault:
    """What an answer means that is none; a request that only ``asks`` can be made again whatever went wrong."""
    code, later = answer.status_code, answer.headers.get("Retry-After", "")
    retry_after = float(later) if later.isdigit() else 0.0
    if code in _BUSY and later:
        return NoAnswer(str(_refused(answer)), retry_after=retry_after)
    if code >= 500:
        kind = NoAnswer if asks or code in _BUSY else OurFault
        return kind(
            f"The server failed ({code}). Try again in a moment.",
            ru=f"Сбой на сервере ({code}). Попробуйте ещё раз чуть позже.",
        )
    if code == _TOO_MANY and asks:
        return NoAnswer(str(_refused(answer)), retry_after=retry_after)
    if code == 401 and known:
        return LoggedOut(
            "Your token was revoked or has expired: log in again (grader login URL).",
            ru="Ваш токен отозван или его срок истёк: войдите снова (grader login АДРЕС).",
        )
    return _refused(answer)


def _refused(answer: httpx.Response) -> BadInput:
    """What the server said, which is in the reader's language already."""
    try:
        problem = answer.json()
        return BadInput(str(problem.get("detail") or problem["title"]))
    except (ValueError, AttributeError, KeyError, TypeError):
        code = answer.status_code
        return BadInput(f"The server answered {code}.", ru=f"Ответ сервера: {code}.")
