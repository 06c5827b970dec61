"""Statements and patterns: each module is walked once, and the rest is left to `Flow.solve`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from .definitions import Definitions
from .flow import Own, TooMuch, exported
from .report import CAUGHT
from .scopes import Scope


def follow(trees: Mapping[str, ast.Module]) -> dict[str, Any]:
    """What the modules use, and what of them cannot be seen through; `whole` where all of it was followed."""
    try:
        walk = Walk(trees)
    except (TooMuch, RecursionError, MemoryError):
        return {"whole": False}
    try:
        walk.run()
    except (TooMuch, RecursionError, MemoryError):
        return walk.told.to_json(whole=False)
    return walk.told.to_json(whole=True)


class Walk(Definitions):
    """Walks every module."""

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

    # -- statements --------------------------------------------------------------------------------------

    def body(self, statements: list[ast.stmt], scope: Scope) -> None:
        for statement in statements:
            rule: Callable[[Any, Scope], None] = getattr(self, f"on_{type(statement).__name__.lower()}", self.on_other)
            rule(statement, scope)

    def on_other(self, node: Any, scope: Scope) -> None:
        """The expressions of a statement, and the statements within it."""
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.expr):
                self.value(inner, scope)
        self.blocks(node, scope)

    def blocks(self, node: Any, scope: Scope) -> None:
        self.body(getattr(node, "body", []), scope)
        for handler in getattr(node, "handlers", ()):
            if handler.type is not None:
                self.value(handler.type, scope)
            if handler.name:
                self.flow.add(self.names.binding(scope, handler.name), CAUGHT)
            self.body(handler.body, scope)
        self.body(getattr(node, "orelse", []), scope)
        self.body(getattr(node, "finalbody", []), scope)

    def on_assign(self, node: ast.Assign, scope: Scope) -> None:
        value = self.value(node.value, scope)
        for target in node.targets:
            self.assign(target, value, scope)

    def on_augassign(self, node: ast.AugAssign, scope: Scope) -> None:
        value = self.flow.items(self.value(node.value, scope))
        self.flow.put(value, self.value(node.target, scope))
        self.assign(node.target, value, scope)

    def on_annassign(self, node: ast.AnnAssign, scope: Scope) -> None:
        self.value(node.annotation, scope)
        if scope.kind == "class" and scope.of_class and isinstance(node.target, ast.Name):
            scope.of_class.fields.append(node.target.id)
        if node.value is not None:
            self.assign(node.target, self.value(node.value, scope), scope)

    def on_for(self, node: Any, scope: Scope) -> None:
        self.assign(node.target, self.flow.items(self.value(node.iter, scope)), scope)
        self.blocks(node, scope)

    on_asyncfor = on_for

    def on_with(self, node: Any, scope: Scope) -> None:
        for item in node.items:
            entered = self.value(item.context_expr, scope)
            if item.optional_vars is not None:
                self.assign(item.optional_vars, entered, scope)
                self.assign(item.optional_vars, self.flow.items(entered), scope)
        self.blocks(node, scope)

    on_asyncwith = on_with

    def on_return(self, node: ast.Return, scope: Scope) -> None:
        if scope.function is not None and node.value is not None:
            self.flow.join(self.value(node.value, scope), scope.function.returns)

    def on_functiondef(self, node: Any, scope: Scope) -> None:
        self.definition(node, scope)

    on_asyncfunctiondef = on_functiondef

    def on_classdef(self, node: ast.ClassDef, scope: Scope) -> None:
        self.class_definition(node, scope)

    def on_import(self, node: ast.Import, scope: Scope) -> None:
        self.imports.plain(node, scope)

    def on_importfrom(self, node: ast.ImportFrom, scope: Scope) -> None:
        self.imports.names_of(node, scope)

    def on_typealias(self, node: Any, scope: Scope) -> None:
        self.assign(node.name, self.value(node.value, scope), scope)

    def on_match(self, node: ast.Match, scope: Scope) -> None:
        subject = self.value(node.subject, scope)
        for case in node.cases:
            self.pattern(case.pattern, subject, scope)
            if case.guard is not None:
                self.value(case.guard, scope)
            self.body(case.body, scope)

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
        rule: Callable[[Any, int, Scope], None] | None = getattr(self, f"in_{type(node).__name__.lower()}", None)
        if rule is not None:
            rule(node, subject, scope)
        parted = isinstance(node, ast.MatchSequence | ast.MatchMapping)
        for one in getattr(node, "patterns", ()):
            self.pattern(one, self.flow.items(subject) if parted else subject, scope)

    def in_matchas(self, node: Any, subject: int, scope: Scope) -> None:
        if node.name:
            self.flow.join(subject, self.names.binding(scope, node.name))
        if getattr(node, "pattern", None) is not None:
            self.pattern(node.pattern, subject, scope)

    in_matchstar = in_matchas

    def in_matchvalue(self, node: ast.MatchValue, subject: int, scope: Scope) -> None:
        self.value(node.value, scope)

    def in_matchmapping(self, node: ast.MatchMapping, subject: int, scope: Scope) -> None:
        for key in node.keys:
            self.value(key, scope)
        if node.rest:
            self.flow.join(subject, self.names.binding(scope, node.rest))

    def in_matchclass(self, node: ast.MatchClass, subject: int, scope: Scope) -> None:
        """Named parts read attributes; which attributes positional parts read, the class decides while it runs."""
        self.value(node.cls, scope)
        if node.patterns:
            self.told.hidden_if_library(scope.module.path, "pattern", "case", node.lineno, subject)
        for name, one in zip(node.kwd_attrs, node.kwd_patterns, strict=True):
            found = self.attribute(subject, name, scope.module.path, node.lineno, True)
            self.pattern(one, found, scope)
