"""Frozen layers, and transfer: new layers first, then all of them (lecture 3, section 17, L03.freeze).

J. Yosinski, J. Clune, Y. Bengio, H. Lipson, "How transferable are features in deep neural networks?", Advances in
Neural Information Processing Systems 27 (2014).
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from reference.checks.numbers import positive, whole
from reference.checks.tensors import label_vector, objects
from reference.checks.text import text


def freeze(model: nn.Module, prefix: str) -> int:
    """Freezes the parameters below ``prefix``: they require no gradients, and those they have are dropped.

    A parameter lies below the prefix when its name is the prefix, or begins with the prefix and a dot.

    Parameters: ``model``; ``prefix``, the name of a module or a parameter in it.
    Returns: how many numbers these parameters hold, frozen before or not.
    Raises: ValueError naming ``prefix`` where no parameter lies below it.
    Complexity: O(p) for p parameter tensors of the model.
    Source: lecture 3, section 17; Yosinski, Clune, Bengio, Lipson 2014.

    >>> freeze(nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 2)), "0")
    8
    """
    parameters = _below(model, prefix)
    _freeze(parameters)
    return sum(parameter.numel() for parameter in parameters)


def unfreeze(model: nn.Module, prefix: str) -> int:
    """Lets the parameters below ``prefix`` require gradients again.

    Parameters: ``model`` and ``prefix`` as in `freeze`.
    Returns: how many numbers these parameters hold.
    Raises: ValueError naming ``prefix`` where no parameter lies below it.
    Complexity: as in `freeze`.
    Source: lecture 3, section 17; Yosinski, Clune, Bengio, Lipson 2014.
    """
    parameters = _below(model, prefix)
    for parameter in parameters:
        parameter.requires_grad_(True)
    return sum(parameter.numel() for parameter in parameters)


def transfer(
    base: nn.Module, head: nn.Module, X: Tensor, y: Tensor, *, head_steps: int, all_steps: int, rate: float
) -> Tensor:
    """Trains a new head on a trained base: first the head alone, then both.

    Each step is one of gradient descent by the mean cross-entropy of ``head(base(X))`` over all objects. In the first
    phase the base is frozen and in evaluation mode, so neither its parameters nor its buffers move; all else is in
    training mode. Afterwards all parameters require gradients and both modules are in training mode. Gradients from
    before have no effect.

    Parameters: ``base`` and ``head``; ``X`` (n, ...); ``y`` (n,), whole numbers from 0; ``head_steps`` and
    ``all_steps`` of at least 0; ``rate`` above 0.
    Returns: a tensor (head_steps + all_steps,): the loss before each step.
    Raises: ValueError naming ``X``, ``y`` (not as many as objects), ``head_steps``, ``all_steps`` or ``rate``.
    Complexity: O(head_steps + all_steps) passes of base and head forward and backward, at first backward through the
    head alone. What the frozen base gives is computed anew in each step, though once would do.
    Source: lecture 3, section 17; Yosinski, Clune, Bengio, Lipson 2014.
    """
    inputs = objects("X", X)
    answers = label_vector("y", y, len(inputs))
    counts = whole("head_steps", head_steps, 0), whole("all_steps", all_steps, 0)
    step = positive("rate", rate)
    head.train()
    base.eval()
    head.requires_grad_(True)
    _freeze(base.parameters())
    first = _descend(list(head.parameters()), base, head, inputs, answers, counts[0], step)
    base.train()
    base.requires_grad_(True)
    both = [*base.parameters(), *head.parameters()]
    return torch.tensor(first + _descend(both, base, head, inputs, answers, counts[1], step), dtype=inputs.dtype)


def _descend(
    trained: list[nn.Parameter], base: nn.Module, head: nn.Module, X: Tensor, y: Tensor, steps: int, rate: float
) -> list[float]:
    """Steps of gradient descent for these parameters, and the loss before each."""
    optimizer, losses = torch.optim.SGD(trained, lr=rate), []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(head(base(X)), y)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(loss.item())
    return losses


def _below(model: nn.Module, prefix: str) -> list[nn.Parameter]:
    """The parameters below a dotted name, at least one. ValueError names ``prefix``."""
    name = text("prefix", prefix)
    found = [own for own_name, own in model.named_parameters() if f"{own_name}.".startswith(f"{name}.")]
    if not found:
        raise ValueError(f"prefix must be the name of a module or parameter with parameters, not {prefix!r}")
    return found


def _freeze(parameters: Iterable[nn.Parameter]) -> None:
    for parameter in parameters:
        parameter.requires_grad_(False)
        parameter.grad = None
