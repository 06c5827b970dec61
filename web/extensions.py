"""The Flask extensions, made once and bound to the application by the factory."""

from __future__ import annotations

from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect

from web.metrics import FAILS_OPEN

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, strategy=FAILS_OPEN, swallow_errors=True, headers_enabled=True)
babel = Babel()
