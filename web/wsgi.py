"""``gunicorn -c web/gunicorn_settings.py web.wsgi:app``."""

from __future__ import annotations

from web.application import create_app
from web.settings import from_environment

app = create_app(from_environment())
