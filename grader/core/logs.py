"""Logs as one JSON object a line: ids, never names, contents or secrets.

Of an exception only its type and where it was raised are written: its text may quote whatever it was about.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

_STANDARD = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Time, level, logger, message, and whatever was given as ``extra``."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.message_of(record),
            **{name: value for name, value in record.__dict__.items() if name not in _STANDARD},
        }
        if record.exc_info:
            line["exception"] = _where(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)

    def message_of(self, record: logging.LogRecord) -> str:
        return record.getMessage()


class Guarded(JsonLines):
    """For a server whose complaints quote requests: of a warning only what stands before the first colon or value."""

    def message_of(self, record: logging.LogRecord) -> str:
        if record.levelno < logging.WARNING:
            return record.getMessage()
        text = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        return re.split(r"[:%={]| from ", text, maxsplit=1)[0].strip()


def _where(error: BaseException | None) -> str:
    """``KeyError: frame < frame``, innermost first, for an exception and for those it came from."""
    told: list[str] = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        places = (f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        told.append(f"{type(error).__module__}.{type(error).__qualname__}: " + " < ".join(places))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return " | from ".join(told)


def set_up() -> None:
    """Log to standard error; our own loggers from INFO, others from WARNING."""
    logging.captureWarnings(True)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("grader").setLevel(logging.INFO)
