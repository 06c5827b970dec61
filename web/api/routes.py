"""All of the interface: importing this hangs every view on the blueprint."""

from __future__ import annotations

from web.api import account, staff, views
from web.api.blueprint import api

__all__ = ["account", "api", "staff", "views"]
