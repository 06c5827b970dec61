"""The blueprint that the interface's views hang on. Importing `web.api.routes` fills it."""

from __future__ import annotations

from flask import Blueprint

api = Blueprint("api", __name__, url_prefix="/api/v1")
