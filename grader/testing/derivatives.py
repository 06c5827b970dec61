"""Vector-Jacobian products through a student's function, as tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from grader.testing.remote import NotPlainData, RemoteObject


class Vjp(NamedTuple):
    """What came back of one call. ``gradients`` has one for each argument, built as the argument is."""

    outputs: Any
    gradients: tuple[Any, ...]
    parameters: dict[str, Any]


def vjp(
    function: Any,
    arguments: Sequence[Any],
    cotangents: Any,
    *,
    parameters: Any = None,
    by: Sequence[int] | None = None,
) -> Vjp:
    """Outputs of ``function(*arguments)``, and v^T J for each argument: the gradient of ``sum(v * outputs)``.

    ``cotangents`` (v) is built as the outputs are, with None where an output does not count. Gradients are None where
    an argument holds no tensor of real or complex numbers, or where nothing depends on it. With a
    remote module as ``parameters`` the gradients of its parameters come too, by name; nothing is added to
    their ``.grad``.

    ``by`` are the places of the arguments by which is differentiated, all where it is left out. Name them where the
    statement does not promise gradients by the rest: a tensor that requires a gradient is none for `numpy`.

    All of it is computed inside: it is the student's word, to be compared with the suite's own.
    """
    if not isinstance(function, RemoteObject):
        raise NotPlainData("expected a function of the submission")
    given = tuple(arguments)
    asked = {} if parameters is None else {"parameters": parameters}
    if by is not None:
        asked["by"] = tuple(by)
    match function._connection.do("vjp", function, given, cotangents, **asked):
        case (outputs, tuple() as gradients, dict() as of_parameters) if len(gradients) == len(given):
            return Vjp(outputs, gradients, of_parameters)
    raise NotPlainData("the call did not give its outputs and a gradient for each argument")
