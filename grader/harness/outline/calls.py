"""Calls: arguments become parameters, results come back, and what a function that we do not know may hand on."""

from __future__ import annotations

import ast
import string
from collections.abc import Callable
from dataclasses import dataclass, field

from .flow import Flow, Own
from .report import Told

_STARTING = ("__init__", "__new__", "__call__", "__post_init__", "__init_subclass__")
_GETTERS = ("operator.attrgetter", "operator.methodcaller", "_operator.attrgetter", "_operator.methodcaller")


@dataclass(eq=False)
class Site:
    """One call: the places of its arguments, and of its result."""

    path: str
    line: int
    positional: list[int]
    named: dict[str, int]
    spread: list[int]  # what is in `*args` and `**kwargs`
    result: int
    content: int  # what a function that we do not know is given
    texts: list[str | None]  # positional arguments that are literal texts
    seen: set[Own] = field(default_factory=set)

    @property
    def arguments(self) -> list[int]:
        return [*self.positional, *self.named.values(), *self.spread]


class Calls:
    """Joins call sites with what they call."""

    def __init__(self, flow: Flow, told: Told, attribute: Callable[[int, str, str, int, bool], int]) -> None:
        self.flow = flow
        self.told = told
        self.attribute = attribute

    def call(self, callee: int, site: Site) -> None:
        """Have the site call whatever of the submission's own, or of the operators, its callee may be."""

        def rule(thing: str | Own) -> None:
            if isinstance(thing, str):
                if thing in _GETTERS:
                    self._getter(site)
            elif thing not in site.seen:
                site.seen.add(thing)
                self.enter(thing, site)

        self.flow.rule(callee, rule)

    def enter(self, thing: Own, site: Site) -> None:
        if thing.kind == "any":
            self.flow.add(site.result, thing)
        if thing.kind in ("function", "any"):
            self._arguments(thing, site)
            self.flow.join(thing.returns, site.result)
        elif thing.kind == "class":
            self._instance(thing, site)

    def _arguments(self, function: Own, site: Site) -> None:
        names = function.parameters[: function.positional]
        shifts = (0, 1) if function.method else (0,)
        for number, place in enumerate(site.positional):
            for shift in shifts:
                if number + shift < len(names):
                    self.flow.join(place, function.places[names[number + shift]])
                for rest in function.rest:
                    self.flow.join(place, rest)
        for name, place in site.named.items():
            for target in [function.places[name]] if name in function.parameters else function.rest:
                self.flow.join(place, target)
        for place in site.spread:
            for target in [*(function.places[name] for name in function.parameters), *function.rest]:
                self.flow.join(place, target)

    def _instance(self, own: Own, site: Site) -> None:
        """A class makes an instance, which is the same thing here; an instance may be called, too."""
        self.flow.add(site.result, own)
        starting = [method for name in _STARTING for method in own.methods.get(name, ())]
        for method in starting:
            self._arguments(method, site)
            self.flow.join(method.returns, site.result)
        if not own.methods.get("__init__"):
            for place in site.arguments:
                self.flow.join(place, own.content)
                for name in own.fields:
                    self.flow.join(place, self.flow.attribute(name))
            for name, place in site.named.items():
                self.flow.join(place, self.flow.attribute(name))

        def rule(base: str | Own) -> None:
            if isinstance(base, Own) and base.kind == "class" and base not in site.seen:
                site.seen.add(base)
                self._instance(base, site)

        for base in own.bases:
            self.flow.rule(base, rule)

    def pass_on(self, site: Site, receiver: int, box: int) -> None:
        """What a function that we do not know may return: its arguments, a container of them, or what a function
        among them returns; a method of a container may store them there.
        """
        self.flow.join(box, site.result)
        for place in site.arguments:
            self.flow.passing(place, site.content)
            self.flow.put(place, receiver)
        self.flow.contents(receiver, site.content)

        def rule(thing: str | Own) -> None:
            if isinstance(thing, str) or thing.kind != "container":
                self.flow.add(site.result, thing)
            if isinstance(thing, Own) and thing.kind == "function" and thing not in site.seen:
                site.seen.add(thing)
                for target in [*(thing.places[name] for name in thing.parameters), *thing.rest]:
                    for place in [*site.arguments, site.content]:
                        self.flow.join(place, target)
                self.flow.passing(thing.returns, site.content)

        self.flow.rule(site.content, rule)

    def _getter(self, site: Site) -> None:
        """`operator.attrgetter("a.b")` is a function of one parameter; with a computed name it may be any."""
        if not site.texts or any(text is None for text in site.texts):
            self.told.hidden(site.path, "computed", "operator.attrgetter", site.line)
            return
        parameter = self.flow.place()
        getter = Own("function", self.flow.place(), ["of"], {"of": parameter}, 1, returns=self.flow.place())
        for text in site.texts:
            found = parameter
            for part in (text or "").split("."):
                found = self.attribute(found, part, site.path, site.line, True)
            self.flow.join(found, getter.returns)
        self.flow.add(site.result, getter)


def reads_attributes(template: ast.expr) -> bool:
    """Whether a text that is formatted may read attributes: it has such fields, or is not known."""
    if not (isinstance(template, ast.Constant) and isinstance(template.value, str)):
        return True
    try:
        fields = [name for _, name, _, _ in string.Formatter().parse(template.value) if name]
    except ValueError:
        return False
    return any("." in name or "[" in name for name in fields)
