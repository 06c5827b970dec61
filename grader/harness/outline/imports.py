"""Imports: of libraries, which become names, and of the submission's own modules."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping

from .flow import Flow, Own, exported
from .libraries import RESTART
from .report import Told
from .scopes import Module, Names, Scope

LIBRARIES = frozenset({"numpy", "scipy", "sklearn", "torch", "joblib", "sympy", "networkx", "grader"})
ENTRY = "solution"  # what the entry's module is called inside, whatever its file is called


class Imports:
    """The submission's modules by name, and what each import binds."""

    def __init__(self, flow: Flow, told: Told, names: Names, trees: Mapping[str, ast.Module]) -> None:
        self.flow = flow
        self.told = told
        self.names = names
        self.modules: dict[str, Module] = {}
        self.by_name: dict[str, Module] = {}
        for path, tree in trees.items():
            stem = path.rpartition(".")[0].split("/")
            is_package = stem[-1] == "__init__"
            name = ".".join(stem[:-1] if is_package else stem)
            module = Module(path, name, Own("module", 0), is_package)
            if not path.endswith(".ipynb"):  # of a notebook a cell may fail, and the next ones run all the same
                _note_what_is_sure(module, tree)
            self.modules[path] = self.by_name[name] = module
        for path, tree in trees.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
                    self._star(self.modules[path], node)

    def plain(self, node: ast.Import, scope: Scope) -> None:
        for alias in node.names:
            self.told.use(scope.module.path, alias.name, node.lineno)
            self.told.imported.add(alias.name.partition(".")[0])
            target = self.names.binding(scope, alias.asname or alias.name.partition(".")[0])
            for thing in self.find(alias.name if alias.asname else alias.name.partition(".")[0]):
                self.bind(target, thing)

    def bind(self, target: int, thing: str | Own) -> None:
        if isinstance(thing, str):
            self.flow.name(target, thing)
        else:
            self.flow.add(target, thing)

    def names_of(self, node: ast.ImportFrom, scope: Scope) -> None:
        source = self._source(scope.module, node)
        for alias in node.names:
            if alias.name == "*":
                if not isinstance(source, Module):
                    self.told.use(scope.module.path, f"{source}.*", node.lineno)
                continue
            target = self.names.binding(scope, alias.asname or alias.name)
            full = f"{self._name(source)}.{alias.name}".lstrip(".")
            found = False
            if isinstance(source, Module):
                self.flow.join(exported(self.flow, source.own, alias.name), target)
                found = alias.name in source.own.places or alias.name in source.surely or bool(source.own.stars)
            if full in self.by_name and (isinstance(source, Module) or node.level or not _is_known(full)):
                self.flow.add(target, self.by_name[full].own)
                found = True
            if not found and (not isinstance(source, Module) or node.level):
                name = full if not node.level else ".".join(filter(None, [node.module, alias.name]))
                if node.level:
                    self.told.hidden(scope.module.path, "relative", name, node.lineno)
                for thing in self.find(name) if not node.level else [name]:
                    self.bind(target, thing)
                if alias.name in RESTART:
                    self.bind(target, RESTART[alias.name])
                self.told.imported.add(name.partition(".")[0])
                self.told.use(scope.module.path, name, node.lineno)

    def find(self, name: str) -> list[str | Own]:
        """What a module's name may mean: libraries are found before files of the submission."""
        own = self.by_name.get(name)
        if own is None and name == ENTRY:
            return [module.own for module in self.modules.values()]
        if own is None:
            return [name]
        return [own.own, name] if _is_known(name) else [own.own]

    def _source(self, module: Module, node: ast.ImportFrom) -> Module | str:
        """The own module, or the library's name, that `from … import` takes from."""
        name = node.module or ""
        if node.level:
            package = module.package
            base = package[: len(package) - node.level + 1]
            name = ".".join([*base, *filter(None, [node.module])])
            return self.by_name.get(name, name)
        if _is_known(name):
            return name
        return self.by_name.get(name, name)

    @staticmethod
    def _name(source: Module | str) -> str:
        return source.name if isinstance(source, Module) else source

    def _star(self, module: Module, node: ast.ImportFrom) -> None:
        source = self._source(module, node)
        thing = source.own if isinstance(source, Module) else source
        module.stars.append((node.lineno, thing))
        module.own.stars.append(thing)
        if isinstance(source, str):
            self.told.imported.add(source.partition(".")[0])


def _is_known(name: str) -> bool:
    """Whether a module is found elsewhere, before files of the submission are looked at."""
    root = name.partition(".")[0]
    return root in LIBRARIES or root in sys.stdlib_module_names


def _note_what_is_sure(module: Module, tree: ast.Module) -> None:
    """The names that a module binds at its top whatever happens, each with the line of its first binding."""
    for node in tree.body:
        names: list[str] = []
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.asname or alias.name.partition(".")[0] for alias in node.names]
        for name in names:
            module.surely.setdefault(name, node.lineno)
