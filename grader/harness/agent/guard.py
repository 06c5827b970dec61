"""Guards on what an assignment forbids: they refuse calls from the student's files, and classes made there of it.

Libraries use their own functions (`nn.Conv2d` calls `conv2d`), so what counts is the file of the frame that calls;
to read a name, as `import *` does, is no offence. It catches what cannot be read in the syntax tree of honest code.
It stands inside the student's own process, which can undo it: nothing rests on it alone.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable, Container, Iterable, Iterator
from types import BuiltinFunctionType, FrameType, FunctionType, ModuleType
from typing import Any

LOOKING_UP = frozenset({"torch._VF"})  # modules that find a name elsewhere when it is asked for
Reached = Callable[[str, str, int], None]


class ForbiddenName(RuntimeError):
    """What a guard raises at the place of the call."""


class Guards:
    """Guards for dotted ``names``, against calls from ``files``; ``reached`` is told name, file and line."""

    def __init__(self, names: Iterable[str], files: Container[str], reached: Reached) -> None:
        self.files = files
        self.reached = reached
        self._made: dict[int, tuple[Any, Any]] = {}  # by the original's id: the original and what replaces it
        for name in names:
            self._guard(name)
        self._replace()

    def check(self, name: str, frame: FrameType | None) -> None:
        """Raise ForbiddenName if the frame runs a file of the student's."""
        if frame is not None and frame.f_code.co_filename in self.files:
            self.reached(name, frame.f_code.co_filename, frame.f_lineno)
            raise ForbiddenName(f"the assignment forbids {name}")

    # -- making ------------------------------------------------------------------------------------------

    def _guard(self, name: str) -> None:
        found, holder = _find(name)
        if isinstance(found, ModuleType):
            for part, value in _parts(name, found):
                self._one(part, value, None)
        elif found is not None:
            self._one(name, found, holder)

    def _one(self, name: str, value: Any, holder: Any) -> None:
        if id(value) in self._made:
            return
        if isinstance(value, type):
            self._made[id(value)] = value, value
            self._class(name, value)
        elif callable(value):
            guard = _function(name, value, self.check)
            self._made[id(value)] = value, guard
            if isinstance(holder, type):
                _set(holder, name.rpartition(".")[2], guard)

    def _class(self, name: str, kind: type) -> None:
        """A class stays the class that it is: its own methods are guarded, and how it is subclassed."""
        for attribute, value in list(vars(kind).items()):
            if isinstance(value, FunctionType):
                _set(kind, attribute, _function(name, value, self.check))
        check = self.check
        subclassed = kind.__init_subclass__

        def __init_subclass__(cls: type, /, **keywords: Any) -> None:
            check(name, sys._getframe(1))
            subclassed.__func__(cls, **keywords) if hasattr(subclassed, "__func__") else subclassed(**keywords)

        _set(kind, "__init_subclass__", classmethod(__init_subclass__))
        if "__init__" not in vars(kind):
            began = kind.__init__  # type: ignore[misc]

            @functools.wraps(began)
            def __init__(self: Any, *args: Any, **keywords: Any) -> None:
                check(name, sys._getframe(1))
                began(self, *args, **keywords)

            _set(kind, "__init__", __init__)

    def _replace(self) -> None:
        """Put each guard wherever a module that is loaded holds the original."""
        guards = {key: guard for key, (original, guard) in self._made.items() if guard is not original}
        names = {getattr(original, "__name__", ""): original for original, _ in self._made.values()}
        for module in list(sys.modules.values()) if guards else []:
            held = getattr(module, "__dict__", None)
            if not isinstance(held, dict) or str(getattr(module, "__name__", "")).startswith("grader."):
                continue
            if getattr(module, "__name__", "") in LOOKING_UP:
                held.update({name: one for name, one in names.items() if getattr(module, name, None) is one})
            for key, value in list(held.items()):
                guard = guards.get(id(value))
                if guard is not None:
                    held[key] = guard


