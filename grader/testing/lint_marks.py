"""The lint of marks that hang on several required names: which of them a test calls, itself and through its helpers.

A test that calls two of them takes the mark of both away for a fault in one. Where that is meant, `together` says so,
with the reason. What is read is the text of the suite: helpers and fixtures of its files, ``getattr`` with a name that
is written out, the parameters of a test. A name that comes with a parameter counts as one, since each case has one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_SUBMISSION = "submission"
_ANY = "names that a loop goes through"
_THE_SUBMISSION = object()

Function = ast.FunctionDef | ast.AsyncFunctionDef


def lint_marks(folder: Path, required: Iterable[str]) -> list[str]:
    """Every test of the suite whose mark hangs on more of the ``required`` names than it says, as ``file:line: …``."""
    sources = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}
    return lint_sources(sources, required)


def lint_sources(sources: Mapping[str, str], required: Iterable[str]) -> list[str]:
    """The same for the texts of a suite's files by their paths."""
    suite = _Suite({path: ast.parse(text) for path, text in sorted(sources.items())}, frozenset(required))
    return [
        f"{path}:{test.lineno}: {test.name} {complaint}"
        for path, tree in suite.trees.items()
        for test in _tests(tree)
        if (complaint := suite.complaint(path, test))
    ]


@dataclass(frozen=True)
class _Suite:
    trees: Mapping[str, ast.Module]
    required: frozenset[str]

    def complaint(self, path: str, test: Function) -> str:
        """What is wrong with a test, or nothing."""
        called = _Calls(self, path).of_test(test)
        if mark := _mark(test, "together"):
            return self._complaint_of(mark, called)
        if len(called) < 2 or _is_worth_nothing(test):
            return ""
        return f"calls {_listed(called)} for one mark; give each a test of its own, or say together(…, because=…)"

    def _complaint_of(self, mark: ast.Call, called: set[str]) -> str:
        """What is wrong with what `together` says."""
        told = {str(part.value) for part in mark.args if isinstance(part, ast.Constant)}
        reason = _keyword(mark, "because")
        why = reason.value if isinstance(reason, ast.Constant) else None
        unsaid = sorted(called & self.required - told)
        uncalled = sorted(told - called) if called <= self.required else []  # else a parameter may name it
        for wrong, words in (
            (not isinstance(why, str) or not why.strip(), "says together without the reason, because=…"),
            (told - self.required, f"says together of {_listed(told - self.required)}, which is not required"),
            (unsaid, f"calls {_listed(unsaid)} too, which together does not tell"),
            (uncalled, f"says together of {_listed(uncalled)}, which it does not call"),
            (len(told) < 2, "says together of fewer than two names"),
        ):
            if wrong:
                return words
        return ""

    def function(self, path: str, name: str) -> tuple[str, Function] | None:
        """A function of the suite by the name that a file knows it by, and the file in which it stands."""
        for node in self.trees[path].body:
            if isinstance(node, Function) and node.name == name:
                return path, node
            if isinstance(node, ast.ImportFrom):
                for one in node.names:
                    if (one.asname or one.name) == name and (place := self._file(node.module or "")):
                        return self.function(place, one.name)
        return None

    def _file(self, module: str) -> str:
        """The suite's file that a module is, by the last part of its name."""
        wanted = f"{module.rpartition('.')[2]}.py"
        return next((path for path in self.trees if path.rpartition("/")[2] == wanted), "")

    def fixtures(self, path: str) -> Iterator[tuple[str, str, Function]]:
        """The fixtures that a file sees: name, file, function."""
        for place, tree in self.trees.items():
            for node in tree.body:
                if isinstance(node, Function) and (mark := _decorator(node, "fixture")) is not None:
                    named = _keyword(mark, "name")
                    name = named.value if isinstance(named, ast.Constant) else node.name
                    if place.endswith("conftest.py") or self.function(path, node.name) == (place, node):
                        yield str(name), place, node


