"""Calls as they stand in the source: what is called with what, and the built-in functions that have a meaning here."""

from __future__ import annotations

import ast

from .calls import Site, reads_attributes
from .expressions import Expressions
from .scopes import Scope


class CallSites(Expressions):
    """The rules of calls."""

    def of_call(self, node: ast.Call, scope: Scope) -> int:
        function = node.func
        receiver = 0
        known = False  # an own function, and nothing else
        if isinstance(function, ast.Name):
            callee, unbound = self.names.reading(scope, function.id, function.lineno)
            known = self._only_defined(scope, function.id)
            if unbound:
                special = getattr(self, f"call_{function.id}", None)
                if special is not None:
                    given = [self.value(argument, scope) for argument in node.args]
                    return self.either([special(node, scope), *given[2:]])
                self.unbound(function, scope)
        elif isinstance(function, ast.Attribute):
            callee = self.value(function, scope)
            receiver = self._receivers[function]
            self._method(node, function, receiver, scope)
        else:
            callee = self.value(function, scope)
        return self._site(node, scope, callee, receiver, known=known)

    def _site(self, node: ast.Call, scope: Scope, callee: int, receiver: int, *, known: bool) -> int:
        plain = [argument for argument in node.args if not isinstance(argument, ast.Starred)]
        spread = [self.value(argument, scope) for argument in node.args if isinstance(argument, ast.Starred)]
        spread += [self.flow.items(self.value(word.value, scope)) for word in node.keywords if word.arg is None]
        site = Site(
            scope.module.path,
            node.lineno,
            [self.value(argument, scope) for argument in plain],
            {word.arg: self.value(word.value, scope) for word in node.keywords if word.arg is not None},
            [place for place in spread if place],
            self.flow.place(),
            self.flow.place(),
            [_text(argument) for argument in plain] + [None] * len(spread),
        )
        self.calls.call(callee, site)
        if not known:
            self.calls.pass_on(site, receiver, self.box(scope, [site.content]))
        return site.result

    def _only_defined(self, scope: Scope, name: str) -> bool:
        here: Scope | None = scope
        while here is not None and name not in here.places:
            here = here.parent
        return here is not None and name in here.only_defined

    def _method(self, node: ast.Call, function: ast.Attribute, receiver: int, scope: Scope) -> None:
        """Methods with a meaning: templates, generators, and attributes that are set by their names."""
        path = scope.module.path
        if function.attr in ("format", "format_map") and reads_attributes(function.value):
            for argument in [*node.args, *(word.value for word in node.keywords)]:
                place = self.value(argument, scope)
                self.told.hidden_if_library(path, "format", function.attr, node.lineno, place)
                self.told.hidden_if_library(path, "format", function.attr, node.lineno, self.flow.items(place))
        elif function.attr == "send":
            for argument in node.args:
                self.flow.join(self.value(argument, scope), self.sent)
        elif function.attr == "__setattr__":
            for argument in node.args:
                self.flow.join(self.value(argument, scope), self.flow.any_attribute)

    def call_getattr(self, node: ast.Call, scope: Scope) -> int:
        """With a literal name it is an attribute; with a computed one only that of an own instance is harmless."""
        base = self.value(node.args[0], scope) if node.args else 0
        name = _text(node.args[1]) if len(node.args) > 1 else None
        if name is not None:
            return self.attribute(base, name, scope.module.path, node.lineno, True)
        self.told.hidden_unless_own(scope.module.path, "computed", "getattr", node.lineno, base)
        return self.flow.every_attribute

    def call_setattr(self, node: ast.Call, scope: Scope) -> int:
        if len(node.args) == 3:
            name = _text(node.args[1])
            self.store(self.value(node.args[0], scope), "*" if name is None else name, self.value(node.args[2], scope))
        return 0

    def call_vars(self, node: ast.Call, scope: Scope) -> int:
        base = self.value(node.args[0], scope) if node.args else 0
        self.told.hidden_unless_own(scope.module.path, "attribute", "vars", node.lineno, base)
        return self.dictionary

    def call_hasattr(self, node: ast.Call, scope: Scope) -> int:
        return 0


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
