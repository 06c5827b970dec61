"""Putting the student's files on the disk inside and importing them."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from types import ModuleType
from typing import Any

from grader.harness.agent import cells, standins

MODULE = "solution"
PROBE = "the assignment's probe"  # no submission has, or can import, a module of this name


class Loader:
    """One submission's folder. Its modules are found last, so that none of them can hide a library's.

    A probe has a folder of its own: whatever the submission's files are called, none of them is in its place.
    """

    def __init__(self) -> None:
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="submission-"))
        self.beside = os.path.realpath(tempfile.mkdtemp(prefix="probe-"))

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

    def run(self, path: str, starts: Sequence[int], required: Collection[str]) -> tuple[ModuleType, Any]:
        """Import the file at ``path`` as the module `solution`, whatever the file is called; of a notebook, of which
        cells begin on the lines ``starts``, also the first failure of a cell that was let pass.
        """
        place = os.path.join(self.folder, *path.split("/"))
        module, loader = _new(MODULE, place)
        if not starts:
            loader.exec_module(module)
            return module, None
        standins.install()
        return module, cells.run(module, loader.get_data(place), place, starts, required)

    def run_probe(self, source: bytes) -> ModuleType:
        """Import the probe."""
        place = os.path.join(self.beside, "probe.py")
        with open(place, "wb") as file:
            file.write(source)
        module, loader = _new(PROBE, place)
        loader.exec_module(module)
        return module

    def own(self, file: str) -> str | None:
        """The path as submitted of one of the student's files; None for any other file."""
        real = os.path.realpath(file)
        if not real.startswith(self.folder + os.sep):
            return None
        return os.path.relpath(real, self.folder).replace(os.sep, "/")


def _new(name: str, place: str) -> tuple[ModuleType, SourceFileLoader]:
    """An empty module for a file, and what runs it."""
    loader = SourceFileLoader(name, place)
    spec = spec_from_loader(name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    return module, loader