@dataclass
class _Calls:
    """Walks through a test and what it calls, and collects the required names."""

    suite: _Suite
    path: str
    seen: set[tuple[object, ...]] = field(default_factory=set)

    def of_test(self, test: Function) -> set[str]:
        own = [one.arg for one in _parameters(test)]
        names: set[str] = set()
        bound: dict[str, object] = {name: f"the names of {name}" for name in own} | {_SUBMISSION: _THE_SUBMISSION}
        for name, place, fixture in self.suite.fixtures(self.path):
            mark = _decorator(fixture, "fixture")
            always = _keyword(mark, "autouse")
            if name in own or (isinstance(always, ast.Constant) and always.value):
                names |= self._of(place, fixture, {_SUBMISSION: _THE_SUBMISSION})
                if name in own and _hands_on(fixture):
                    bound[name] = _THE_SUBMISSION
        return names | self._of(self.path, test, bound)

    def _of(self, path: str, function: Function, given: Mapping[str, object]) -> set[str]:
        """The names that a function asks for, where these of its parameters are known."""
        key = (path, function.name, *sorted((name, str(value)) for name, value in given.items()))
        if key in self.seen:
            return set()
        self.seen.add(key)
        bound = _with_aliases(function, {**_defaults(function), **given})
        names: set[str] = set()
        for node in _body(function):
            if isinstance(node, ast.Attribute) and _value(node.value, bound) is _THE_SUBMISSION:
                names |= {node.attr} & self.suite.required
            elif isinstance(node, ast.Call):
                names |= self._of_call(path, function, node, bound)
        return names

    def _of_call(self, path: str, function: Function, call: ast.Call, bound: Mapping[str, object]) -> set[str]:
        given = list(call.args)
        if _called(call) == "getattr" and len(given) > 1 and _value(given[0], bound) is _THE_SUBMISSION:
            return self._asked(path, function, given[1], bound)
        callee: ast.expr = call.func
        if _called(call) == "partial" and given:
            callee = given.pop(0)
        helper = self.suite.function(path, callee.id) if isinstance(callee, ast.Name) else None
        if helper is None:
            return set()
        values = _arguments(helper[1], given, call.keywords, bound)
        return self._of(*helper, values) if _THE_SUBMISSION in values.values() else set()

    def _asked(self, path: str, function: Function, asked: ast.expr, bound: Mapping[str, object]) -> set[str]:
        """The names that a ``getattr`` may mean: one that is written out, those of a loop, or one a parameter."""
        value = _value(asked, bound)
        if isinstance(value, str):
            return {value} if value in self.suite.required or value.startswith("the names of") else set()
        for node in _body(function):
            if isinstance(node, ast.For | ast.comprehension) and _names(node.target) & _names(asked):
                listed = self._constants(path, node.iter)
                return listed & self.suite.required if listed and isinstance(asked, ast.Name) else {_ANY, f"{_ANY} too"}
        parameters = [str(bound[name]) for name in sorted(_names(asked)) if isinstance(bound.get(name), str)]
        return {parameters[0] if parameters else f"the names of {ast.unparse(asked)}"}

    def _constants(self, path: str, node: ast.expr) -> set[str]:
        """The texts of a tuple, list or table that is written out, here or as a constant of the file."""
        if isinstance(node, ast.Name):
            for one in self.suite.trees[path].body:
                if isinstance(one, ast.Assign) and node.id in {name for t in one.targets for name in _names(t)}:
                    return self._constants(path, one.value)
        parts = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
        texts = {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        return texts if len(texts) == len(parts) else set()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _tests(tree: ast.Module) -> Iterator[Function]:
    for node in tree.body:
        for one in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(one, Function) and one.name.startswith("test"):
                yield one


def _body(function: Function) -> Iterator[ast.AST]:
    """All that runs when it is called: not its decorators, and not its defaults."""
    for statement in function.body:
        yield from ast.walk(statement)


def _parameters(function: Function) -> list[ast.arg]:
    given = function.args
    return [*given.posonlyargs, *given.args, *given.kwonlyargs]


def _defaults(function: Function) -> dict[str, object]:
    given = function.args
    places = [*given.posonlyargs, *given.args]
    pairs = [*zip(places[len(places) - len(given.defaults) :], given.defaults, strict=True)]
    pairs += [(one, value) for one, value in zip(given.kwonlyargs, given.kw_defaults, strict=True) if value]
    return {one.arg: value.value for one, value in pairs if isinstance(value, ast.Constant)}


def _arguments(
    function: Function, given: list[ast.expr], named: list[ast.keyword], bound: Mapping[str, object]
) -> dict[str, object]:
    """What is known of the values that a call gives to a function's parameters."""
    values: dict[str, object] = {}
    for one, value in zip([*function.args.posonlyargs, *function.args.args], given, strict=False):
        if isinstance(value, ast.Starred):
            break
        values[one.arg] = _told(value, bound)
    values |= {one.arg: _told(one.value, bound) for one in named if one.arg}
    return {name: value for name, value in values.items() if value is not None}


def _told(node: ast.expr, bound: Mapping[str, object]) -> object:
    """The value of an argument: the submission, a text, or from which parameter of the test it comes."""
    value = _value(node, bound)
    if value is None:
        told = [bound[name] for name in sorted(_names(node)) if isinstance(bound.get(name), str)]
        value = told[0] if told else f"the names of {ast.unparse(node)}"
    return value


def _value(node: ast.expr, bound: Mapping[str, object]) -> object:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Call) and _called(node) == "getfixturevalue" and node.args:
        name = node.args[0]
        return _THE_SUBMISSION if isinstance(name, ast.Constant) and name.value == _SUBMISSION else None
    return bound.get(node.id) if isinstance(node, ast.Name) else None


def _with_aliases(function: Function, bound: dict[str, object]) -> dict[str, object]:
    """The known names, and those that are assigned the submission."""
    for node in _body(function):
        if isinstance(node, ast.Assign) and _value(node.value, bound) is _THE_SUBMISSION:
            bound |= {name: _THE_SUBMISSION for target in node.targets for name in _names(target)}
    return bound


def _hands_on(fixture: Function) -> bool:
    """Whether a fixture's value is the submission itself."""
    given = [node.value for node in _body(fixture) if isinstance(node, ast.Return | ast.Yield)]
    bound = _with_aliases(fixture, {_SUBMISSION: _THE_SUBMISSION})
    return any(value is not None and _value(value, bound) is _THE_SUBMISSION for value in given)


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _decorator(function: Function, name: str) -> ast.expr | None:
    """The decorator of this name, called or not."""
    for one in function.decorator_list:
        bare = one.func if isinstance(one, ast.Call) else one
        if (bare.attr if isinstance(bare, ast.Attribute) else getattr(bare, "id", "")) == name:
            return one
    return None


def _mark(function: Function, name: str) -> ast.Call | None:
    found = _decorator(function, name)
    return found if isinstance(found, ast.Call) else None


def _keyword(mark: ast.expr | None, name: str) -> ast.expr | None:
    given = mark.keywords if isinstance(mark, ast.Call) else []
    return next((one.value for one in given if one.arg == name), None)


def _is_worth_nothing(test: Function) -> bool:
    mark = _mark(test, "points")
    worth = mark.args[0] if mark is not None and mark.args else None
    return isinstance(worth, ast.Constant) and worth.value in (0, "0")
