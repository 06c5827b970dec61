"""The language of the terminal: Russian where its locale is, English elsewhere."""

from __future__ import annotations

import gettext
import os
from pathlib import Path


def language() -> str:
    """``ru`` or ``en``; GRADER_LANGUAGE decides over the locale."""
    setting = os.environ.get("GRADER_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "ru" if setting.lower().startswith("ru") else "en"


def say(en: str, ru: str) -> str:
    """A text of the command line in the reader's language."""
    return ru if language() == "ru" else en


def decimal(text: str) -> str:
    """A number as the reader writes it: with a decimal comma in Russian."""
    return text.replace(".", ",") if language() == "ru" else text


def translate_click() -> None:
    """Let click, which asks gettext, say its own words (usage, wrong arguments) in the same language."""
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "translations"))
    os.environ["LANGUAGE"] = language()
