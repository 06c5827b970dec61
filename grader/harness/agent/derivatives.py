"""Derivatives through the student's code: its outputs, and the gradients of what a test asks about them.

All of it runs inside, so it is the student's word: a suite compares what comes back with values of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any


def vjp(
    target: Any,
    arguments: tuple[Any, ...],
    cotangents: Any,
    parameters: Any = None,
    by: Sequence[int] | None = None,
) -> tuple[Any, Any, Any]:
    """The outputs of ``target(*arguments)``, and the product of ``cotangents`` with its Jacobian.

    Every tensor of real or complex numbers among the arguments, in lists, tuples and dicts too, gets a gradient; it
    stands in the place of its tensor, None in all other places. With ``by`` only those in the arguments at these places
    do, and the others are handed over as they are. The third part are the gradients of a module's ``parameters`` by
    name. Their `.grad` is left as it is.

    ValueError, TypeError: the outputs are not built like the cotangents, or have other shapes.
    """
    import torch

    leaves: list[Any] = []

    def leaf(tensor: Any) -> Any:
        if tensor.is_floating_point() or tensor.is_complex():
            tensor = tensor.detach().clone().requires_grad_()
            leaves.append(tensor)
        return tensor

    named = {} if parameters is None else dict(parameters.named_parameters())
    with torch.enable_grad():
        given = tuple(
            _changed(argument, leaf, lambda other: other) if by is None or place in by else argument
            for place, argument in enumerate(arguments)
        )
        outputs = target(*given)
        pairs = [pair for pair in _pairs(outputs, cotangents, "the result") if pair[0].requires_grad]
        asked = leaves + [value for value in named.values() if value.requires_grad]
        found: Any = [None] * len(asked)
        if pairs and asked:
            differentiated, weights = zip(*pairs, strict=True)
            found = torch.autograd.grad(differentiated, asked, weights, allow_unused=True)
    gradients = {id(tensor): gradient for tensor, gradient in zip(asked, found, strict=True)}

    def gradient(tensor: Any) -> Any:
        return gradients.get(id(tensor))

    return outputs, _changed(given, gradient, lambda _: None), {name: gradient(value) for name, value in named.items()}


def _changed(value: Any, tensor: Callable[[Any], Any], other: Callable[[Any], Any]) -> Any:
    """The same containers, with something else in the place of each tensor and of each other value."""
    import torch

    if isinstance(value, torch.Tensor):
        return tensor(value)
    if type(value) in (list, tuple):
        return type(value)(_changed(item, tensor, other) for item in value)
    if type(value) is dict:
        return {key: _changed(item, tensor, other) for key, item in value.items()}
    return other(value)


def _pairs(output: Any, cotangent: Any, what: str) -> Iterator[tuple[Any, Any]]:
    """Each tensor of the outputs with its cotangent; where that is None, nothing is asked."""
    import torch

    if cotangent is None:
        return
    if isinstance(cotangent, torch.Tensor):
        if not isinstance(output, torch.Tensor):
            raise TypeError(f"{what} is of type {type(output).__name__}, expected a tensor")
        if output.shape != cotangent.shape:
            raise ValueError(f"{what} has shape {tuple(output.shape)}, expected {tuple(cotangent.shape)}")
        yield output, cotangent.to(output.dtype)
    elif isinstance(cotangent, dict):
        if not isinstance(output, dict) or set(output) != set(cotangent):
            raise ValueError(f"{what} is not a dict of {', '.join(map(repr, cotangent))}")
        for key, one in cotangent.items():
            yield from _pairs(output[key], one, f"{what}[{key!r}]")
    else:
        if not isinstance(output, list | tuple) or len(output) != len(cotangent):
            raise ValueError(f"{what} is not a sequence of {len(cotangent)} parts")
        for number, one in enumerate(cotangent):
            yield from _pairs(output[number], one, f"{what}[{number}]")
