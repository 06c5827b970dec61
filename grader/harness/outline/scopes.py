"""Which name is whose: scopes, and the places of the names that are bound in them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from .flow import Flow, Own, exported

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(eq=False)
class Module:
    """One file: its name as a module, and what `import *` brings in: names of libraries, or own modules."""

    path: str
    name: str
    own: Own
    is_package: bool
    stars: list[tuple[int, str | Own]] = field(default_factory=list)  # the line, and the source
    surely: dict[str, int] = field(default_factory=dict)  # bound at the top whatever happens; since which line
    deleted: set[str] = field(default_factory=set)

    @property
    def package(self) -> list[str]:
        parts = self.name.split(".") if self.name else []
        return parts if self.is_package else parts[:-1]


@dataclass(eq=False)
class Scope:
    """A module, a class, or a function (a comprehension is one too)."""

    kind: str
    module: Module
    parent: Scope | None
    places: dict[str, int]
    elsewhere: set[str] = field(default_factory=set)  # declared `global` or `nonlocal`
    globals: set[str] = field(default_factory=set)
    function: Own | None = None
    of_class: Own | None = None
    comprehension: bool = False
    box: tuple[int, Own] | None = None  # the containers that a function makes
    only_defined: set[str] = field(default_factory=set)  # by `def` or `class` without decorators, and by nothing else


def bound(body: list[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Each name that is bound in a scope, and by what, without those of the scopes within."""
    pending: list[ast.AST] = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node
            pending.extend(node.decorator_list)
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, COMPREHENSIONS):
            pending.extend(n for n in _named(node))
            continue
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id, node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((a.asname or a.name.partition(".")[0], node) for a in node.names if a.name != "*")
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name, node
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest, node
        pending.extend(ast.iter_child_nodes(node))


def _named(node: ast.AST) -> Iterator[ast.AST]:
    """`x := …` within a comprehension binds outside of it."""
    return (inner.target for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr))


class Names:
    """The places of names."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    def open(self, scope: Scope, body: list[ast.AST]) -> Scope:
        """Give every name that the body binds its place in the scope."""
        others: set[str] = set()
        for declared in _declarations(body):
            scope.elsewhere.update(declared.names)
            if isinstance(declared, ast.Global):
                scope.globals.update(declared.names)
        for name, node in bound(body):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef) and not node.decorator_list:
                scope.only_defined.add(name)
            else:
                others.add(name)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del):
                scope.module.deleted.add(name)
            if name not in scope.elsewhere:
                self.place(scope, name)
            elif name in scope.globals:
                self.of_module(scope.module, name)
        scope.only_defined -= others
        return scope

    def place(self, scope: Scope, name: str) -> int:
        if name not in scope.places:
            scope.places[name] = self.flow.place()
            if scope.kind == "class":
                self.flow.join(scope.places[name], self.flow.attribute(name))
        return scope.places[name]

    def of_module(self, module: Module, name: str) -> int:
        if name not in module.own.places:
            module.own.places[name] = self.flow.place()
        return module.own.places[name]

    def binding(self, scope: Scope, name: str) -> int:
        """Where a value goes that is bound to a name here."""
        if name in scope.globals:
            return self.of_module(scope.module, name)
        if name in scope.elsewhere and scope.parent is not None:
            return self._enclosing(scope.parent, name) or self.of_module(scope.module, name)
        return self.place(scope, name)

    def reading(self, scope: Scope, name: str, line: int) -> tuple[int, bool]:
        """Where a value comes from that is read by its name here; and whether it may be a name that nobody bound."""
        if name not in scope.globals and (found := self._enclosing(scope, name)) and scope.kind != "class":
            return found, False
        place = self.flow.place()
        if scope.kind == "class" and name in scope.places:
            self.flow.join(scope.places[name], place)
        if scope.kind == "class" and scope.parent and (outer := self._enclosing(scope.parent, name)):
            self.flow.join(outer, place)
            return place, False
        module = scope.module
        at_top = _runs_with_module(scope)
        since = module.surely.get(name)
        if name in module.own.places:
            self.flow.join(module.own.places[name], place)
            if since is not None and name not in module.deleted and not (at_top and line <= since):
                for star_line, source in module.stars:
                    if star_line > since:
                        self._from_star(name, source, place)
                return place, False
        for _, source in module.stars:
            self._from_star(name, source, place)
        return place, True

    def _from_star(self, name: str, source: str | Own, place: int) -> None:
        if isinstance(source, str):
            if not name.startswith("_"):
                self.flow.name(place, f"{source}.{name}")
        else:
            self.flow.join(exported(self.flow, source, name), place)

    def _enclosing(self, scope: Scope, name: str) -> int:
        """The place in the nearest function's scope that binds the name; 0 where the module's is meant."""
        here: Scope | None = scope
        while here is not None and here.kind != "module":
            if name in here.globals:
                return 0
            if (here.kind == "function") and name in here.places and name not in here.elsewhere:
                return here.places[name]
            here = here.parent
        return 0


def _runs_with_module(scope: Scope | None) -> bool:
    """Whether code here runs while its module is imported, and not when a function is called."""
    while scope is not None and (scope.kind == "class" or scope.comprehension):
        scope = scope.parent
    return scope is None or scope.kind == "module"


def _declarations(body: list[ast.AST]) -> Iterator[ast.Global | ast.Nonlocal]:
    """What is declared in a scope, without the scopes within."""
    pending: list[ast.AST] = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Global | ast.Nonlocal):
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            inner = ast.iter_child_nodes(node)
            pending.extend(one for one in inner if isinstance(one, ast.stmt | ast.ExceptHandler | ast.match_case))
