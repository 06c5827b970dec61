"""What the interface tells of an item of the course, in the words of the terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from grader.cli.language import decimal, language, say
from grader.core import moments


def moment(text: str, *, seconds: bool = False) -> str:
    """A moment on this machine's clocks; with seconds where it stands beside a deadline."""
    return moments.written(datetime.fromisoformat(text), None, language(), now=datetime.now(UTC), seconds=seconds)


def deadline(text: str, *, seconds: bool = False) -> str:
    """A deadline on this machine's clocks, and what is left of it."""
    return moments.deadline(datetime.fromisoformat(text), None, language(), datetime.now(UTC), seconds=seconds)


def when(item: dict[str, Any]) -> str:
    """Until when, or from when on, an item can be handed in; and what is left of that."""
    if not item["open"]:
        return say(f"opens {moment(item['opens'])}", f"откроется {moment(item['opens'])}")
    if item["deadline"] is None:
        return "-"
    return deadline(item["deadline"])


def limits(item: dict[str, Any]) -> str:
    """How many uploads are left, and when the next one comes; a dash where they are not limited."""
    if item["uploads_left"] is None:
        return "-"
    if item["uploads_left"] == 0 and item["next_upload_at"] is not None:
        return say(f"0, next {moment(item['next_upload_at'])}", f"0, следующая {moment(item['next_upload_at'])}")
    return str(item["uploads_left"])


def headings() -> tuple[str, ...]:
    """Of a table of items, for `row`."""
    return (
        say("assignment", "задание"),
        say("title", "название"),
        say("deadline", "срок"),
        say("uploads left", "попыток"),
        say("points", "баллы"),
    )


def row(item: dict[str, Any]) -> tuple[str, ...]:
    return item["name"], item["title"][language()], when(item), limits(item), points(item)


def points(item: dict[str, Any]) -> str:
    """The mark out of what there is; a lab that waits for its defence says so."""
    mark = item["mark"]
    most = decimal(f"{mark['max_points']:g}")
    if mark["state"] == "none":
        return say(f"- of {most}", f"- из {most}")
    shown = decimal(f"{mark['points']:.2f}")
    notes = [say("counts once it is defended", "засчитается после защиты")] if mark["state"] == "waiting" else []
    notes += [say("set by staff", "выставлено преподавателем")] if mark["override"] is not None else []
    told = f"  ({', '.join(notes)})" if notes else ""
    return say(f"{shown} of {most}", f"{shown} из {most}") + told
