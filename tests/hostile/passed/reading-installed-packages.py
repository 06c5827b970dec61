"""Looks for packages that only the trusted side has."""

import importlib.util

from honest import *
from tools import Escaped

for name in ("pytest", "reference", "grader.testing", "grader.core", "grader.store", "sqlalchemy", "celery", "docker",
             "flask", "redis", "sklearn", "torch", "scipy"):
    try:
        if importlib.util.find_spec(name) is not None:
            raise Escaped(name)
    except ModuleNotFoundError:
        continue
