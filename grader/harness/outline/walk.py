"""Statements, patterns, functions and classes: each module is walked once, and the rest is left to `Flow.solve`."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from .calls import Site
from .expressions import Expressions
from .flow import Own, TooMuch, exported
from .report import CAUGHT
from .scopes import Scope


def follow(trees: Mapping[str, ast.Module]) -> dict[str, Any]:
    """What the modules use, and what of them cannot be seen through; `whole` where all of it was followed."""
    walk = Walk(trees)
    try:
        walk.run()
    except (TooMuch, RecursionError, MemoryError):
        return walk.told.to_json(whole=False)
    return walk.told.to_json(whole=True)


class Walk(Expressions):
    """Walks statements."""

    def __init__(self, trees: Mapping[str, ast.Module]) -> None:
        super().__init__(trees)
        self.trees = trees

    def run(self) -> None:
        for path, tree in self.trees.items():
            module = self.imports.modules[path]
            scope = self.names.open(Scope("module", module, None, module.own.places), list(tree.body))
            self.body(tree.body, scope)
        self.flow.solve()
        self.told.finish()

    def body(self, statements: list[ast.stmt], scope: Scope) -> None:
        for statement in statements:
            self.statement(statement, scope)

    def statement(self, node: Any, scope: Scope) -> None:
        kind = type(node)
        if kind is ast.Assign:
            value = self.value(node.value, scope)
            for target in node.targets:
                self.assign(target, value, scope)
        elif kind is ast.AugAssign:
            value = self.flow.items(self.value(node.value, scope))
            self.flow.put(value, self.value(node.target, scope))
            self.assign(node.target, value, scope)
        elif kind is ast.AnnAssign:
            self.value(node.annotation, scope)
            if scope.kind == "class" and scope.of_class and isinstance(node.target, ast.Name):
                scope.of_class.fields.append(node.target.id)
            if node.value is not None:
                self.assign(node.target, self.value(node.value, scope), scope)
        elif kind in (ast.For, ast.AsyncFor):
            self.assign(node.target, self.flow.items(self.value(node.iter, scope)), scope)
        elif kind in (ast.With, ast.AsyncWith):
            for item in node.items:
                entered = self.value(item.context_expr, scope)
                if item.optional_vars is not None:
                    self.assign(item.optional_vars, entered, scope)
                    self.assign(item.optional_vars, self.flow.items(entered), scope)
        elif kind is ast.Return:
            if scope.function is not None and node.value is not None:
                self.flow.join(self.value(node.value, scope), scope.function.returns)
        elif kind in (ast.FunctionDef, ast.AsyncFunctionDef):
            self.definition(node, scope)
        elif kind is ast.ClassDef:
            self.class_definition(node, scope)
        elif kind is ast.Import:
            self.imports.plain(node, scope)
        elif kind is ast.ImportFrom:
            self.imports.names_of(node, scope)
        elif kind is ast.Match:
            subject = self.value(node.subject, scope)
            for case in node.cases:
                self.pattern(case.pattern, subject, scope)
                if case.guard is not None:
                    self.value(case.guard, scope)
                self.body(case.body, scope)
        elif kind.__name__ == "TypeAlias":
            self.assign(node.name, self.value(node.value, scope), scope)
        else:
            for inner in ast.iter_child_nodes(node):
                if isinstance(inner, ast.expr):
                    self.value(inner, scope)
        if kind in (ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try) or hasattr(
            node, "handlers"
        ):
            self.blocks(node, scope)

    def blocks(self, node: Any, scope: Scope) -> None:
        self.body(node.body, scope)
        for handler in getattr(node, "handlers", ()):
            if handler.type is not None:
                self.value(handler.type, scope)
            if handler.name:
                self.flow.add(self.names.binding(scope, handler.name), CAUGHT)
            self.body(handler.body, scope)
        self.body(getattr(node, "orelse", []), scope)
        self.body(getattr(node, "finalbody", []), scope)

    def assign(self, target: Any, value: int, scope: Scope) -> None:
        kind = type(target)
        if kind is ast.Name:
            self.flow.join(value, self.names.binding(scope, target.id))
        elif kind is ast.Attribute:
            self.store(self.value(target.value, scope), target.attr, value)
        elif kind is ast.Subscript:
            base = self.value(target.value, scope)
            self.value(target.slice, scope)
            self.flow.put(value, base)
        elif kind in (ast.Tuple, ast.List):
            for item in target.elts:
                self.assign(item, self.flow.items(value), scope)
        elif kind is ast.Starred:
            self.assign(target.value, self.box(scope, [value]), scope)

    def store(self, base: int, name: str, value: int) -> None:
        self.flow.join(value, self.flow.attribute(name))

        def rule(thing: str | Own) -> None:
            if isinstance(thing, Own) and thing.kind == "module":
                self.flow.join(value, exported(self.flow, thing, name))

        self.flow.rule(base, rule)

    # -- patterns ----------------------------------------------------------------------------------------

    def pattern(self, node: Any, subject: int, scope: Scope) -> None:
        kind = type(node)
        if kind in (ast.MatchAs, ast.MatchStar):
            if node.name:
                self.flow.join(subject, self.names.binding(scope, node.name))
            if getattr(node, "pattern", None) is not None:
                self.pattern(node.pattern, subject, scope)
        elif kind is ast.MatchValue:
            self.value(node.value, scope)
        elif kind is ast.MatchClass:
            self.value(node.cls, scope)
            if node.patterns:
                self.told.hidden_if_library(scope.module.path, "pattern", "case", node.lineno, subject)
            for one in node.patterns:
                self.pattern(one, subject, scope)
            for name, one in zip(node.kwd_attrs, node.kwd_patterns, strict=True):
                found = self.attribute(subject, name, scope.module.path, node.lineno, True)
                self.pattern(one, found, scope)
        elif kind is ast.MatchMapping:
            for key in node.keys:
                self.value(key, scope)
            if node.rest:
                self.flow.join(subject, self.names.binding(scope, node.rest))
        within = self.flow.items(subject) if kind in (ast.MatchSequence, ast.MatchMapping) else subject
        if kind in (ast.MatchSequence, ast.MatchMapping, ast.MatchOr):
            for one in node.patterns:
                self.pattern(one, within, scope)

    # -- functions and classes ---------------------------------------------------------------------------

    def definition(self, node: Any, scope: Scope) -> None:
        function = self.function(node, scope)
        if scope.kind == "class" and scope.of_class is not None:
            scope.of_class.methods.setdefault(node.name, []).append(function)
            self.flow.join(function.returns, scope.of_class.content)
            if node.name.startswith("__") and node.name not in ("__init__", "__new__", "__call__"):
                for name in function.parameters[1:]:
                    self.flow.join(scope.of_class.content, function.places[name])
        self.bind_decorated(node, self.flow.place(function), scope)

    def bind_decorated(self, node: Any, value: int, scope: Scope) -> None:
        """Bind what is defined, and what its decorators may make of it."""
        target = self.names.binding(scope, node.name)
        for decorator in reversed(node.decorator_list):
            made = self.decorated(self.value(decorator, scope), value, node.lineno, scope)
            self.flow.join(made, value)
        self.flow.join(value, target)

    def decorated(self, decorator: int, value: int, line: int, scope: Scope) -> int:
        site = Site(scope.module.path, line, [value], {}, [], self.flow.place(), self.flow.place(), [None])
        self.calls.call(decorator, site)
        self.calls.pass_on(site, 0, self.box(scope, [site.content]))
        return site.result

    def of_lambda(self, node: ast.Lambda, scope: Scope) -> int:
        return self.flow.place(self.function(node, scope))

    def function(self, node: Any, scope: Scope) -> Own:
        given = node.args
        named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
        function = Own("function", self.flow.place(), [one.arg for one in named], returns=self.flow.place())
        function.positional = len(given.posonlyargs) + len(given.args)
        function.method = scope.kind == "class"
        inner = Scope("function", scope.module, scope, {}, function=function)
        function.places = inner.places
        for one in named:
            self.names.place(inner, one.arg)
        for one in (given.vararg, given.kwarg):
            if one is not None:
                held, container = self.flow.container()
                self.flow.join(held, self.names.place(inner, one.arg))
                function.rest.append(container.content)
        self._defaults(given, inner, scope)
        if scope.of_class is not None and scope.kind == "class" and named:
            self.flow.add(inner.places[named[0].arg], scope.of_class)
        if getattr(node, "name", "") in ("__exit__", "__aexit__"):
            for place in [*function.places.values(), *function.rest]:
                self.flow.add(place, CAUGHT)
        for annotation in [*(one.annotation for one in named), getattr(node, "returns", None)]:
            if annotation is not None:
                self.value(annotation, scope)
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        self.names.open(inner, list(body))
        if isinstance(node, ast.Lambda):
            self.flow.join(self.value(node.body, inner), function.returns)
        else:
            self.body(node.body, inner)
        return function

    def _defaults(self, given: ast.arguments, inner: Scope, scope: Scope) -> None:
        positional = [*given.posonlyargs, *given.args]
        pairs = list(zip(reversed(positional), reversed(given.defaults), strict=False))
        pairs += [(one, default) for one, default in zip(given.kwonlyargs, given.kw_defaults, strict=True) if default]
        for one, default in pairs:
            self.flow.join(self.value(default, scope), inner.places[one.arg])

    def class_definition(self, node: ast.ClassDef, scope: Scope) -> None:
        own = Own("class", self.flow.place())
        own.bases = [self.value(base, scope) for base in [*node.bases, *(word.value for word in node.keywords)]]
        for base in own.bases:
            self.flow.contents(base, own.content)
        inner = Scope("class", scope.module, scope, {}, of_class=own)
        self.names.open(inner, list(node.body))
        self.body(node.body, inner)
        self.bind_decorated(node, self.flow.place(own), scope)
