"""What is told of the modules: the names that they use, and what cannot be seen through."""

from __future__ import annotations

from typing import Any

from .flow import Flow, Own


class Told:
    """Collects while names are followed; lines are those of the first use."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.uses: dict[str, dict[str, int]] = {}
        self.opaque: dict[str, dict[tuple[str, str], int]] = {}
        self.imported: set[str] = set()
        self._open: list[tuple[str, str, str, int, int]] = []

    def use(self, path: str, name: str, line: int) -> None:
        lines = self.uses.setdefault(path, {})
        lines[name] = min(line, lines.get(name, line))

    def hidden(self, path: str, kind: str, what: str, line: int) -> None:
        lines = self.opaque.setdefault(path, {})
        lines[kind, what] = min(line, lines.get((kind, what), line))

    def hidden_unless_own(self, path: str, kind: str, what: str, line: int, place: int) -> None:
        """It cannot be seen through, unless the place is sure to be an instance of an own class."""
        self._open.append((path, kind, what, line, place))

    def hidden_if_library(self, path: str, kind: str, what: str, line: int, place: int) -> None:
        """It cannot be seen through where the place may be a library's."""
        self._open.append((path, "?" + kind, what, line, place))

    def finish(self) -> None:
        """Decide what depends on what the places may be, once that is known."""
        for path, kind, what, line, place in self._open:
            things = self.flow.may[place]
            library = any(isinstance(thing, str) and self._is_library(thing) for thing in things)
            own = any(isinstance(thing, Own) and thing.kind in ("class", "any") for thing in things)
            if library or not (kind.startswith("?") or own):
                self.hidden(path, kind.removeprefix("?"), what, line)

    def _is_library(self, name: str) -> bool:
        root = name.partition(".")[0]
        return root in self.imported or root == CAUGHT

    def to_json(self, *, whole: bool) -> dict[str, Any]:
        return {
            "whole": whole,
            "uses": {path: sorted(lines.items()) for path, lines in self.uses.items()},
            "opaque": {
                path: sorted((kind, what, line) for (kind, what), line in lines.items())
                for path, lines in self.opaque.items()
            },
        }


CAUGHT = "<exception>"  # stands for an exception that was caught; it holds the object that lacked an attribute
