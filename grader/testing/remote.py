"""An object of the student's, as a suite sees it: it stays in the sandbox, and what is done to it is sent.

A suite can call it, read and set its public attributes, index it, iterate over it and compute with it.
Everything else is inert on purpose: comparing it, asking for its truth, its hash or its array raises here
and now, so that no library on the trusted side can be talked into believing it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn, Protocol

_BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul")
_UNARY = ("neg", "pos", "abs")


class Bounds(Protocol):
    """How far an object is believed about its own size, and how many items are taken from an iterator."""

    @property
    def length(self) -> int: ...

    @property
    def iterations(self) -> int: ...


class Connection(Protocol):
    """The way to the object: asks for an operation and returns what came back, by value or as an object."""

    @property
    def bounds(self) -> Bounds: ...

    def do(self, operation: str, target: RemoteObject, *args: Any, **kwargs: Any) -> Any: ...

    def forget(self, token: bytes) -> None: ...

    def processor_seconds(self) -> float: ...


class NotPlainData(AssertionError):
    """The suite needed plain data here, and the student's code gave an object of its own."""


class RemoteObject:
    """A handle on an object in the sandbox. Two handles on the same object are the same Python object."""

    __slots__ = ("__weakref__", "_callable", "_connection", "_token", "_type_name")

    _connection: Connection
    _token: bytes
    _type_name: str
    _callable: bool

    def __init__(self, connection: Connection, token: bytes, type_name: str, can_call: bool) -> None:
        object.__setattr__(self, "_connection", connection)
        object.__setattr__(self, "_token", token)
        object.__setattr__(self, "_type_name", type_name)
        object.__setattr__(self, "_callable", can_call)

    def __del__(self) -> None:
        self._connection.forget(self._token)

    def __repr__(self) -> str:
        return f"<remote {self._type_name!r}>"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._connection.do("call", self, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{name} of a remote object is private")
        return self._connection.do("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            raise AttributeError(f"{name} of a remote object is private")
        self._connection.do("setattr", self, name, value)

    def __getitem__(self, key: Any) -> Any:
        return self._connection.do("getitem", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._connection.do("setitem", self, key, value)

    def __iter__(self) -> Iterator[Any]:
        iterator = self._connection.do("iter", self)
        if not isinstance(iterator, RemoteObject):
            raise NotPlainData(f"iterating over a {self._type_name!r} did not give an iterator")
        return _pull(iterator)

    def __len__(self) -> int:
        length = self._connection.do("len", self)
        most = self._connection.bounds.length
        if type(length) is not int or not 0 <= length <= most:
            raise NotPlainData(f"the length of a {self._type_name!r} is not a number up to {most}")
        return length

    def _inert(self, what: str) -> NoReturn:
        raise NotPlainData(f"expected plain data, got an object of type {self._type_name!r} ({what})")

    def __eq__(self, other: object) -> bool:
        self._inert("it cannot be compared")

    def __ne__(self, other: object) -> bool:
        self._inert("it cannot be compared")

    def __lt__(self, other: object) -> bool:
        self._inert("it cannot be ordered")

    def __le__(self, other: object) -> bool:
        self._inert("it cannot be ordered")

    def __gt__(self, other: object) -> bool:
        self._inert("it cannot be ordered")

    def __ge__(self, other: object) -> bool:
        self._inert("it cannot be ordered")

    def __hash__(self) -> int:
        self._inert("it cannot be hashed")

    def __bool__(self) -> bool:
        self._inert("it is neither true nor false")

    def __int__(self) -> int:
        self._inert("it is not a number")

    def __float__(self) -> float:
        self._inert("it is not a number")

    def __complex__(self) -> complex:
        self._inert("it is not a number")

    def __index__(self) -> int:
        self._inert("it is not a number")

    def __contains__(self, item: object) -> bool:
        self._inert("it cannot be searched")

    def __array__(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._inert("it is not an array")

    # numpy must not take an operand apart: `array + remote` asks the remote object as a whole.
    __array_ufunc__ = None

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        self._inert("it cannot be copied")


def _pull(iterator: RemoteObject) -> Iterator[Any]:
    """The items of a remote iterator, one round trip each, so that laziness can be told from a list."""
    most = iterator._connection.bounds.iterations
    for _ in range(most):
        items, ended = iterator._connection.do("pull", iterator, 1)
        if ended is True or type(items) is not list or len(items) != 1:
            return
        yield items[0]
    raise NotPlainData(f"an iterator of more than {most} items")


def _operator(name: str) -> Any:
    def method(self: RemoteObject, *other: Any) -> Any:
        return self._connection.do(name, self, *other)

    method.__name__ = f"__{name}__"
    return method


for _name in (*_BINARY, *(f"r{name}" for name in _BINARY), *_UNARY):
    setattr(RemoteObject, f"__{_name}__", _operator(_name))
