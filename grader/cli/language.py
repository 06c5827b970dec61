"""The language of the terminal: Russian where its locale is, English elsewhere."""

from __future__ import annotations

import os


def language() -> str:
    """``ru`` or ``en``; GRADER_LANGUAGE decides over the locale."""
    setting = os.environ.get("GRADER_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "ru" if setting.lower().startswith("ru") else "en"
