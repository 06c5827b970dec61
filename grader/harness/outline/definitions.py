"""Functions, lambdas and classes: their parameters, defaults, decorators and bodies."""

from __future__ import annotations

import ast
from typing import Any

from .calls import Site
from .callsites import CallSites
from .flow import Own
from .report import CAUGHT
from .scopes import Scope


class Definitions(CallSites):
    """The rules of what is defined."""

    def definition(self, node: Any, scope: Scope) -> None:
        function = self.function(node, scope)
        if scope.kind == "class" and scope.of_class is not None:
            scope.of_class.methods.setdefault(node.name, []).append(function)
            if node.name.startswith("__") and node.name not in ("__init__", "__new__", "__call__"):
                self.flow.join(function.returns, scope.of_class.content)
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

    def body(self, statements: list[ast.stmt], scope: Scope) -> None:
        raise NotImplementedError
