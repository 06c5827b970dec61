"""What the judge can ask of an object inside: the fixed list of operations, by name."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from grader.harness.agent.derivatives import vjp

BINARY: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "pow": operator.pow,
    "matmul": operator.matmul,
}
UNARY: dict[str, Callable[..., Any]] = {"neg": operator.neg, "pos": operator.pos, "abs": operator.abs}


def call(target: Any, *args: Any, **kwargs: Any) -> Any:
    return target(*args, **kwargs)


def call_and_show(target: Any, *args: Any, **kwargs: Any) -> tuple[Any, tuple[Any, ...], dict[str, Any]]:
    """The result, and the arguments as they are after the call."""
    return target(*args, **kwargs), args, kwargs


def set_attribute(target: Any, name: str, value: Any) -> None:
    """Set an attribute; a torch parameter is filled, not replaced, so that it stays registered."""
    current = getattr(target, name, None)
    if type(current).__name__ == "Parameter" and hasattr(value, "shape"):
        _fill(name, current, value)
    else:
        setattr(target, name, value)


def pull(target: Iterator[Any], count: int) -> tuple[list[Any], bool]:
    """Up to ``count`` items of an iterator, and whether it has ended."""
    items: list[Any] = []
    for _ in range(count):
        try:
            items.append(next(target))
        except StopIteration:
            return items, True
    return items, False


def parameters(target: Any) -> dict[str, Any]:
    """A torch module's parameters by name."""
    return dict(target.named_parameters())


def gradients(target: Any) -> dict[str, Any]:
    """The gradients of a torch module's parameters by name; None where there is none."""
    return {name: value.grad for name, value in target.named_parameters()}


def set_parameters(target: Any, values: Mapping[str, Any]) -> None:
    """Copy tensors into a torch module's parameters. ValueError: an unknown name, another shape."""
    _fill_all("parameter", parameters(target), values)


def state(target: Any) -> dict[str, Any]:
    """A torch module's parameters and persistent buffers by name."""
    return {name: value for name, value in target.state_dict(keep_vars=True).items() if hasattr(value, "shape")}


def set_state(target: Any, values: Mapping[str, Any]) -> None:
    """Copy tensors into a torch module's parameters and buffers. ValueError: an unknown name, another shape."""
    _fill_all("parameter or buffer", state(target), values)


def _fill_all(what: str, own: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    unknown = sorted(set(values) - set(own))
    if unknown:
        raise ValueError(f"there is no {what} {', '.join(unknown)}; there are {', '.join(own) or 'none'}")
    for name, value in values.items():
        _fill(name, own[name], value)


def _fill(name: str, parameter: Any, value: Any) -> None:
    import torch

    if tuple(parameter.shape) != tuple(value.shape):
        raise ValueError(f"{name} has shape {tuple(parameter.shape)}, expected {tuple(value.shape)}")
    with torch.no_grad():
        parameter.copy_(value)


def _reflected(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda right, left: function(left, right)


OPERATIONS: dict[str, Callable[..., Any]] = {
    "call": call,
    "call_and_show": call_and_show,
    "getattr": getattr,
    "setattr": set_attribute,
    "getitem": operator.getitem,
    "setitem": operator.setitem,
    "iter": iter,
    "pull": pull,
    "len": len,
    "parameters": parameters,
    "gradients": gradients,
    "set_parameters": set_parameters,
    "state": state,
    "set_state": set_state,
    "vjp": vjp,
}
OPERATIONS.update(UNARY)
OPERATIONS.update(BINARY)
OPERATIONS.update({f"r{name}": _reflected(function) for name, function in BINARY.items()})
