"""Ways of calling the student's code that say more than a plain call."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from grader.testing.comparison import assert_equal
from grader.testing.remote import NotPlainData, RemoteObject
from grader.testing.words import said


def call_unchanged(function: Any, *args: Any, **kwargs: Any) -> Any:
    """The result of ``function(*args, **kwargs)``, failing if it changed an argument in place.

    Whether the result is right is not asked here, and a test of unchanged arguments does not ask it either: one fault
    has one price. Arguments are copied on their way in, so the suite's own never change; the sandbox shows its copies
    after the call. That is the submission's word: hostile code can show others. Let one point of an assignment
    hang on it at most.
    """
    if not isinstance(function, RemoteObject):
        raise NotPlainData("expected a function of the submission")
    before, named_before = _copied(args), _named(kwargs)
    answer = function._connection.do("call_and_show", function, *args, **kwargs)
    if type(answer) is not tuple or len(answer) != 3 or type(answer[1]) is not tuple or type(answer[2]) is not dict:
        raise NotPlainData("the call did not show its arguments")
    result, args_after, kwargs_after = answer
    for number, (old, new) in enumerate(_pairs(before, args_after), start=1):
        assert_equal(new, old, what=f"argument {number} after the call (it must not be changed in place)")
    for name, old in named_before.items():
        assert_equal(kwargs_after.get(name), old, what=f"argument {name} after the call (it must not be changed)")
    return result


def assert_refused(name: str | tuple[str, ...], function: Any, *args: Any, **kwargs: Any) -> None:
    """Fail unless ``function(*args, **kwargs)`` raises a ValueError whose message names the argument ``name``.

    The name must stand there as a word of its own: ``ks`` does not name ``k``. Of several names, where the fault lies
    between arguments, one will do. An exception of another type is not caught: it is the test's result, as it would be
    of a plain call.
    """
    names = (name,) if isinstance(name, str) else name
    try:
        function(*args, **kwargs)
    except ValueError as error:
        if any(re.search(rf"\b{re.escape(one)}\b", str(error)) for one in names):
            return
        problem = said(
            f"a ValueError was raised, but its message does not name {' or '.join(names)}",
            f"исключение ValueError возникло, но в его сообщении нет имени {' или '.join(names)}",
        )
    else:
        problem = said("nothing was raised", "исключения не было")
    wanted = said(
        f"expected a ValueError that names {' or '.join(names)}",
        f"ожидалось исключение ValueError с именем {' или '.join(names)}",
    )
    raise AssertionError(f"{wanted}: {problem}")


def take(iterable: Iterable[Any], count: int) -> list[Any]:
    """At most ``count`` items, pulled one at a time; nothing beyond them is asked for."""
    return list(islice(iterable, count))


_UNCHECKED = object()


def _copied(arguments: tuple[Any, ...]) -> list[Any]:
    """The arguments that a call could change; numbers, functions and remote objects are not looked at."""
    return [copy.deepcopy(value) if _is_data(value) else _UNCHECKED for value in arguments]


def _named(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: copy.deepcopy(value) for name, value in arguments.items() if _is_data(value)}


def _is_data(value: Any) -> bool:
    return not isinstance(value, RemoteObject) and not callable(value) and hasattr(value, "__len__")


def _pairs(before: list[Any], after: tuple[Any, ...]) -> list[tuple[Any, Any]]:
    if len(before) != len(after):
        raise NotPlainData("the call did not show its arguments")
    return [(old, new) for old, new in zip(before, after, strict=True) if old is not _UNCHECKED]
