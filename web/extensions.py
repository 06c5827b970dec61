"""The Flask extensions, made once and bound to the application by the factory."""

from __future__ import annotations

from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, swallow_errors=True, headers_enabled=True)  # fails open: an upload counts more
babel = Babel()
