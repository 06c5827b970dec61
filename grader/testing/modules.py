"""Parameters, buffers and gradients of a student's torch module, read and set from the suite as tensors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.testing.remote import NotPlainData, RemoteObject


def parameters(module: Any) -> dict[str, Any]:
    """The module's parameters by name, copied out: name -> tensor."""
    return _named(module, "parameters")


def gradients(module: Any) -> dict[str, Any]:
    """The gradients of its parameters by name; None where no gradient has arrived."""
    return _named(module, "gradients")


def set_parameters(module: Any, values: Mapping[str, Any]) -> None:
    """Copy tensors into the module's parameters. ValueError for a name it lacks or another shape."""
    _remote(module)._connection.do("set_parameters", module, dict(values))


def state(module: Any) -> dict[str, Any]:
    """The module's parameters and persistent buffers by name, copied out: name -> tensor."""
    return _named(module, "state")


def set_state(module: Any, values: Mapping[str, Any]) -> None:
    """Copy tensors into its parameters and buffers. ValueError for a name it lacks or another shape."""
    _remote(module)._connection.do("set_state", module, dict(values))


def _named(module: Any, operation: str) -> dict[str, Any]:
    found = _remote(module)._connection.do(operation, module)
    if type(found) is not dict or not all(type(name) is str for name in found):
        raise NotPlainData(f"the module's {operation} are not a dict from names to tensors")
    return found


def _remote(module: Any) -> RemoteObject:
    if not isinstance(module, RemoteObject):
        raise NotPlainData(f"expected a module of the submission, got {type(module).__name__}")
    return module
