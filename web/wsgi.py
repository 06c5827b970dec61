"""``gunicorn -c web/gunicorn_settings.py web.wsgi:app``."""

from __future__ import annotations

import logging
import sys

from grader.core import addresses
from grader.core.errors import GraderError
from web.application import create_app
from web.settings import from_environment

try:
    app = create_app(from_environment())
    addresses.forget()  # what reads a student's syntax tree inherits our environment
except GraderError as error:
    logging.getLogger("grader.web").critical("%s", error)
    sys.exit(error.exit_code)
