"""Expressions: the place of each, with rules for what it may be."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from .calls import Calls
from .flow import Flow, Own, exported
from .imports import Imports
from .libraries import RESTART, is_module, read, words
from .report import CAUGHT, Told
from .scopes import COMPREHENSIONS, Names, Scope

FINE_DUNDERS = words(
    """
    __init__ __new__ __del__ __repr__ __str__ __bytes__ __format__ __lt__ __le__ __eq__ __ne__ __gt__ __ge__
    __hash__ __bool__ __len__ __length_hint__ __getitem__ __setitem__ __delitem__ __missing__ __iter__ __next__
    __reversed__ __contains__ __call__ __add__ __sub__ __mul__ __matmul__ __truediv__ __floordiv__ __mod__
    __divmod__ __pow__ __lshift__ __rshift__ __and__ __xor__ __or__ __radd__ __rsub__ __rmul__ __rmatmul__
    __rtruediv__ __rfloordiv__ __rmod__ __rdivmod__ __rpow__ __rlshift__ __rrshift__ __rand__ __rxor__ __ror__
    __iadd__ __isub__ __imul__ __imatmul__ __itruediv__ __ifloordiv__ __imod__ __ipow__ __iand__ __ixor__ __ior__
    __neg__ __pos__ __abs__ __invert__ __complex__ __int__ __float__ __index__ __round__ __trunc__ __floor__
    __ceil__ __enter__ __exit__ __aenter__ __aexit__ __aiter__ __anext__ __await__ __name__ __qualname__ __doc__
    __class__ __version__ __file__ __all__ __slots__ __annotations__ __post_init__ __init_subclass__ __set_name__
    __setattr__ __delattr__ __array__ __copy__ __deepcopy__ __sizeof__ __dataclass_fields__ __match_args__ __notes__
    __cause__ __context__
    """
)
FRAMES = words(
    """
    tb_frame f_globals f_locals f_builtins f_back gi_frame cr_frame ag_frame gi_code cr_code f_code func_globals
    ctypes
    """
)


class Expressions:
    """What is shared by all modules, and the rules of expressions."""

    def __init__(self, trees: Mapping[str, ast.Module]) -> None:
        self.flow = Flow()
        self.told = Told(self.flow)
        self.names = Names(self.flow)
        self.calls = Calls(self.flow, self.told, self.attribute)
        self.imports = Imports(self.flow, self.told, self.names, trees)
        self._places: dict[ast.AST, int] = {}  # of expressions that were walked
        self._receivers: dict[ast.AST, int] = {}  # of attributes: what they are read from
        self.sent = self.flow.attribute("<sent>")  # what is sent into generators
        self.dictionary, dictionary = self.flow.container(self.flow.every_attribute)  # of any own instance
        self.flow.join(dictionary.content, self.flow.any_attribute)

    def value(self, node: Any, scope: Scope) -> int:
        """The place of an expression; 0 for one that is nothing that is followed."""
        if node in self._places:
            return self._places[node]
        rule: Callable[[Any, Scope], int] | None = getattr(self, "of_" + type(node).__name__.lower(), None)
        if rule is not None:
            place = rule(node, scope)
        elif isinstance(node, COMPREHENSIONS):
            place = self.comprehension(node, scope)
        else:
            inner = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
            place = self.computed([self.value(one, scope) for one in inner])
        self._places[node] = place
        return place

    def computed(self, parts: list[int]) -> int:
        """The result of an operator, or of anything that has no rule of its own."""
        found = [self.flow.items(part) for part in parts if part]
        if not found:
            return 0
        place = self.flow.place()
        for one in found:
            self.flow.join(one, place)
        for part in parts:
            for other in parts:
                if part != other:
                    self.flow.feed(other, part)
        return place

    def either(self, places: list[int]) -> int:
        places = [place for place in places if place]
        if len(places) < 2:
            return places[0] if places else 0
        joined = self.flow.place()
        for place in places:
            self.flow.join(place, joined)
        return joined

    def of_constant(self, node: ast.Constant, scope: Scope) -> int:
        return 0

    def of_name(self, node: ast.Name, scope: Scope) -> int:
        place, unbound = self.names.reading(scope, node.id, node.lineno)
        if unbound:
            self.unbound(node, scope)
        return place

    def unbound(self, node: ast.Name, scope: Scope) -> None:
        """A name that is built in, or comes by a star."""
        if "." not in node.id:
            self.told.use(scope.module.path, node.id, node.lineno)
        for _, source in scope.module.stars:
            if isinstance(source, str) and not node.id.startswith("_"):
                self.told.use(scope.module.path, f"{source}.{node.id}", node.lineno)

    def of_attribute(self, node: ast.Attribute, scope: Scope) -> int:
        chain = [node]
        while isinstance(chain[-1].value, ast.Attribute):
            chain.append(chain[-1].value)
        first = chain[-1].value
        place = self.value(first, scope)
        of_super = isinstance(first, ast.Call) and isinstance(first.func, ast.Name) and first.func.id == "super"
        for link in reversed(chain):
            self._receivers[link] = place
            if of_super and link is chain[-1]:
                place = self.own_attribute(place, link.attr)
            else:
                place = self.attribute(place, link.attr, scope.module.path, link.lineno, link is node)
        return place

    def attribute(self, base: int, name: str, path: str, line: int, told: bool) -> int:
        """Reading an attribute, however it is written."""
        if name == "__dict__":
            self.told.hidden_unless_own(path, "attribute", name, line, base)
            return self.dictionary
        if (name.startswith("__") and name.endswith("__") and name not in FINE_DUNDERS) or name in FRAMES:
            self.told.hidden(path, "attribute", name, line)
        if name in ("obj", "__context__", "__cause__"):
            self.told.hidden_if_library(path, "attribute", name, line, base)
        place = self.own_attribute(base, name)

        def rule(thing: str | Own) -> None:
            if isinstance(thing, str) and thing != CAUGHT:
                whole, found = read(thing, name)
                for one in found:
                    self.flow.add(place, one)
                if told or not found:
                    self.told.use(path, whole, line)
                if name in RESTART and is_module(thing):
                    self.told.use(path, RESTART[name], line)

        self.flow.rule(base, rule)
        return place

    def own_attribute(self, base: int, name: str) -> int:
        place = self.flow.place()
        self.flow.join(self.flow.attribute(name), place)
        self.flow.join(self.flow.any_attribute, place)

        def rule(thing: str | Own) -> None:
            if isinstance(thing, Own) and thing.kind == "module":
                self.flow.join(exported(self.flow, thing, name), place)
            elif isinstance(thing, Own) and thing.kind in ("container", "any"):  # a named tuple, or the like
                self.flow.names(thing.content, place)

        self.flow.rule(base, rule)
        return place

    def of_subscript(self, node: ast.Subscript, scope: Scope) -> int:
        base = self.value(node.value, scope)
        self.flow.feed(self.value(node.slice, scope), base)
        return self.flow.items(base)

    def of_starred(self, node: ast.Starred, scope: Scope) -> int:
        return self.flow.items(self.value(node.value, scope))

    def box(self, scope: Scope, sources: list[int]) -> int:
        """A new list, dictionary or the like. Those that one function makes are held for one and the same."""
        while scope.comprehension and scope.parent is not None:
            scope = scope.parent
        if scope.kind != "function":
            return self.flow.container(*sources)[0]
        if scope.box is None:
            scope.box = self.flow.container()
        for source in sources:
            self.flow.join(source, scope.box[1].content)
        return scope.box[0]

    def of_list(self, node: Any, scope: Scope) -> int:
        return self.box(scope, [self.value(item, scope) for item in node.elts])

    of_tuple = of_set = of_list

    def of_dict(self, node: ast.Dict, scope: Scope) -> int:
        keys = [self.value(key, scope) for key in node.keys if key is not None]
        values = [
            self.value(value, scope) if key is not None else self.flow.items(self.value(value, scope))
            for key, value in zip(node.keys, node.values, strict=True)
        ]
        return self.box(scope, [*keys, *values])

    def of_ifexp(self, node: ast.IfExp, scope: Scope) -> int:
        self.value(node.test, scope)
        return self.either([self.value(node.body, scope), self.value(node.orelse, scope)])

    def of_boolop(self, node: ast.BoolOp, scope: Scope) -> int:
        return self.either([self.value(one, scope) for one in node.values])

    def of_namedexpr(self, node: ast.NamedExpr, scope: Scope) -> int:
        value = self.value(node.value, scope)
        outer = scope
        while outer.comprehension and outer.parent is not None:
            outer = outer.parent
        self.assign(node.target, value, outer)
        return value

    def of_joinedstr(self, node: ast.JoinedStr, scope: Scope) -> int:
        for one in node.values:
            self.value(one, scope)
        return 0

    def of_yield(self, node: Any, scope: Scope) -> int:
        if node.value is not None and scope.function is not None:
            value = self.value(node.value, scope)
            self.flow.join(value, scope.function.returns)
            if isinstance(node, ast.YieldFrom):
                self.flow.join(self.flow.items(value), scope.function.returns)
                return value
        return self.sent

    of_yieldfrom = of_yield

    def comprehension(self, node: Any, scope: Scope) -> int:
        inner = Scope("function", scope.module, scope, {}, function=scope.function, comprehension=True)
        self.names.open(inner, [generator.target for generator in node.generators])
        for number, generator in enumerate(node.generators):
            source = self.value(generator.iter, inner if number else scope)
            self.assign(generator.target, self.flow.items(source), inner)
            for test in generator.ifs:
                self.value(test, inner)
        made = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        return self.box(scope, [self.value(one, inner) for one in made])

    def assign(self, target: Any, value: int, scope: Scope) -> None:
        raise NotImplementedError

    def store(self, base: int, name: str, value: int) -> None:
        raise NotImplementedError
