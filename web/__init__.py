"""The web application: people see and hand in, staff see and run the gradebook.

A slice an area (`auth`, `student`, `gradebook`, `operations`, `api`): a view parses, calls one service
function, and renders; services know no Flask. Nothing here runs a suite or talks to an engine: after an upload
has been committed a bell is rung, and workers do the rest.
"""

from __future__ import annotations

from web.application import create_app
from web.settings import Settings

__all__ = ["Settings", "create_app"]
