"""Putting the student's files on the disk inside and importing them."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from types import ModuleType

MODULE = "solution"
PROBE = "probe"


class Loader:
    """One submission's folder. Its modules are found last, so that none of them can hide a library's."""

    def __init__(self) -> None:
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="submission-"))

    def put(self, files: Mapping[str, bytes]) -> None:
        for path, content in files.items():
            place = os.path.join(self.folder, *path.split("/"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as file:
                file.write(content)
        sys.path.append(self.folder)

    def places(self, paths: Iterable[str]) -> frozenset[str]:
        """Where these files of the submission lie, as frames tell it."""
        return frozenset(os.path.join(self.folder, *path.split("/")) for path in paths)

    def submitted(self, place: str) -> str:
        """The path as submitted of a file that lies at one of these places."""
        return os.path.relpath(place, self.folder).replace(os.sep, "/")

    def run(self, path: str, name: str) -> ModuleType:
        """Import the file at ``path`` as the module ``name``, whatever the file is called."""
        loader = SourceFileLoader(name, os.path.join(self.folder, *path.split("/")))
        spec = spec_from_loader(name, loader)
        assert spec is not None
        module = module_from_spec(spec)
        sys.modules[name] = module
        loader.exec_module(module)
        return module

    def own(self, file: str) -> str | None:
        """The path as submitted of one of the student's files; None for any other file."""
        real = os.path.realpath(file)
        if not real.startswith(self.folder + os.sep):
            return None
        relative = os.path.relpath(real, self.folder).replace(os.sep, "/")
        return None if relative == f"{PROBE}.py" else relative
