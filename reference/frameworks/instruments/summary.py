"""The table of a model's layers (lecture 5, section 25, L05.summary), from one example that is run through it.

PyTorch builds its graph while it computes, so shapes are known only once something has been computed. Forward hooks
note them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from reference.modes import evaluation

Row = tuple[str, tuple[int, ...], int]


def summary(model: nn.Module, example: Tensor) -> list[Row]:
    """A row for each run of a module without children, in the order of the runs: its name, output shape, parameters.

    The model is run once, in evaluation mode and without a graph; afterwards it is as it was: modes, hooks, buffers and
    gradients, also when the run fails. A parameter counts in the first row that has it, so a module that runs again
    has 0 there. Where a module returns several tensors, the shape is that of the first.

    Parameters: ``model``; ``example``, what the model takes, a tensor that is not empty.
    Returns: a list of (name as in ``named_modules``, shape as a tuple of ints, number of scalars in its parameters).
    Raises: ValueError naming ``model`` (no module) or ``example`` (no tensor, or an empty one).
    Complexity: O(r p) for r runs of modules with at most p parameter tensors each, and one pass of the model forward.
    Source: lecture 5, section 25; lecture only.

    >>> net = nn.Sequential(nn.Linear(3, 2), nn.ReLU())
    >>> summary(net, torch.ones(5, 3))
    [('0', (5, 2), 8), ('1', (5, 2), 0)]
    """
    if not isinstance(model, nn.Module):
        raise ValueError(f"model must be a torch.nn.Module, not {model!r}")
    if not isinstance(example, Tensor) or example.numel() == 0:
        raise ValueError("example must be a tensor that is not empty")
    rows: list[Row] = []
    counted: set[nn.Parameter] = set()

    def note(name: str, module: nn.Module, output: Any) -> None:
        new = set(module.parameters()) - counted
        counted.update(new)
        rows.append((name, tuple(_first_tensor(output).shape), sum(parameter.numel() for parameter in new)))

    with evaluation(model), _watched(model, note), torch.no_grad():
        model(example.clone())  # the first module may work in place
    return rows


def total(rows: Iterable[Row]) -> int:
    """The number of scalars in the parameters of a table by `summary`.

    Parameters: ``rows``, an iterable of (name, shape, parameters).
    Returns: an int, 0 for no rows.
    Raises: nothing of its own.
    Complexity: O(r) for r rows.
    Source: lecture 5, section 25; lecture only.

    >>> total([("0", (5, 2), 8), ("1", (5, 2), 0)])
    8
    """
    return sum(parameters for _, _, parameters in rows)


@contextmanager
def _watched(model: nn.Module, note: Any) -> Iterator[None]:
    """Each run of a module without children is noted by ``note(name, module, output)``."""
    handles = []
    for name, module in model.named_modules():
        if next(module.children(), None) is None:
            hook = lambda module, inputs, output, name=name: note(name, module, output)  # noqa: E731
            handles.append(module.register_forward_hook(hook))
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def _first_tensor(output: Any) -> Tensor:
    while not isinstance(output, Tensor):
        output = output[0]
    return output
