"""What every expression may be, as far as names of libraries and the submission's own functions go.

A place (a variable, an attribute's name, an expression, what a container holds) has a set of things that it may be:
a dotted name of something that was imported or is built in, or an object of the submission's own. Places are joined
by rules; `solve` carries things along until nothing changes. Attributes of own objects are told apart by name alone,
items of a container not at all. The number of steps is bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from . import APART, STEPS
from .libraries import flows

Rule = Callable[["str | Own"], None]


class TooMuch(Exception):
    """More steps than an ordinary submission takes by far."""


@dataclass(eq=False)
class Own:
    """An object that the submission makes: what it holds, and how it is called if it is a function or a class."""

    kind: str  # function, class, container, module; or any, which stands for those that are not told apart
    content: int
    parameters: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)  # of parameters; of a module's names
    positional: int = 0  # how many parameters are reached by position
    rest: list[int] = field(default_factory=list)  # where further arguments go
    returns: int = 0
    method: bool = False
    methods: dict[str, list[Own]] = field(default_factory=dict)
    bases: list[int] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    stars: list[str | Own] = field(default_factory=list)  # what a module takes whole from other modules
    followed: set[str] = field(default_factory=set)  # the names for which that was looked at


class Flow:
    """Places by number. Place 0 is never anything."""

    def __init__(self) -> None:
        self.may: list[set[str | Own]] = [set()]
        self._next: list[list[int]] = [[]]
        self._rules: list[list[Rule]] = [[]]
        self._pending: list[tuple[int, str | Own]] = []
        self._joined: set[tuple[int, int]] = set()
        self._steps = 0
        self._attributes: dict[str, int] = {}
        self.every_attribute = self.place()
        self.any = Own("any", self.place())
        self.any.rest.append(self.any.content)
        self.any.returns = self.any.content
        self._alike: set[Own] = {self.any}
        self._becoming: list[Own] = []
        self.any_attribute = self.attribute("*")  # what is stored under a name that is computed
        self.join(self.any_attribute, self.every_attribute)

    def place(self, *things: str | Own) -> int:
        self.may.append(set())
        self._next.append([])
        self._rules.append([])
        number = len(self.may) - 1
        for thing in things:
            self.add(number, thing)
        return number

    def attribute(self, name: str) -> int:
        """The place of all own attributes of this name."""
        if name not in self._attributes:
            self._attributes[name] = self.place()
            if hasattr(self, "every_attribute"):
                self.join(self._attributes[name], self.every_attribute)
        return self._attributes[name]

    def container(self, *sources: int) -> tuple[int, Own]:
        """A place with a new object that holds what the sources may be."""
        made = Own("container", self.place())
        for source in sources:
            self.join(source, made.content)
        return self.place(made), made

    def add(self, place: int, thing: str | Own) -> None:
        if not place:
            return
        if isinstance(thing, Own) and len(self.may[place]) >= APART and thing.kind != "module":
            self._liken(thing)
            thing = self.any
        if thing not in self.may[place]:
            self._step()
            self.may[place].add(thing)
            self._pending.append((place, thing))

    def name(self, place: int, name: str) -> None:
        """The place may be something of a library's, if that is worth following."""
        if flows(name):
            self.add(place, name)

    def join(self, source: int, target: int) -> None:
        """Whatever the source may be, the target may be."""
        if source and target and source != target and (source, target) not in self._joined:
            self._step()
            self._joined.add((source, target))
            self._next[source].append(target)
            for thing in tuple(self.may[source]):
                self.add(target, thing)

    def rule(self, place: int, rule: Rule) -> None:
        """Have ``rule`` called once with each thing that the place may be."""
        if place:
            self._step()
            self._rules[place].append(rule)
            for thing in tuple(self.may[place]):
                rule(thing)

    def solve(self) -> None:
        """Carry everything along until nothing changes. Raises TooMuch."""
        while self._pending or self._becoming:
            if self._becoming:
                self._become_any(self._becoming.pop())
                continue
            place, thing = self._pending.pop()
            for target in self._next[place]:
                self.add(target, thing)
            for rule in tuple(self._rules[place]):
                self._step()
                rule(thing)

    def _liken(self, own: Own) -> None:
        """Tell an object no longer apart from all others that were too many in one place."""
        if own not in self._alike:
            self._alike.add(own)
            self._becoming.append(own)

    def _become_any(self, own: Own) -> None:
        self.join(own.content, self.any.content)
        self.join(self.any.content, own.content)
        for target in [*(own.places[name] for name in own.parameters), *own.rest]:
            self.join(self.any.content, target)
        self.join(own.returns, self.any.content)
        for method in (method for methods in own.methods.values() for method in methods):
            self._liken(method)

    def _step(self) -> None:
        self._steps += 1
        if self._steps > STEPS:
            raise TooMuch

    # -- what is derived ---------------------------------------------------------------------------------

    def items(self, source: int) -> int:
        """What comes out of something when it is indexed, iterated, entered, or computed with."""
        found = self.place() if source else 0

        def rule(thing: str | Own) -> None:
            if isinstance(thing, str):
                self.add(found, thing)
            else:
                self.join(thing.content, found)

        self.rule(source, rule)
        return found

    def put(self, value: int, into: int) -> None:
        """Store a value in whatever containers a place may be."""

        def rule(thing: str | Own) -> None:
            if isinstance(thing, Own) and thing.kind != "module":
                self.join(value, thing.content)

        if value:
            self.rule(into, rule)

    def feed(self, value: int, into: int) -> None:
        """Give a value to the special methods of whatever own instances a place may be."""

        def rule(thing: str | Own) -> None:
            if isinstance(thing, Own) and thing.kind in ("class", "any"):
                self.join(value, thing.content)

        if value:
            self.rule(into, rule)

    def contents(self, source: int, target: int) -> None:
        """What own objects hold goes to the target."""

        def rule(thing: str | Own) -> None:
            if isinstance(thing, Own):
                self.join(thing.content, target)

        self.rule(source, rule)

    def names(self, source: int, target: int) -> None:
        """What a place may be of libraries goes to the target."""

        def rule(thing: str | Own) -> None:
            if isinstance(thing, str):
                self.add(target, thing)

        self.rule(source, rule)

    def passing(self, source: int, target: int) -> None:
        """What a function that we do not know may hand on of its argument: all but the container itself."""

        def rule(thing: str | Own) -> None:
            if isinstance(thing, Own) and thing.kind in ("container", "any"):
                self.join(thing.content, target)
            if isinstance(thing, str) or thing.kind != "container":
                self.add(target, thing)

        self.rule(source, rule)


def exported(flow: Flow, module: Own, name: str) -> int:
    """The place of a name of an own module, whether the module binds it or takes it whole from another."""
    if name not in module.places:
        module.places[name] = flow.place()
    if name not in module.followed:
        module.followed.add(name)
        for source in module.stars:
            if isinstance(source, str):
                flow.name(module.places[name], f"{source}.{name}")
            else:
                flow.join(exported(flow, source, name), module.places[name])
    return module.places[name]
