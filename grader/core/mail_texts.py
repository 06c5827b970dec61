"""What mails say, in English and Russian. Pure: a text is made of what a row of the queue holds, when it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

LANGUAGES = ("en", "ru")
_DAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс")}

_TEXTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "invitation": {
        "en": (
            "{course}: your account",
            "Hello {name},\n\nyou have an account for the course “{course}”; your login is {login}.\n"
            "Set a password here; the link is good once, for {days} days:\n\n{link}\n",
        ),
        "ru": (
            "{course}: ваша учётная запись",
            "Здравствуйте, {name}!\n\nУ вас есть учётная запись на курсе «{course}», логин — {login}.\n"
            "Задайте пароль по ссылке; она действует один раз и {days} дней:\n\n{link}\n",
        ),
    },
    "password": {
        "en": (
            "{course}: a new password",
            "Hello {name},\n\nwith this link you set a new password for {login}; it is good once, for {days} days:\n\n"
            "{link}\n\nUntil then the old password holds. If you did not ask for it, tell the staff of the course.\n",
        ),
        "ru": (
            "{course}: новый пароль",
            "Здравствуйте, {name}!\n\nПо этой ссылке можно задать новый пароль для {login}; она действует один раз и "
            "{days} дней:\n\n{link}\n\nДо этого действует старый пароль. Если вы об этом не просили, сообщите "
            "преподавателям курса.\n",
        ),
    },
    "regrade": {
        "en": (
            "{course}: graded again: {title}",
            "Hello {name},\n\n“{title}” was graded again, and your result has changed.\n\nSee your marks:\n{link}\n",
        ),
        "ru": (
            "{course}: перепроверка: {title}",
            "Здравствуйте, {name}!\n\nЗадание «{title}» перепроверено, ваш результат изменился.\n\n"
            "Ваши баллы:\n{link}\n",
        ),
    },
    "deadline": {
        "en": (
            "{course}: a deadline has changed",
            "Hello {name},\n\ndeadlines that hold for you have changed:\n\n{items}\n\n{link}\n",
        ),
        "ru": (
            "{course}: изменился срок сдачи",
            "Здравствуйте, {name}!\n\nИзменились сроки сдачи, которые действуют для вас:\n\n{items}\n\n{link}\n",
        ),
    },
    "reminder": {
        "en": (
            "{course}: a deadline is near",
            "Hello {name},\n\nsoon over:\n\n{items}\n\n{link}\n\n"
            "You can switch these reminders off under Account: {account}\n",
        ),
        "ru": (
            "{course}: скоро срок сдачи",
            "Здравствуйте, {name}!\n\nСкоро заканчивается срок:\n\n{items}\n\n{link}\n\n"
            "Напоминания можно отключить на странице «Учётная запись»: {account}\n",
        ),
    },
}
_PAGES = {"regrade": "/standing", "deadline": "/", "reminder": "/"}


@dataclass(frozen=True)
class Recipient:
    """Whom a mail is for. Without a ``language`` it is written in both."""

    name: str
    login: str
    email: str
    language: str


@dataclass(frozen=True)
class Setting:
    """The course in which it is sent: its title, its items' titles, its clocks, and where the web is."""

    title: Mapping[str, str]
    titles: Mapping[str, Mapping[str, str]]
    zone: ZoneInfo
    url: str


def write(
    kind: str, details: Mapping[str, Any], to: Recipient, setting: Setting, *, secret: str = "", days: int = 0
) -> tuple[str, str]:
    """Subject and text of a mail."""
    chosen = (to.language,) if to.language in LANGUAGES else LANGUAGES
    written = [_one(language, kind, details, to, setting, secret, days) for language in chosen]
    return " / ".join(subject for subject, _ in written), "\n----\n\n".join(text for _, text in written)


def _one(
    language: str, kind: str, details: Mapping[str, Any], to: Recipient, setting: Setting, secret: str, days: int
) -> tuple[str, str]:
    subject, text = _TEXTS[kind][language]
    words = {
        "course": _of(setting.title, language),
        "name": to.name,
        "login": to.login,
        "days": days,
        "link": setting.url + (f"/invitation/{secret}" if secret else _PAGES.get(kind, "/")),
        "account": f"{setting.url}/account",
        "title": _title(str(details.get("assignment", "")), setting, language),
        "items": _items(details.get("items", ()), setting, language),
    }
    return " ".join(subject.format(**words).split()), text.format(**words)


def _items(items: Sequence[Mapping[str, Any]], setting: Setting, language: str) -> str:
    return "\n".join(
        f"- {_title(one['assignment'], setting, language)}: {_change(one, setting, language)}" for one in items
    )


def _change(one: Mapping[str, Any], setting: Setting, language: str) -> str:
    after = _when(one.get("until"), setting.zone, language)
    if "before" not in one:
        return after
    before = _when(one["before"], setting.zone, language)
    return f"{after} (before: {before})" if language == "en" else f"{after} (было: {before})"


def _when(text: str | None, zone: ZoneInfo, language: str) -> str:
    """A deadline with its weekday and zone."""
    if text is None:
        return "no deadline" if language == "en" else "без срока"
    at = datetime.fromisoformat(text).astimezone(zone)
    clock = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    date = f"{at:%Y-%m-%d}" if language == "en" else f"{at:%d.%m.%Y}"
    return f"{_DAYS[language][at.weekday()]} {date} {clock} ({zone.key})"


def _title(name: str, setting: Setting, language: str) -> str:
    return _of(setting.titles.get(name, {}), language) or name


def _of(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("en", "")
