"""The students of a rush: each logs in, looks at pages, hands in, and waits for the result as its page would.

One process plays all of them; each comes from an address of its own, as behind a proxy.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import httpx

ASSIGNMENT = "clustering/kmeans"
PAGES = ("/", "/standing", f"/assignments/{ASSIGNMENT}")
LOOK_SECONDS = 15.0  # between two looks of one student at some page
PATIENCE = 60.0  # no request is waited for longer


@dataclass
class Seen:
    """What all of them together have seen. Times are in seconds."""

    acknowledged: dict[str, str] = field(default_factory=dict)  # submissions, by whom
    uploads: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)  # uploads and pages that were not answered as they should
    streams_opened: int = 0
    streams_refused: int = 0
    streams_ended: int = 0  # with the state that ends one, or their time
    polls: int = 0


@dataclass(frozen=True)
class Student:
    """``at``: seconds from the beginning at which the file is handed in; by a program where there is a ``token``."""

    login: str
    password: str
    address: str
    at: float
    source: bytes
    token: str | None = None


async def play(url: str, students: list[Student], seconds: float, graded: asyncio.Event) -> Seen:
    """All of them at once, ``seconds`` up to the deadline and then until ``graded`` is set."""
    seen, begin = Seen(), time.monotonic()
    async with asyncio.TaskGroup() as group:
        for number, student in enumerate(students):
            group.create_task(_live(url, student, begin, seconds, graded, seen, random.Random(number)))
    return seen


async def _live(
    url: str, me: Student, begin: float, seconds: float, graded: asyncio.Event, seen: Seen, chance: random.Random
) -> None:
    """One student's last minutes: comes a while before handing in, looks around until the deadline, then waits."""
    limits, headers = httpx.Limits(max_connections=4), {"X-Forwarded-For": me.address}
    async with httpx.AsyncClient(base_url=url, limits=limits, headers=headers, timeout=PATIENCE) as client:
        await _until(begin + max(0.0, me.at - chance.uniform(0.05, 0.3) * seconds))
        await _log_in(client, me, seen)
        looking = asyncio.create_task(_look_around(client, seen, chance))
        await _until(begin + me.at)
        submission = await _hand_in(client, me, seen)
        waiting = asyncio.create_task(_wait(client, submission, seen)) if submission else None
        await _until(begin + seconds)
        looking.cancel()
        if waiting is not None:
            await asyncio.wait([waiting, done := asyncio.create_task(graded.wait())], return_when="FIRST_COMPLETED")
            done.cancel()
            waiting.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(looking, *([waiting] if waiting else []))


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.monotonic()))


async def _log_in(client: httpx.AsyncClient, me: Student, seen: Seen) -> None:
    form = {"csrf_token": _token(await _page(client, "/login", seen)), "login": me.login, "password": me.password}
    async with _timed(seen.pages, seen, "log-in"):
        answer = await client.post("/login", data=form)
        _expect(answer, 302)


async def _look_around(client: httpx.AsyncClient, seen: Seen, chance: random.Random) -> None:
    while True:
        await _page(client, chance.choice(PAGES), seen)
        await asyncio.sleep(chance.uniform(0.5, 1.5) * LOOK_SECONDS)


async def _hand_in(client: httpx.AsyncClient, me: Student, seen: Seen) -> str | None:
    """Upload, by the page's form or by the interface; the submission's id once it was acknowledged."""
    path, file = f"/assignments/{ASSIGNMENT}", {"file": ("solution.py", me.source)}
    submission = None
    if me.token is not None:
        async with _timed(seen.uploads, seen, "upload"):
            bearer = {"Authorization": f"Bearer {me.token}"}
            form = {"assignment": ASSIGNMENT}
            answer = await client.post("/api/v1/submissions", data=form, files=file, headers=bearer)
            _expect(answer, 201)
            submission = str(answer.json()["id"])
    else:
        form = {"csrf_token": _token(await _page(client, path, seen))}
        async with _timed(seen.uploads, seen, "upload"):
            answer = await client.post(path, data=form, files=file)
            _expect(answer, 302, "/submissions/")
            submission = answer.headers["Location"].rpartition("/")[2]
    if submission is not None:
        seen.acknowledged[submission] = me.login
    return submission


async def _wait(client: httpx.AsyncClient, submission: str, seen: Seen) -> None:
    """What `live.js` does: a stream, and polling where that is refused."""
    path = f"/submissions/{submission}"
    await _page(client, path, seen)
    while await _stream(client, path, seen):
        if await _poll_once(client, path, seen) is None:
            return
    while (again := await _poll_once(client, path, seen)) is not None:
        await asyncio.sleep(again)
    await _page(client, path, seen)


async def _stream(client: httpx.AsyncClient, path: str, seen: Seen) -> bool:
    """Read a stream to its end; False when it was refused."""
    with suppress(httpx.HTTPError):
        async with client.stream("GET", f"{path}/events", timeout=None) as answer:
            if answer.status_code == 503:
                seen.streams_refused += 1
                return False
            seen.streams_opened += 1
            async for _line in answer.aiter_lines():
                pass
            seen.streams_ended += 1
    return True


async def _poll_once(client: httpx.AsyncClient, path: str, seen: Seen) -> float | None:
    """When to ask again; None when it is graded."""
    seen.polls += 1
    async with _timed(seen.pages, seen, "poll"):
        answer = await _get(client, f"{path}/live")
        _expect(answer, 200)
        news = json.loads(answer.text)
        return None if news["state"] in ("graded", "broken") else float(news["again"])
    return 5.0


async def _page(client: httpx.AsyncClient, path: str, seen: Seen) -> str:
    async with _timed(seen.pages, seen, "page"):
        answer = await _get(client, path)
        _expect(answer, 200)
        return answer.text
    return ""


async def _get(client: httpx.AsyncClient, path: str) -> httpx.Response:
    """As browsers do: asked once more where a connection that was kept had just been closed."""
    try:
        return await client.get(path)
    except (httpx.ReadError, httpx.RemoteProtocolError):
        return await client.get(path)


@asynccontextmanager
async def _timed(into: list[float], seen: Seen, what: str) -> AsyncIterator[None]:
    """Keep how long the block took, however it ended; one that failed is counted by its cause."""
    began = time.monotonic()
    try:
        yield
    except (httpx.HTTPError, Unexpected) as error:
        seen.refused[f"{what}: {error if isinstance(error, Unexpected) else type(error).__name__}"] += 1
    into.append(time.monotonic() - began)


class Unexpected(Exception):
    """An answer that is not the one that was to come."""


def _expect(answer: httpx.Response, status: int, place: str = "") -> None:
    if answer.status_code != status or place not in answer.headers.get("Location", ""):
        raise Unexpected(f"{answer.status_code} {answer.headers.get('Location', '')}".strip())


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    return found.group(1) if found else ""