class Watched:
    """A function that is no function of Python's, such as a ufunc: what it has besides its call stays within reach."""

    def __init__(self, name: str, function: Any, check: Callable[[str, FrameType | None], None]) -> None:
        self.__dict__.update(_name=name, _function=function, _check=check, __doc__=function.__doc__)
        for attribute in ("__name__", "__qualname__", "__module__"):
            if hasattr(function, attribute):
                self.__dict__[attribute] = getattr(function, attribute)

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        self._check(self._name, sys._getframe(1))
        return self._function(*args, **keywords)

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(self.__dict__["_function"], attribute)
        self._check(self._name, sys._getframe(1)) if callable(value) else None
        return value

    def __repr__(self) -> str:
        return repr(self._function)


def _function(name: str, function: Any, check: Callable[[str, FrameType | None], None]) -> Any:
    if not isinstance(function, FunctionType | BuiltinFunctionType) and not _dispatches(function):
        return Watched(name, function, check)

    def guard(*args: Any, **keywords: Any) -> Any:
        check(name, sys._getframe(1))
        return function(*args, **keywords)

    functools.update_wrapper(guard, function)
    guard.__signature__ = _signature(function)  # type: ignore[attr-defined]
    if hasattr(function, "__wrapped__"):
        guard.__wrapped__ = function.__wrapped__  # type: ignore[attr-defined]
    else:
        del guard.__wrapped__  # type: ignore[attr-defined]
    return guard


def _dispatches(function: Any) -> bool:
    """Numpy's functions in Python, which ask `__array_function__`; and methods written in C."""
    return type(function).__name__ in ("_ArrayFunctionDispatcher", "method_descriptor")


def _signature(function: Any) -> Any:
    import inspect

    try:
        return inspect.signature(function)
    except (TypeError, ValueError):
        return None


# -- finding -------------------------------------------------------------------------------------------------


_MISSING: Any = object()


def _find(name: str) -> tuple[Any, Any]:
    """What is called by a dotted name, and what holds it; None where the library that is installed has no such name."""
    parts = name.split(".")
    try:
        found = importlib.import_module(parts[0])
    except ImportError:
        return None, None
    holder: Any = None
    for depth, part in enumerate(parts[1:], start=2):
        holder = found
        found = getattr(holder, part, _MISSING)
        if found is _MISSING:
            try:
                found = importlib.import_module(".".join(parts[:depth]))
            except ImportError:
                return None, None
    return found, holder


def _parts(name: str, module: Any) -> Iterator[tuple[str, Any]]:
    """The functions and classes that a forbidden module, or a module below it, is the home of.

    What has its home elsewhere stays allowed, though the module imports it or hands it on: `numpy.fft` takes
    `numpy.sqrt`, `scipy.stats` takes `scipy.special.xlogy`. A ufunc that names no home belongs to the module it is in.
    """
    library, prefix = module.__name__.partition(".")[0], f"{module.__name__}."
    modules = [module, *(other for key, other in list(sys.modules.items()) if key.startswith(prefix))]
    for one in modules:
        for attribute, value in list(getattr(one, "__dict__", {}).items()):
            home = _home(value)
            if not callable(value) or (home is not None and home.partition(".")[0] != library):
                continue
            own = home is not None and (home == module.__name__ or home.startswith(prefix))
            told = attribute in getattr(one, "__all__", ()) and not isinstance(value, type)
            if own or told or (home is None and type(value).__name__ == "ufunc"):
                yield f"{name}.{attribute}", value


def _home(value: Any) -> str | None:
    """The module that a function or class names as its own; scipy's ufuncs name none. None where it is not known."""
    home = getattr(value, "__module__", None)
    if isinstance(home, str):
        return home
    public = vars(sys.modules.get("scipy.special", object)).values()  # other modules may hold them by another name
    return "scipy.special" if type(value).__name__ == "ufunc" and any(one is value for one in public) else None


def _set(holder: Any, attribute: str, value: Any) -> None:
    try:
        setattr(holder, attribute, value)
    except (AttributeError, TypeError):
        return  # a class that is written in C cannot be changed
